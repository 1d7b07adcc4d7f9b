"""Taking in at headquarters: every office file of a folder, in any order, each kind of trouble by its name."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.cancel import CancelToken
from workbench.errors import BadInputError, SourceError, WorkbenchError
from workbench.export.rollup_report import Trouble, troubles_of
from workbench.logs import Log
from workbench.messages import wording
from workbench.models.changes import Changes
from workbench.operations.partners import partner_store, read_file
from workbench.paths import log_folder
from workbench.progress import Progress, Report, silent
from workbench.queries.partners import trusted_signers
from workbench.queries.rollup import list_office_files, list_offices, taken_digests
from workbench.sync.envelope import (
    MOST_BYTES,
    EnvelopeHeader,
    EnvelopeKind,
    digest_of,
    open_envelope,
    read_header,
    require_kind,
    require_trusted,
)
from workbench.sync.identity import Identity
from workbench.sync.rollup_snapshot import OFFICE_SUFFIX, OLDEST_SCHEMA, SCHEMA, from_lines, office_code
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.sync.rollup import Place, Received, RollupStore

_LOOKING: Final = 0.3
"""What looking at every file takes of the whole; opening and storing takes the rest."""
_NEXT: Final = {
    "untrusted_signer": "Ask the office for its partner file and add it under Partners, then take the folder in again.",
    "envelope_damaged": "Ask the office for it once more.",
    "envelope_cut": "It may still be on its way: take the folder in again later, or ask the office for it once more.",
    "newer_envelope": "Update the program here, then take the folder in again.",
}
"""What to do next about a file that was set aside, by the code of its error."""
_ANOTHER_OFFICE: Final = (
    "Its sender has spoken for the office “{}” before, and goes on doing so: ask the office to set that code again and "
    "to send a new file."
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that was left out; `code` is the error's, `reason` is for people."""

    file: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class RollupImport:
    """What came of a folder. `troubles` are gaps and twins of the offices it has files of, by the office's name."""

    taken: int
    unchanged: int
    offices: int
    set_aside: tuple[SetAside, ...]
    troubles: tuple[tuple[str, Trouble], ...]
    changes: Changes


