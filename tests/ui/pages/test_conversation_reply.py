"""The foot of a conversation: state lines with the right buttons, and a box that queues, hands over or is put away."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.sync.outbox_desk import a_desk
from workbench.models.kinds import OutboxState, PostKind
from workbench.queries.outbox import OutboxRow
from workbench.sync.outbox_steps import Reason
from workbench.ui.pages.conversation_reply import STATES, Deed, OutboxLine, ReplyEdit, ReplyPanel, deeds, title_of
from workbench.ui.theme import MEANING_ICONS, Theme


@pytest.fixture
def row(tmp_path: Path) -> OutboxRow:
    """A queued answer."""
    desk = a_desk(tmp_path)
    found = desk.item(desk.reply("We use a rope pump."))
    desk.database.close()
    return found


@pytest.fixture
def panel(theme: Theme, ground: QWidget) -> ReplyPanel:
    made = ReplyPanel(theme)
    made.setParent(ground)
    made.resize(700, 400)
    made.show_place(can_send=True, can_like=True, has_link=True)
    made.show()
    return made


def titles(widget: QWidget) -> list[str]:
    return [button.text() for button in widget.findChildren(QPushButton) if button.isVisibleTo(widget)]


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


@pytest.mark.parametrize(
    ("state", "looks", "expected"),
    [
        (OutboxState.DRAFT, 0, ["Edit", "Queue", "Drop"]),
        (OutboxState.QUEUED, 0, ["Recall"]),
        (OutboxState.SENDING, 0, []),
        (OutboxState.SENT, 0, []),
        (OutboxState.UNKNOWN, 1, ["Open thread"]),
        (OutboxState.UNKNOWN, 2, ["Open thread", "Send again", "Mark as sent"]),
        (OutboxState.REFUSED, 0, ["Edit", "Copy text", "Drop"]),
        (OutboxState.PAUSED, 0, ["Resume", "Edit"]),
        (OutboxState.EXPIRED, 0, ["Queue again", "Edit", "Drop"]),
    ],
)
def test_each_state_has_its_buttons(theme: Theme, row: OutboxRow, state: OutboxState, looks: int, expected: list[str]):
    shown = replace(row, state=state, looks=looks)
    line = OutboxLine(theme, shown, act=lambda deed, row: None)
    assert titles(line) == expected
    assert STATES[state][0] in words(line)


def test_like_cannot_be_edited(row: OutboxRow):
    for state in OutboxState:
        like = replace(row, kind=PostKind.LIKE, state=state)
        assert Deed.EDIT not in deeds(like) or state in {OutboxState.DRAFT, OutboxState.PAUSED}
    assert title_of(Deed.DROP, row) == "Drop"


def test_meaning_is_never_in_the_colour_alone():
    assert set(STATES) == set(OutboxState)
    assert len({icon for _, icon, _ in STATES.values()}) == len(STATES)
    assert {token for _, _, token in STATES.values()} <= {meaning.value for meaning in MEANING_ICONS}


def test_refusal_is_told_on_its_line_as_plain_text(theme: Theme, row: OutboxRow):
    refused = replace(row, state=OutboxState.REFUSED, reason_code=Reason.SAID, reason="<b>Too short</b>")
    line = OutboxLine(theme, refused, act=lambda deed, row: None)
    assert "The platform did not accept it: “<b>Too short</b>”." in words(line)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in line.findChildren(QLabel))


def test_buttons_say_what_they_are_about(qtbot, panel: ReplyPanel, row: OutboxRow):
    asked = []
    panel.acted.connect(lambda deed, item: asked.append((deed, item.id)))
    panel.show_items([row])
    (button,) = [button for button in panel.findChildren(QPushButton) if button.text() == "Recall"]
    assert button.accessibleName() == "Recall: Queued, We use a rope pump."
    button.click()
    assert asked == [(Deed.EDIT, row.id)]


def test_few_lines_are_shown_and_those_that_wait_for_a_decision_first(qtbot, panel: ReplyPanel, row: OutboxRow):
    rows = [replace(row, id=str(number), text=f"words {number}") for number in range(5)]
    rows[3] = replace(rows[3], state=OutboxState.REFUSED)
    panel.show_items(rows)
    qtbot.waitUntil(lambda: "3 more in the outbox." in words(panel))
    shown = words(panel)
    assert [number for number in range(5) if f"words {number}" in shown] == [0, 3]
    panel.show_items([])
    assert "words" not in words(panel)


def test_box_opens_with_the_draft_and_queues_on_ctrl_return(qtbot, panel: ReplyPanel):
    queued, typed = [], []
    panel.queued.connect(lambda: queued.append(panel.edit.toPlainText()))
    panel.typed.connect(lambda: typed.append(True))
    panel.open_box(author="Amina Example", text="We use")
    assert panel.is_open
    assert typed == [], "opening is not typing"
    assert "Reply to Amina Example" in words(panel).replace("\u2068", "").replace("\u2069", "")
    qtbot.keyClicks(panel.edit, " a pump")
    assert panel.edit.toPlainText() == "We use a pump"
    qtbot.keyClick(panel.edit, Qt.Key.Key_Return)
    qtbot.keyClick(panel.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert queued == ["We use a pump\n"]
    assert typed


def test_nothing_empty_is_queued(qtbot, panel: ReplyPanel):
    queued = []
    panel.queued.connect(lambda: queued.append(True))
    panel.open_box(author="", text="  ")
    assert not panel._queue.isEnabled()
    qtbot.keyClick(panel.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert queued == []
    panel.edit.setPlainText("words")
    panel.fit()
    assert panel._queue.isEnabled()


def test_place_that_is_only_read_offers_its_text_by_hand(qtbot, panel: ReplyPanel):
    handed = []
    panel.handed_over.connect(lambda: handed.append(True))
    panel.show_place(can_send=False, can_like=False, has_link=True)
    assert "Like" not in titles(panel)
    panel.open_box(author="Amina Example", text="words")
    assert titles(panel) == ["Copy text and open thread", "Discard"]
    qtbot.keyClick(panel.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert handed == [True]
    panel.offer_posted()
    assert "I posted it" in titles(panel)
    panel.show_place(can_send=False, can_like=False, has_link=False)
    assert titles(panel) == ["Copy text", "I posted it", "Discard"]


def test_tab_leaves_the_box_and_its_height_follows_the_text_size(qtbot, theme: Theme):
    edit = ReplyEdit(theme)
    qtbot.addWidget(edit)
    assert edit.tabChangesFocus()
    before = edit.height()
    theme.set_text_scale(1.5)
    assert edit.height() > before
