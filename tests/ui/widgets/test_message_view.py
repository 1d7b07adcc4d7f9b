"""MessageView: few widgets for many messages, steady scrolling, folding, copying."""

from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tests.builders import NOW
from workbench.queries.messages import MessageRow
from workbench.ui.theme import Theme
from workbench.ui.widgets.message_card import ready, when, when_in_full
from workbench.ui.widgets.message_view import MessageView


def a_row(number: int, text: str = "Words of a message.\n" * 3, **fields) -> MessageRow:
    values = {
        "id": number, "thread_id": 1, "community": "Water", "author": f"Person {number} Example", "author_id": 40 + number,
        "sent_at": NOW + timedelta(minutes=number), "sent_at_is_guess": False, "subject": "Pumps", "text": text, "html": None,
        "is_root": number == 1, "parent_id": None, "depth": min(number - 1, 6),
    }  # fmt: skip
    return MessageRow(**{**values, **fields})


@pytest.fixture
def view(theme: Theme, ground: QWidget) -> MessageView:
    made = MessageView(theme)
    made.setParent(ground)
    made.resize(600, 400)
    made.show()
    return made


def in_sight(view: MessageView) -> list[int]:
    return sorted(card.message.row.id for card in view._cards.values() if -card.height() < card.y() < view.height())


def test_a_thousand_messages_take_a_handful_of_widgets(view: MessageView):
    view.show_messages([ready(a_row(number)) for number in range(1, 1001)])
    bar = view.verticalScrollBar()
    assert bar.maximum() > 50_000
    for value in range(0, bar.maximum(), bar.maximum() // 40):
        bar.setValue(value)
    assert view.cards < 20
    bar.setValue(bar.maximum())
    assert 1000 in in_sight(view)


def test_cards_follow_each_other_without_gap_or_overlap(view: MessageView):
    view.show_messages([ready(a_row(number, "word " * (number * 37 % 400))) for number in range(1, 60)])
    for value in (0, 333, 2000, 1500, 9000):
        view.verticalScrollBar().setValue(value)
        cards = sorted(view._cards.values(), key=lambda card: card.y())
        for above, below in pairwise(cards):
            assert above.y() + above.height() == below.y()


def test_scrolling_up_into_unmeasured_messages_moves_nothing_in_sight(view: MessageView):
    view.show_messages([ready(a_row(number, "word " * 900)) for number in range(1, 80)], at=60)
    bar = view.verticalScrollBar()
    for _ in range(60):
        before = {card.message.row.id: card.y() for card in view._cards.values() if 0 <= card.y() < view.height()}
        bar.setValue(bar.value() - 30)
        after = {card.message.row.id: card.y() for card in view._cards.values()}
        for number in before.keys() & after.keys():
            assert after[number] - before[number] == 30


def test_opens_at_the_message_that_was_found(view: MessageView):
    view.show_messages([ready(a_row(number, "word " * 300)) for number in range(1, 90)], at=70)
    assert view.current is not None
    assert view.current.row.id == 70
    card = view._cards[view.place]
    assert 0 <= card.y() < view.height() - 40


def test_keys_go_from_message_to_message_and_stop_at_the_ends(view: MessageView):
    view.show_messages([ready(a_row(number)) for number in range(1, 4)])
    assert not view.step(-1)
    assert view.step(1)
    assert view.step(1)
    assert not view.step(1)
    assert view.current.row.id == 3


def test_copy_takes_the_current_message_as_plain_text(view: MessageView):
    view.show_messages([ready(a_row(1, "First <b>words</b>")), ready(a_row(2, "Second"))])
    assert view.copy()
    assert QGuiApplication.clipboard().text() == "First <b>words</b>"
    view.step(1)
    view.copy()
    assert QGuiApplication.clipboard().text() == "Second"
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


def test_long_text_is_laid_out_bit_by_bit(view: MessageView):
    view.show_messages([ready(a_row(1, "word " * 1_000_000))])
    card = view._cards[0]
    assert "Show more" in card.body.toPlainText()
    shown = len(card.body.toPlainText())
    assert shown < 30_000
    card.fold_wanted.emit("more")
    assert len(card.body.toPlainText()) > shown + 20_000


def test_folding_keeps_what_follows_in_place(view: MessageView):
    view.show_messages([ready(a_row(1, "Own\n" + "> said\n" * 9)), ready(a_row(2))])
    card, height = view._cards[0], view._cards[0].height()
    card.fold_wanted.emit("1")
    assert card.height() > height
    assert view._cards[1].y() == card.y() + card.height()


def test_html_body_says_what_was_left_out(view: MessageView):
    message = ready(a_row(1, "", html="<p>Hello \u202e</p><script>alert(1)</script>"))
    assert message.note == "Pictures and styles are left out. Marks that turn text round are shown as ⇄."
    view.show_messages([message])
    assert view._cards[0].body.toPlainText() == "Hello ⇄"


def test_guessed_date_says_so_and_utc_is_at_hand():
    row = a_row(1, sent_at_is_guess=True)
    assert when(row).endswith("date guessed")
    assert when_in_full(row).startswith("15 Jun 2024, 12:01 UTC. The message had no usable date")
    assert when_in_full(a_row(1)) == "15 Jun 2024, 12:01 UTC"


def test_a_click_on_the_name_asks_for_the_person(qtbot, view: MessageView):
    view.show_messages([ready(a_row(1)), ready(a_row(2))])
    card = view._cards[1]
    with qtbot.waitSignal(view.author_wanted) as asked:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=card._author_box().center())
    assert asked.args == [42]
    assert view.place == 1
    qtbot.mouseClick(view._cards[0], Qt.MouseButton.LeftButton, pos=QPoint(590, 5))
    assert view.place == 0


def test_larger_text_is_measured_again(view: MessageView, theme: Theme):
    view.show_messages([ready(a_row(1)), ready(a_row(2))])
    height = view._cards[0].height()
    theme.set_text_scale(1.5)
    assert view._cards[0].height() > height * 1.2


def test_everything_is_mirrored_from_right_to_left(view: MessageView):
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view.show_messages([ready(a_row(1))])
    card = view._cards[0]
    assert card._author_box().left() > card.width() / 2 > card._when_box().right()
