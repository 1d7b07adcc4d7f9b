"""Attachments: files on messages, brought by a sync up to the account's limit or by hand, saved where a person says."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.cancel import CancelToken
from workbench.errors import (
    BadInputError,
    CancelledError,
    ForbiddenError,
    LineError,
    NotFoundError,
    SkipStreamError,
    WorkbenchError,
)
from workbench.export.files import write_whole
from workbench.ids import AccountId, AttachmentId, CommunityId
from workbench.models.changes import Changes
from workbench.models.file_kinds import UNASKED, kind_of, safe_name
from workbench.models.kinds import FileReason
from workbench.operations.seating import Line, open_seat, platform_of
from workbench.progress import Progress, Report, silent
from workbench.queries.attachments import (
    AttachmentRow,
    FilePlace,
    WaitingFile,
    attachment_content,
    attachment_place,
    waiting_files,
)
from workbench.sync.platforms import TITLES
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.sync.file_door import FileHolder

BY_HAND: Final = 40_000_000
"""Bytes of a file that a person asks for; more is for the browser."""
_AT_A_TIME: Final = 500
_SPOILT_IN_A_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class FilesFetched:
    """What a sync did about files; `error` is what ended it early, None when every file had its turn."""

    changes: Changes = Changes.NOTHING
    files: int = 0
    error: WorkbenchError | None = None


def fetch_waiting(
    workspace: Workspace,
    *,
    account_id: AccountId,
    connector: object,
    most: int,
    only: Collection[CommunityId] | None = None,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> FilesFetched:
    """The last stage of a sync: files of at most `most` bytes, those on the newest messages first.

    `only` restricts it to some communities.

    Each is stored whole or not at all. What a platform does not give, what is no picture, document or text, and what
    lies on another host is noted and not asked for again; a spoilt answer is left for the next sync, and several of
    them in a row end this one, as does what concerns the line or the account.
    """
    from workbench.sync.file_door import FileHolder  # noqa: PLC0415 - loads the wire

    if not isinstance(connector, FileHolder) or most < 1:
        return FilesFetched()
    changes, fetched, spoilt = Changes.NOTHING, 0, 0
    for file in _waiting(workspace, account_id, most, only):
        try:
            if cancel is not None:
                cancel.check()
            changes |= _settled(workspace, connector, file, most=most)
            spoilt = 0
        except WorkbenchError as error:
            spoilt += 1
            if not is_spoilt(error) or spoilt >= _SPOILT_IN_A_ROW:
                stopped = CancelledError() if cancel is not None and cancel.is_cancelled else error
                return FilesFetched(changes, fetched, stopped)
        fetched += 1
        report(Progress(fetched, "file" if fetched == 1 else "files", stage="Files on messages"))
    return FilesFetched(changes, fetched)


def _waiting(
    workspace: Workspace, account_id: AccountId, most: int, only: Collection[CommunityId] | None
) -> Iterator[WaitingFile]:
    """Every file that waits, each once; what was left waiting does not hide what is behind it."""
    tried: set[AttachmentId] = set()
    while True:
        with workspace.database.read() as reader:
            files = waiting_files(reader, account_id, most=most, limit=_AT_A_TIME + len(tried), only=only)
        fresh = [file for file in files if file.id not in tried]
        if not fresh:
            return
        for file in fresh:
            tried.add(file.id)
            yield file


def is_spoilt(error: WorkbenchError) -> bool:
    """Whether it is the answer for one file that was no good, while the line itself is."""
    return isinstance(error, LineError) and error.details.get("cause") in {"bad_reply", "portal"}


def _settled(workspace: Workspace, connector: "FileHolder", file: WaitingFile, *, most: int) -> Changes:
    """Fetches one file or notes why not, so that it does not wait any more."""
    store = workspace.files
    if kind_of(file.media_type, file.name) not in UNASKED:
        return store.give_up(file.id, FileReason.KIND)
    try:
        fetched = connector.file(file.address, most=most)
    except WorkbenchError as error:
        reason = _reason(error)
        if reason is None:
            raise
        return store.give_up(file.id, reason)
    if kind_of(fetched.media_type or file.media_type, file.name) not in UNASKED:
        return store.give_up(file.id, FileReason.KIND)
    return store.keep(file.id, fetched.content, media_type=fetched.media_type)


def _reason(error: WorkbenchError) -> FileReason | None:
    """Why one file cannot be had; None for what concerns more than this file."""
    from workbench.sync.file_door import is_too_large  # noqa: PLC0415 - as above

    if is_too_large(error):
        return FileReason.TOO_LARGE
    if isinstance(error, NotFoundError):
        return FileReason.GONE
    if isinstance(error, ForbiddenError):
        return FileReason.REFUSED
    if isinstance(error, BadInputError):  # an address we would not ask
        return FileReason.ELSEWHERE
    if isinstance(error, SkipStreamError):
        return FileReason.ELSEWHERE if "elsewhere" in error.details else FileReason.REFUSED
    return None


_CAME_WITH_IT: Final = (
    "This file came with its message and is larger than what is kept of files. Import the same archive again and keep "
    "files of its size, or raise the limit for files of its account and read the messages again."
)
_NOT_TO_BE_HAD: Final[Mapping[FileReason | None, str]] = {
    FileReason.ONLY_NAMED: "An export names its files and does not hold them. Open the thread in the browser.",
}


def fetch_attachment(
    workspace: Workspace,
    *,
    attachment_id: AttachmentId,
    cancel: CancelToken | None = None,
    line: Line | None = None,
) -> AttachmentRow:
    """Brings one file a person asked for, whatever its kind, and answers how it stands; one that is here is left.

    It counts against the account's data for today. A file on another host is asked for without signing in. Refuses a
    file that came with its message and was not kept (BadInputError), and as the platform does.
    """
    from workbench.sync.file_door import FileHolder  # noqa: PLC0415 - loads the wire

    place = _place(workspace, attachment_id)
    if place.row.is_here:
        return place.row
    if place.address is None or place.account_kind not in TITLES:
        raise BadInputError(_NOT_TO_BE_HAD.get(place.row.reason, _CAME_WITH_IT))
    entry = workspace.accounts.get(place.account_id)
    with open_seat(workspace, entry, cancel=cancel, line=line) as seat:
        connector = platform_of(entry).connect(seat)
        if not isinstance(connector, FileHolder):
            message = "Files of this platform cannot be fetched here. Open the thread in the browser."
            raise BadInputError(message)
        try:
            fetched = connector.file(place.address, most=BY_HAND, may_leave=True)
        except WorkbenchError as error:
            reason = _reason(error)
            if reason is not None:
                workspace.files.give_up(attachment_id, reason)
            raise
    workspace.files.keep(attachment_id, fetched.content, media_type=fetched.media_type)
    return _place(workspace, attachment_id).row


def save_attachment(workspace: Workspace, *, attachment_id: AttachmentId, path: Path) -> Path:
    """Writes the content to a file, whole or not at all; in a folder under its own name, made safe.

    Refuses a file whose content is not here (BadInputError) and a place that cannot be written (ExportError).
    """
    place = _place(workspace, attachment_id)
    with workspace.database.read() as reader:
        content = attachment_content(reader, attachment_id)
    if content is None:
        message = "The content of this file is not here. Fetch it first."
        raise BadInputError(message)
    target = path / safe_name(place.row.name) if path.is_dir() else path
    write_whole(target, content)
    return target


def _place(workspace: Workspace, attachment_id: AttachmentId) -> FilePlace:
    with workspace.database.read() as reader:
        place = attachment_place(reader, attachment_id)
    if place is None:
        message = "There is no such file; `workbench attachment list` shows them."
        raise BadInputError(message)
    return place
