"""Choosing what to import: what files amount to, the name they propose, and what they join. No widgets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workbench.models.database import Database
from workbench.queries.sources import list_sources
from workbench.sync.periods import period_of
from workbench.sync.source_files import find_sources

FILTERS: Final = "Mail archives (*.mbox *.mbx *.txt *.gz);;All files (*)"
_ENDINGS: Final = re.compile(r"(\.(gz|mbox|mbx|txt))+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: files worth a look and their size together."""

    files: int
    size: int


def look_at(paths: Sequence[Path]) -> Chosen:
    """Counts the files; refuses paths that are not there or hold nothing to look at (BadInputError)."""
    found = find_sources(paths)
    return Chosen(len(found), sum(source.size for source in found))


def proposed_name(paths: Sequence[Path]) -> str:
    """The folder's name; that of a single file, unless it is named after a month, which its folder then stands for."""
    if not paths:
        return ""
    first = paths[0]
    if len(paths) == 1 and not first.is_dir():
        stem = _ENDINGS.sub("", first.name)
        if stem and period_of(first.name) is None:
            return stem
    folder = first if len(paths) == 1 and first.is_dir() else first.parent
    return folder.resolve().name


def known_names(database: Database) -> list[str]:
    """The names of all communities."""
    with database.read() as reader:
        return [source.community for source in list_sources(reader)]
