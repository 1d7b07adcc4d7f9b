"""Conversation files: fetches and saves what hangs on the messages of the open thread, when its buttons ask for it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from workbench.ids import AttachmentId, EventId
from workbench.models.changes import Changes
from workbench.models.file_kinds import safe_name
from workbench.models.kinds import FileReason
from workbench.queries.attachments import AttachmentRow
from workbench.ui.context import Context
from workbench.ui.link import Link
from workbench.ui.pages.conversation_data import read_files
from workbench.ui.pages.conversation_reader import ConversationReader
from workbench.ui.sanitiser import line
from workbench.ui.widgets.message_files import FileDeed, FileState, ReadyFile
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.cancel import CancelToken
    from workbench.operations.seating import Line
    from workbench.workspace import Workspace

_METERED: Final = "This link is metered."
_ELSEWHERE: Final = "It lies on another host, which will see that you ask."


class ConversationFiles(QObject):
    """`failed(error)` when the files of the thread cannot be read; what befalls one file is said beside it."""

    failed = Signal(Exception)

    def __init__(self, context: Context, reader: ConversationReader, *, line: "Line | None" = None) -> None:
        super().__init__(reader)
        self._context, self._reader, self._line = context, reader, line
        self._files: Mapping[EventId, tuple[ReadyFile, ...]] = {}
        self._states: dict[AttachmentId, tuple[FileState, str]] = {}
        self._stops: dict[AttachmentId, CancelToken] = {}
        reader.messages.file_wanted.connect(self.act)
        reader.thread_shown.connect(self._on_thread)
        context.bus.changed.connect(self._on_changed)

    def act(self, deed: FileDeed, row: AttachmentRow) -> None:
        """Does what a button of a file asks for."""
        if deed is FileDeed.SAVE:
            self._choose_place(row)
        elif deed is FileDeed.STOP:
            token = self._stops.get(row.id)
            if token is not None:
                token.cancel()
        elif deed is FileDeed.NOT_NOW:
            self._set(row.id, FileState.RESTING)
        elif deed is FileDeed.FETCH and (question := self._question(row)):
            self._set(row.id, FileState.ASKING, question)
        else:
            self._fetch(row)

    # Fetching

    def _question(self, row: AttachmentRow) -> str:
        """What a person should know before a file is asked for; empty where there is nothing to say."""
        is_metered = self._context.sources.link.state is Link.METERED
        said = (_METERED if is_metered else "", _ELSEWHERE if row.reason is FileReason.ELSEWHERE else "")
        return " ".join(filter(None, said))

    def _fetch(self, row: AttachmentRow) -> None:
        workspace = self._context.workspace
        if row.id in self._stops or not workspace.database.writable:
            return
        self._set(row.id, FileState.FETCHING)
        job = partial(_fetched, workspace, row.id, self._line)
        self._stops[row.id] = self._context.jobs.run(
            self,
            f"file {row.id}",
            job,
            partial(self._on_fetched, row.id),
            partial(self._on_not_fetched, row.id),
            stopped=partial(self._end, row.id, FileState.RESTING),
            lane="online",
            title=f"Fetching {line(row.name)}",
        ).cancel

    def _on_fetched(self, attachment_id: AttachmentId, _answer: object) -> None:
        self._end(attachment_id, FileState.RESTING)
        self._context.bus.publish(Changes.FILES)

    def _on_not_fetched(self, attachment_id: AttachmentId, error: Exception) -> None:
        words, _details = error_words(error)
        self._end(attachment_id, FileState.FAILED, words[0])

    def _end(self, attachment_id: AttachmentId, state: FileState, said: str = "") -> None:
        self._stops.pop(attachment_id, None)
        self._set(attachment_id, state, said)

    # Saving

    def _choose_place(self, row: AttachmentRow) -> None:
        """The system's own save dialog, which does not hold the window up."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        start = Path(folder if folder and Path(folder).is_dir() else Path.home()) / safe_name(row.name)
        dialog = QFileDialog(self._reader, "Save the file", str(start))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.save(row, Path(path)))
        dialog.open()

    def save(self, row: AttachmentRow, path: Path) -> None:
        """Writes the content where a person said; nothing opens it."""
        job = partial(_saved, self._context.workspace, row.id, path)

        def done(saved: Path) -> None:
            self._context.tell(f"Saved as {line(saved.name)}.")

        self._context.jobs.run(self, f"save {row.id}", job, done, partial(self._on_not_fetched, row.id))

    # What is shown

    def _on_thread(self) -> None:
        thread = self._reader.shown
        self._files = {} if thread is None else {one.row.id: one.files for one in thread.messages if one.files}
        going = {id_: state for id_, state in self._states.items() if state[0] is FileState.FETCHING}
        self._states = going
        if going:
            self._show()

    def _on_changed(self, changes: Changes) -> None:
        thread = self._reader.shown
        if thread is not None and changes & (Changes.FILES | Changes.EVENTS):
            job = partial(read_files, self._context.workspace.database, thread.id)
            self._context.jobs.run(self, "files", job, partial(self._on_read, thread.id), self.failed.emit)

    def _on_read(self, thread_id: EventId, files: Mapping[EventId, tuple[ReadyFile, ...]]) -> None:
        thread = self._reader.shown
        if thread is not None and thread.id == thread_id:
            self._files = files
            self._show()

    def _set(self, attachment_id: AttachmentId, state: FileState, said: str = "") -> None:
        if state is FileState.RESTING:
            self._states.pop(attachment_id, None)
        else:
            self._states[attachment_id] = (state, said)
        self._show()

    def _show(self) -> None:
        self._reader.messages.show_files(
            {message_id: tuple(map(self._shown, files)) for message_id, files in self._files.items()}
        )

    def _shown(self, file: ReadyFile) -> ReadyFile:
        state, said = self._states.get(file.row.id, (FileState.RESTING, ""))
        return replace(file, state=state, said=said)


def _fetched(
    workspace: "Workspace", attachment_id: AttachmentId, line: "Line | None", cancel: "CancelToken"
) -> AttachmentRow:
    from workbench.operations.attachments import fetch_attachment  # noqa: PLC0415 - loads the wire, with the first file

    return fetch_attachment(workspace, attachment_id=attachment_id, cancel=cancel, line=line)


def _saved(workspace: "Workspace", attachment_id: AttachmentId, path: Path) -> Path:
    from workbench.operations.attachments import save_attachment  # noqa: PLC0415 - as above

    return save_attachment(workspace, attachment_id=attachment_id, path=path)
