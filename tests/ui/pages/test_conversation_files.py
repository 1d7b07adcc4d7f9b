"""Files in the open conversation: fetched when asked, a metered link says so first, saved and never opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.builders import a_clock, a_workspace
from tests.forum_files import PDF, PHOTO, PLAN, PNG, FileForum, a_file_forum, add_forum
from tests.platforms.world import BEGINNING
from tests.ui.settled import settle
from workbench.errors import NotFoundError
from workbench.models.kinds import FileReason
from workbench.operations.attachments import fetch_waiting
from workbench.operations.sync import sync_accounts
from workbench.sync.file_door import FetchedFile
from workbench.ui.change_bus import ChangeBus
from workbench.ui.context import Context
from workbench.ui.link import Told
from workbench.ui.pages.conversation_data import read_thread
from workbench.ui.pages.conversation_files import ConversationFiles
from workbench.ui.pages.conversation_reader import ConversationReader
from workbench.ui.widgets.message_files import FileDeed, FileState, ReadyFile


class Opened:
    """A reader on a thread with three files, over a profile of its own."""

    def __init__(self, qtbot, context: Context, reader: ConversationReader, forum: FileForum) -> None:
        self.context, self.reader = context, reader
        self.files = ConversationFiles(context, reader, line=forum.line)
        self.qtbot = qtbot
        thread_id = 1
        reader.show_thread(read_thread(context.workspace.database, thread_id))

    def shown(self, name: str) -> ReadyFile:
        (message,) = self.reader.messages._messages
        return next(file for file in message.files if file.row.name == name)

    def press(self, deed: FileDeed, name: str) -> None:
        self.files.act(deed, self.shown(name).row)

    def wait(self) -> None:
        settle(self.qtbot, self.context.jobs)


@pytest.fixture
def forum() -> FileForum:
    return a_file_forum()


@pytest.fixture
def opened(qtbot, tmp_path: Path, forum: FileForum, context: Context) -> Iterator[Opened]:
    (tmp_path / "forum").mkdir()
    jobs, actions, theme = context.jobs, context.actions, context.theme
    with a_workspace(tmp_path / "forum", clock=a_clock(BEGINNING)) as workspace:
        add_forum(workspace, forum)
        sync_accounts(workspace, line=forum.line)
        context = Context(workspace, jobs=jobs, bus=ChangeBus(), actions=actions, theme=theme)
        reader = ConversationReader(theme, actions)
        reader.resize(700, 500)
        qtbot.addWidget(reader)
        reader.show()
        yield Opened(qtbot, context, reader, forum)
        assert jobs.close()


def test_a_file_is_fetched_and_then_offered_for_saving(opened: Opened, tmp_path: Path, forum: FileForum):
    assert "upload" not in opened.reader.messages.current.row.text
    opened.press(FileDeed.FETCH, "plan.pdf")
    assert opened.shown("plan.pdf").state is FileState.FETCHING
    opened.wait()
    file = opened.shown("plan.pdf")
    assert (file.state, file.row.is_here, file.deeds()) == (FileState.RESTING, True, ((FileDeed.SAVE, "Save as…"),))
    told: list[str] = []
    opened.context.told.connect(lambda words, _action: told.append(words))
    opened.files.save(file.row, tmp_path / "mine.pdf")
    opened.wait()
    assert (tmp_path / "mine.pdf").read_bytes() == PDF
    assert told == ["Saved as mine.pdf."]


def test_a_picture_shows_once_it_is_here(opened: Opened):
    opened.press(FileDeed.FETCH, "Well.png")
    opened.wait()
    picture = opened.shown("Well.png").picture
    assert picture is not None
    assert picture.width() == 1


def test_a_metered_link_says_so_first(opened: Opened, forum: FileForum):
    link = opened.context.sources.link
    link._ask = lambda: Told(is_connected=True, is_metered=True)
    link.look()
    opened.press(FileDeed.FETCH, "plan.pdf")
    assert (opened.shown("plan.pdf").state, opened.shown("plan.pdf").said) == (
        FileState.ASKING,
        "This link is metered.",
    )
    opened.press(FileDeed.NOT_NOW, "plan.pdf")
    assert opened.shown("plan.pdf").state is FileState.RESTING
    assert forum.asked == []
    opened.press(FileDeed.FETCH, "plan.pdf")
    opened.press(FileDeed.FETCH_ANYWAY, "plan.pdf")
    opened.wait()
    assert opened.shown("plan.pdf").row.is_here


def test_what_cannot_be_had_says_why_beside_it_and_can_be_tried_again(opened: Opened, forum: FileForum):
    del forum.files[f"{PLAN}.pdf"]
    opened.press(FileDeed.FETCH, "plan.pdf")
    opened.wait()
    file = opened.shown("plan.pdf")
    assert file.state is FileState.FAILED
    assert file.said
    assert file.deeds() == ((FileDeed.FETCH, "Try again"),)


def test_a_file_on_another_host_is_asked_for_only_after_a_word(opened: Opened):
    workspace = opened.context.workspace
    workspace.files.give_up(opened.shown("plan.pdf").row.id, FileReason.ELSEWHERE)
    opened.reader.show_thread(read_thread(workspace.database, 1))
    opened.press(FileDeed.FETCH, "plan.pdf")
    assert "another host" in opened.shown("plan.pdf").said


def test_what_a_sync_brings_shows_in_the_open_thread(opened: Opened, forum: FileForum):
    class Holder:
        def file(self, address: str, *, most: int, may_leave: bool = False):
            if PHOTO in address:
                return FetchedFile(PNG, "image/png")
            raise NotFoundError

    (account,) = opened.context.workspace.accounts.list()
    done = fetch_waiting(opened.context.workspace, account_id=account.id, connector=Holder(), most=100_000)
    opened.context.bus.publish(done.changes)
    opened.wait()
    assert [opened.shown(name).row.is_here for name in ("plan.pdf", "Well.png")] == [False, True]


def test_another_thread_forgets_what_was_said(opened: Opened, forum: FileForum):
    forum.files.clear()
    opened.press(FileDeed.FETCH, "plan.pdf")
    opened.wait()
    opened.reader.show_thread(read_thread(opened.context.workspace.database, 1))
    assert opened.shown("plan.pdf").state is FileState.RESTING


def test_saving_asks_for_a_place_under_a_safe_name(opened: Opened, tmp_path: Path):
    opened.press(FileDeed.FETCH, "plan.pdf")
    opened.wait()
    opened.press(FileDeed.SAVE, "plan.pdf")
    (dialog,) = opened.reader.findChildren(QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert Path(dialog.selectedFiles()[0]).name == "plan.pdf"
    dialog.fileSelected.emit(str(tmp_path / "mine.pdf"))
    dialog.close()
    opened.wait()
    assert (tmp_path / "mine.pdf").read_bytes() == PDF


def test_a_fetch_that_is_stopped_leaves_the_file_as_it_was(opened: Opened):
    opened.press(FileDeed.FETCH, "plan.pdf")
    opened.press(FileDeed.STOP, "plan.pdf")
    opened.wait()
    file = opened.shown("plan.pdf")
    assert file.state is not FileState.FETCHING
    assert file.row.is_here or file.deeds()[0][0] is FileDeed.FETCH
