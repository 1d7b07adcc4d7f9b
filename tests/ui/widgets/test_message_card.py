"""MessageCard and what is made ready for it: notes, folds, and the head in both directions."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from tests.ui.widgets.test_message_view import a_row
from workbench.queries.attachments import AttachmentRow
from workbench.ui.message_parts import CHUNK
from workbench.ui.theme import Theme
from workbench.ui.widgets.message_card import MessageCard, ready
from workbench.ui.widgets.message_files import ReadyFile


@pytest.fixture
def card(theme: Theme, ground: QWidget) -> MessageCard:
    made = MessageCard(theme, ground)
    made.show_message(ready(a_row(2, depth=9, sent_at_is_guess=True)), terms=("words",))
    made.resize(600, made.height_for(600))
    made.settle()
    made.show()
    return made


def test_indentation_ends_at_four_steps(card: MessageCard):
    deep = card.body.x()
    card.show_message(ready(a_row(2, depth=4)), terms=())
    card.settle()
    assert card.body.x() == deep
    card.show_message(ready(a_row(2, depth=0)), terms=())
    card.settle()
    assert card.body.x() == 24


def test_card_is_spoken_with_author_and_moment(card: MessageCard):
    assert card.body.accessibleName() == "Message from Person 2 Example, 15 Jun 2024, 12:02"


def test_hovering_the_moment_tells_utc(qapp, card: MessageCard):
    at = card._when_box().center()
    qapp.sendEvent(card, QHelpEvent(QEvent.Type.ToolTip, at, card.mapToGlobal(at)))
    assert QToolTip.text().startswith("15 Jun 2024, 12:02 UTC. The message had no usable date")
    QToolTip.hideText()


def test_head_is_mirrored(card: MessageCard):
    before = card._author_box().left()
    card.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert card.width() - card._author_box().right() - 1 == before


def test_search_words_are_marked(card: MessageCard):
    assert [mark.cursor.selectedText() for mark in card.body.extraSelections()] == ["Words", "Words", "Words"]


def test_plain_text_wins_over_html_and_html_is_cleaned():
    assert ready(a_row(1, "Plain", html="<b>other</b>")).html == ""
    message = ready(a_row(1, "", html="<b onclick=x>other</b>"))
    assert message.html == "<b>other</b>"


def test_folds_toggle_and_more_reaches_further():
    message = ready(a_row(1, "x" * (CHUNK * 2)))
    assert message.left == CHUNK
    assert message.folded("more").left == 0
    assert message.folded("3").opened == {3}
    assert message.folded("3").folded("3").opened == frozenset()


def test_selected_and_dark_cards_paint(card: MessageCard, theme: Theme):
    before = card.grab().toImage()
    card.set_current(is_current=True)
    assert card.grab().toImage() != before


def test_files_stand_below_the_words_and_not_in_them(theme: Theme, ground: QWidget):
    text = (
        "The plan: [plan.pdf|attachment](upload://abcdefghijkl.pdf) (1 MB)\n![Well|10x10](upload://mnopqrstuvwx.png)"
        "\n[attachment: plan.pdf, 12 kB]\n[attachment: notes.txt]"
    )
    file = ReadyFile(AttachmentRow(1, 2, "plan.pdf", "", 9, is_here=True, reason=None, has_address=False))
    message = ready(a_row(2, text=text), (file,))
    assert message.row.text == "The plan: plan.pdf (1 MB)\nWell"
    assert ready(a_row(2, text=text)).row.text == text
    card = MessageCard(theme, ground)
    card.show_message(ready(a_row(2, text=text)), terms=())
    card.resize(600, 400)
    without = card.height_for(600)
    card.show_message(message, terms=())
    card.resize(600, card.height_for(600))
    card.settle()
    assert card.files.isVisibleTo(card)
    assert card.files.y() >= card.body.geometry().bottom()
    assert card.files.geometry().bottom() < card.height()
    card.show_message(ready(a_row(2, text=text)), terms=())
    assert card.height_for(600) == without
