"""Choosing what to import: what files amount to, the name they propose, and what they join. No widgets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from workbench.errors import BadInputError
from workbench.models.database import Database
from workbench.models.kinds import AccountKind
from workbench.operations.analytics import look_at_analytics
from workbench.queries.sources import list_sources
from workbench.queries.sync_status import list_accounts
from workbench.sync.periods import period_of
from workbench.sync.source_files import find_sources

_ENDINGS: Final = re.compile(r"(\.(gz|mbox|mbx|txt|csv))+$", re.IGNORECASE)


class FilesKind(StrEnum):
    """What files bring."""

    MAIL = "mail"
    TRAFFIC = "traffic"


class KindWords(NamedTuple):
    """How the panel speaks of one kind of files; `joins` has a place for the name, `filters` is for a file dialog."""

    heading: str
    drop: str
    filters: str
    name: str
    hint: str
    new: str
    joins: str


WORDS: Final = {
    FilesKind.MAIL: KindWords(
        "Import a mailing list",
        "Drop the archives of a list here: .mbox, .txt (pipermail) or .gz, single files or a whole folder.",
        "Mail archives (*.mbox *.mbx *.txt *.gz);;All files (*)",
        "Name of the community",
        "How you want to see it in lists and reports.",
        "A new community of this name.",
        "Joins “{}”. Messages that are there already are not added again.",
    ),
    FilesKind.TRAFFIC: KindWords(
        "Import web traffic",
        "Drop exports of Google Analytics here: the .csv files that its reports give you.",
        "Exports of Google Analytics (*.csv);;All files (*)",
        "Name of the web site",
        "How you want to see the site in lists and reports.",
        "A new web site of this name.",
        "Joins “{}”. Days that are there already are replaced, never counted twice.",
    ),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: files worth a look, their size together, and what they bring.

    `columns` has the names of columns where none of them is known to hold page views: a person has to say which does.
    """

    files: int
    size: int
    kind: FilesKind = FilesKind.MAIL
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A community that is there; `is_site` is one that exports of web traffic made.

    `file_limit` is how many bytes a file on a message may have there to be kept by itself, 0 for none.
    """

    name: str
    is_site: bool
    file_limit: int = 0


def kind_of(paths: Sequence[Path], *, wanted: FilesKind = FilesKind.MAIL) -> FilesKind:
    """What files bring, by their endings alone; `wanted` before there are any."""
    if not paths:
        return wanted
    return FilesKind.TRAFFIC if all(map(_is_csv, paths)) else FilesKind.MAIL


def look_at(paths: Sequence[Path], *, now: datetime, views: str = "") -> Chosen:
    """Looks into the files; refuses what is not there, holds nothing to look at, or is both kinds (BadInputError)."""
    if kind_of(paths) is FilesKind.MAIL:
        if any(map(_is_csv, paths)):
            message = "Choose mail archives or exports of Google Analytics, not both at once."
            raise BadInputError(message)
        found = find_sources(paths)
        return Chosen(len(found), sum(source.size for source in found))
    columns: tuple[str, ...] = ()
    try:
        look_at_analytics(paths=paths, site="site", views=views, now=now)
    except BadInputError as error:
        columns = tuple(filter(None, str(error.details.get("columns", "")).split("\n")))
        if not columns:
            raise
    return Chosen(len(paths), sum(path.stat().st_size for path in paths), FilesKind.TRAFFIC, columns)


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv" and not path.is_dir()


def proposed_name(paths: Sequence[Path]) -> str:
    """The folder's name; that of a single file, unless it is named after a month, which its folder then stands for.

    Files of web traffic say nothing of their site, and propose nothing.
    """
    if not paths or kind_of(paths) is FilesKind.TRAFFIC:
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
    return [known.name for known in known_sources(database)]


def known_sources(database: Database) -> list[Known]:
    """All communities, with what they are."""
    with database.read() as reader:
        limits = {row.id: row.file_limit or 0 for row in list_accounts(reader)}
        return [
            Known(source.community, source.kind is AccountKind.ANALYTICS_FILE, limits.get(source.account_id, 0))
            for source in list_sources(reader)
        ]


def file_limit_of(name: str, known: Sequence[Known]) -> int:
    """How large files may be that are kept in the community of this name, 0 for none and for a new one."""
    clean = " ".join(name.split()).casefold()
    return next((one.file_limit for one in known if one.name.casefold() == clean), 0)


def name_words(kind: FilesKind, name: str, known: Sequence[Known]) -> tuple[str, bool]:
    """What a name means for these files, and whether they may be imported under it."""
    words = WORDS[kind]
    clean = " ".join(name.split())
    same = next((one for one in known if one.name.casefold() == clean.casefold()), None)
    if same is not None and same.is_site is not (kind is FilesKind.TRAFFIC):
        what = "web site" if same.is_site else "community"
        return f"There is already a {what} called “{same.name}”. Choose another name.", False
    if same is not None:
        return words.joins.format(same.name), True
    return (words.new, True) if clean else (words.hint, False)