def import_folder(
    workspace: Workspace,
    *,
    place: "Place",
    folder: Path,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> RollupImport:
    """Takes in every office file of a folder, in any order and as often as one likes; one transaction for each office.

    Files that cannot be taken in are set aside with the reason, and nothing of them is kept: damaged, cut, sealed for
    others, of a newer form, or signed by nobody who is a partner here. Refuses a folder that cannot be read. Stopped,
    it keeps the offices it finished.
    """
    from workbench.sync.rollup import RollupStore  # noqa: PLC0415 - loads the ORM, which reading does not need

    run = _Run(workspace, RollupStore(place, workspace.clock))
    names = _office_files(folder)
    with place.read() as source:
        known = set(taken_digests(source))
    waiting: defaultdict[str, list[Path]] = defaultdict(list)
    for number, name in enumerate(names):
        office = run.look_at(folder / name, known)
        if office is not None:
            waiting[office].append(folder / name)
        report(Progress(number, "files", len(names), fraction=_LOOKING * number / len(names)))
    done, total = 0, sum(map(len, waiting.values()))
    for office, paths in sorted(waiting.items()):
        if cancel is not None:
            cancel.check()
        run.take(office, paths)
        done += len(paths)
        report(Progress(done, "files", len(names), fraction=_LOOKING + (1 - _LOOKING) * done / total))
    result = run.result(place)
    log = Log(log_folder(workspace.profile), clock=workspace.clock)
    log.event("rollup.imported", added=result.taken, unchanged=result.unchanged, rejected=len(result.set_aside))
    log.close()
    return result


class _Run:
    """One import: what is known, what was set aside, and what was taken so far."""

    def __init__(self, workspace: Workspace, store: "RollupStore") -> None:
        # Opening needs keys: where this profile has none yet, nothing was sealed for it.
        self._identity = partner_store(workspace).stored() or Identity.new(name="nobody", instance="none")
        with workspace.database.read() as reader:
            self._trusted = trusted_signers(reader)
        # An office may roll itself up, and headquarters be an office too.
        self._trusted[self._identity.public.signer] = self._identity.name
        self._store = store
        self._aside: list[SetAside] = []
        self._offices: set[str] = set()
        self._taken = self._unchanged = 0

    def look_at(self, path: Path, known: set[str]) -> str | None:
        """Whose file it is; None for one taken before, lying there twice, or set aside. Nothing is opened."""
        try:
            data = read_file(path, most=MOST_BYTES)
            digest = digest_of(data)
            if digest in known:
                self._unchanged += 1
                return None
            header = self._checked(data)
        except WorkbenchError as error:
            self._set_aside(path, error)
            return None
        known.add(digest)
        return header.office

    def take(self, office: str, paths: Sequence[Path]) -> None:
        """All waiting files of one office, in one transaction."""
        received = {}
        for path in paths:
            try:
                received[path] = self._opened(path)
            except WorkbenchError as error:
                self._set_aside(path, error)
        taken = self._store.take(office, list(received.values()))
        for path, file in received.items():
            if file.digest in taken.refused:
                message = _ANOTHER_OFFICE.format(taken.refused[file.digest])
                self._set_aside(path, BadInputError(message))
            elif file.digest in taken.new:
                self._taken += 1
            else:
                self._unchanged += 1  # somebody else took it in meanwhile, on a server
        self._offices.add(office)

    def result(self, place: "Place") -> RollupImport:
        """What came of it, with the gaps that are left."""
        troubles: list[tuple[str, Trouble]] = []
        if self._offices:
            with place.read() as source:
                names = {office.office_id: office.name for office in list_offices(source)}
                files = defaultdict(list)
                for file in list_office_files(source):
                    files[file.office_id].append(file)
            for office in sorted(self._offices):
                troubles += [(names[office], trouble) for trouble in troubles_of(files[office])]
        return RollupImport(
            self._taken,
            self._unchanged,
            len(self._offices),
            tuple(sorted(self._aside, key=lambda each: each.file)),
            tuple(troubles),
            Changes.ROLLUP if self._taken else Changes.NOTHING,
        )

    def _checked(self, data: bytes) -> EnvelopeHeader:
        header = read_header(data)
        require_kind(header, EnvelopeKind.OFFICE, oldest=OLDEST_SCHEMA, newest=SCHEMA)
        require_trusted(header, self._trusted)
        if header.office != office_code(header.office):
            message = "The code of its office is not written as codes are."
            raise BadInputError(message)
        return header

    def _opened(self, path: Path) -> "Received":
        from workbench.sync.rollup import Received  # noqa: PLC0415 - as above

        data = read_file(path, most=MOST_BYTES)
        header = self._checked(data)  # once more: somebody may have written to the file since
        envelope = open_envelope(data, identity=self._identity)
        return Received(
            office_id=header.office,
            instance=f"{header.instance}:{sha256(header.stream.encode()).hexdigest()[:8]}",
            sequence=header.sequence,
            previous=header.previous,
            digest=envelope.digest,
            signer=header.signer,
            created=header.created,
            snapshot=from_lines(envelope.payload),
        )

    def _set_aside(self, path: Path, error: WorkbenchError) -> None:
        words = wording(error)
        fingerprint = error.details.get("fingerprint")
        reason = f"{words.happened} ({fingerprint})" if fingerprint else words.happened
        reason = f"{reason} {_NEXT[words.code]}" if words.code in _NEXT else reason
        self._aside.append(SetAside(path.name, words.code, reason))


def _office_files(folder: Path) -> list[str]:
    """Names that can be office files; what is still being written has another one."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        said = "there is no such folder" if isinstance(error, FileNotFoundError) else error.strerror
        raise SourceError(said or "the folder cannot be read", path=str(folder)) from error
    return sorted(name for name in names if name.casefold().endswith(OFFICE_SUFFIX) and not name.startswith((".", "~")))
