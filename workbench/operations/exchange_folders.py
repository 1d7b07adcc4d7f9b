"""Exchange folders: which plan files lie in the folders of partners and wait to be taken in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import ForeignEnvelopeError, ReplayedEnvelopeError, SourceError, WorkbenchError
from workbench.operations.exchange import PLAN_SUFFIX
from workbench.operations.partners import partner_store, partners, read_file
from workbench.queries.partners import known_digests
from workbench.sync.envelope import MOST_BYTES, EnvelopeHeader, EnvelopeKind, digest_of, open_envelope, read_header
from workbench.sync.identity import Identity
from workbench.sync.partners import PartnerStore, Standing
from workbench.workspace import Workspace

# What sync tools and browsers call a second file of one name.
_SECOND = re.compile(
    r"(?P<name>.+?)(?: ?\(\d+\)| - Copy| ?\([^()]*conflict[^()]*\)|[._-]sync-conflict-[\w-]+|[._-]conflict[\w-]*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file to be opened with `read_plan_file`; or, with `error`, one that cannot be and says why."""

    path: Path
    header: EnvelopeHeader | None
    error: WorkbenchError | None = None


@dataclass(frozen=True, slots=True)
class FolderScan:
    """What waits in one folder, by file name; `error` where the folder cannot be read now."""

    folder: Path
    waiting: tuple[WaitingFile, ...]
    error: WorkbenchError | None = None


def scan_partner_folders(workspace: Workspace) -> tuple[FolderScan, ...]:
    """Every folder chosen for a partner, each once; one that is away (a stick, a drive) says so."""
    folders = dict.fromkeys(Path(partner.folder) for partner in partners(workspace) if partner.folder)
    return tuple(scan_folder(workspace, folder) for folder in folders)


def scan_folder(workspace: Workspace, folder: Path) -> FolderScan:
    """What waits in a folder; nothing is changed, so it can be asked again and again.

    Left out without a word: files of other names, among them those still being written, second copies, what was taken
    in or sent before, what is sealed for others, and what a newer file of the same sender and plan has overtaken.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        away = SourceError(error.strerror or "the folder cannot be read", path=str(folder))
        return FolderScan(folder, (), away)
    store = partner_store(workspace)
    identity = store.stored() or Identity.new(name="nobody", instance="none")
    with workspace.database.read() as reader:
        known = set(known_digests(reader))
    found = [_looked_at(folder / name, identity, known) for name in _plan_files(names)]
    newest: dict[tuple[str, str], tuple[int, WaitingFile]] = {}
    refused: list[WaitingFile] = []
    for digest, waiting in (each for each in found if each is not None):
        header = waiting.header
        if header is None or waiting.error is not None:
            refused.append(waiting)
        elif not _is_late(store, header, digest):
            stream = (header.instance, header.stream)
            newest[stream] = max(newest.get(stream, (0, waiting)), (header.sequence, waiting), key=lambda pair: pair[0])
    files = [*refused, *(waiting for _, waiting in newest.values())]
    return FolderScan(folder, tuple(sorted(files, key=lambda each: each.path)))


def _plan_files(names: Iterable[str]) -> list[str]:
    """Names that can be whole plan files; a second copy only where the first is not there."""
    plans = [name for name in names if name.casefold().endswith(PLAN_SUFFIX) and not name.startswith((".", "~"))]
    there = set(plans)
    return [name for name in plans if _first_name(name) not in there]


def _first_name(name: str) -> str | None:
    match = _SECOND.match(name[: -len(PLAN_SUFFIX)])
    return None if match is None else match["name"] + name[-len(PLAN_SUFFIX) :]


def _looked_at(path: Path, identity: Identity, known: set[str]) -> tuple[str, WaitingFile] | None:
    """A file with its digest; None for one that is of no concern here. Each content is looked at once."""
    header = None
    try:
        data = read_file(path, most=MOST_BYTES)
        digest = digest_of(data)
        if digest in known:
            return None
        known.add(digest)
        header = read_header(data)
        if header.kind is not EnvelopeKind.PLAN:
            return None
        if not header.needs_passphrase:
            open_envelope(data, identity=identity)
    except ForeignEnvelopeError as error:
        return None if error.details.get("cause") == "not_for_us" else ("", WaitingFile(path, None, error))
    except WorkbenchError as error:
        return "", WaitingFile(path, header, error)
    return digest, WaitingFile(path, header)


def _is_late(store: PartnerStore, header: EnvelopeHeader, digest: str) -> bool:
    try:
        return store.place(header, digest).standing is Standing.LATE
    except ReplayedEnvelopeError:  # taken in since the scan began
        return True
