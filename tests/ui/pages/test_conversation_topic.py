"""The panel of a new thread alone: what it offers, and what its keys mean."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from workbench.ids import CommunityId
from workbench.operations.letters import Language
from workbench.operations.topics import TopicPlace
from workbench.operations.writing_help import PROMPTS
from workbench.ui.pages.conversation_topic import TopicPanel
from workbench.ui.theme import Theme

SENDS = TopicPlace(CommunityId(1), "Water", can_send=True, url=None)
READS = TopicPlace(CommunityId(2), "Files", can_send=False, url=None)


@pytest.fixture
def panel(qtbot, theme: Theme) -> TopicPanel:
    made = TopicPanel(theme)
    made.resize(500, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_main_button_says_what_this_community_can_have(qtbot, panel: TopicPanel):
    panel.offer([SENDS, READS], chosen=CommunityId(2))
    panel.fill(subject="Pumps", text="Which?")
    assert (panel.place, panel._go.text()) == (READS, "Copy text")
    with qtbot.waitSignal(panel.handed_over):
        qtbot.keyClick(panel.title, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(panel.typed):
        panel.community.setCurrentIndex(0)
    assert panel._go.text() == "Queue thread"
    with qtbot.waitSignal(panel.queued):
        panel._go.click()


def test_nothing_empty_is_sent_by_button_or_key(qtbot, panel: TopicPanel):
    panel.offer([SENDS], chosen=None)
    panel.fill(subject="Pumps", text=" ")
    assert not panel._go.isEnabled()
    with qtbot.assertNotEmitted(panel.queued):
        qtbot.keyClick(panel.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_every_control_is_reached_by_tab_and_has_a_name(qtbot, panel: TopicPanel):
    panel.offer([SENDS], chosen=None)
    panel.fill(subject="Pumps", text="Which?")
    panel.activateWindow()
    panel.community.setFocus()
    names = []
    for _ in range(7):
        names.append(panel.focusWidget().accessibleName())
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    assert names == [
        "Community", "Title", "Text", "Queue thread", "Open questions", "Discard", "Close and keep the draft (Esc)"
    ]  # fmt: skip


def test_an_open_question_is_put_where_the_cursor_is(panel: TopicPanel):
    panel.offer([SENDS], chosen=None)
    panel.fill(subject="", text="")
    menu = next(one for one in panel.findChildren(QPushButton) if one.text() == "Open questions").menu()
    languages = {action.text(): action.menu() for action in menu.actions()}
    assert list(languages) == [language.value for language in Language]
    languages[Language.FRENCH.value].actions()[0].trigger()
    assert panel.text.toPlainText() == PROMPTS[Language.FRENCH][0]


def test_trouble_is_said_and_goes_with_the_next_thread(panel: TopicPanel):
    panel.say_trouble("The disk is full.")
    assert panel.fields["text"]._problem.text == "The disk is full."
    panel.fill(subject="", text="")
    assert panel.fields["text"]._problem.text == ""
    assert panel.title.text() == ""
