"""Writing into cards: the very day pointed at, relative days kept relative, windows moved whole, one step of undo."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.pages.plan_view_parts import Shown, in_june
from workbench.models.kinds import Pillar
from workbench.plans.drafts import CardDraft
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_writes import CardWrites


class Bare(QWidget):
    """A view that shows nothing, with the writes."""

    def __init__(self, context: Context, cards: PlanCards, acts: CardActs) -> None:
        super().__init__()
        del context
        self.writes = CardWrites(cards, acts)

    def show_plan(self, data: object, *, today: date) -> None:
        del data, today


@pytest.fixture
def shown(qtbot, context: Context) -> Shown:
    return Shown(qtbot, context, Bare)


def test_a_relative_day_stays_relative_where_it_can(shown: Shown):
    writes, card = shown.page.writes, shown.id("Call the sponsor")
    assert writes.put(card, in_june(20)) == 1
    shown.read()
    assert (shown.row("Call the sponsor").due_on, shown.row("Call the sponsor").due_day) == (in_june(20), 17)
    # On a Saturday nothing relative is due: the day itself is written, because that is where it was put.
    writes.put(card, in_june(22))
    shown.read()
    assert (shown.row("Call the sponsor").due_on, shown.row("Call the sponsor").due_day) == (in_june(22), None)


def test_a_holiday_is_written_as_the_day_itself(shown: Shown):
    shown.closed = frozenset({in_june(20)})
    shown.read()
    shown.page.writes.put(shown.id("Call the sponsor"), in_june(20))
    shown.read()
    assert (shown.row("Call the sponsor").due_on, shown.row("Call the sponsor").due_day) == (in_june(20), None)


def test_a_window_moves_whole_by_the_day_it_was_taken_by(shown: Shown):
    shown.page.writes.put(shown.id("Gather stories"), in_june(21), grabbed=in_june(20))
    shown.read()
    row = shown.row("Gather stories")
    assert (row.starts_on, row.due_on) == (in_june(19), in_june(29))


def test_chosen_cards_move_together_in_one_step_of_undo(shown: Shown):
    titles = ("Call the sponsor", "Open question", "Print the booth")
    before = [shown.row(title).due_on for title in titles]
    shown.cards.choose([shown.id(title) for title in titles])
    assert shown.page.writes.put(shown.id("Open question"), in_june(19)) == 3
    # Shown at once, before it is saved.
    after = [shown.row(title).due_on for title in titles]
    assert after == [in_june(18), in_june(19), in_june(19)]
    shown.read()
    assert [shown.row(title).due_on for title in titles] == after
    shown.desk.undo()
    shown.read()
    assert [shown.row(title).due_on for title in titles] == before


def test_one_time_of_a_series_moves_alone(shown: Shown):
    others = [shown.row("Route questions", number).due_on for number in (0, 2)]
    shown.page.writes.put(shown.id("Route questions", 1), in_june(20))
    shown.read()
    assert shown.row("Route questions", 1).due_on == in_june(20)
    assert [shown.row("Route questions", number).due_on for number in (0, 2)] == others


def test_ends_are_stretched_and_meet_in_a_day(shown: Shown):
    writes = shown.page.writes
    card = shown.id("Open question")
    writes.stretch(card, first=in_june(18), last=in_june(25))
    shown.read()
    assert (shown.row("Open question").starts_on, shown.row("Open question").due_on) == (in_june(18), in_june(25))
    writes.stretch(card, first=in_june(25), last=in_june(25))
    shown.read()
    assert (shown.row("Open question").starts_on, shown.row("Open question").due_on) == (None, in_june(25))
    assert writes.stretch(card, first=in_june(26), last=in_june(25)) == 0


def test_an_earlier_day_keeps_the_start_while_it_can(shown: Shown):
    card = [shown.id("Gather stories")]
    shown.page.writes.set_all(card, due_on=in_june(21))
    assert (shown.row("Gather stories").starts_on, shown.row("Gather stories").due_on) == (in_june(18), in_june(21))
    shown.page.writes.set_all(card, due_on=in_june(14))
    assert (shown.row("Gather stories").starts_on, shown.row("Gather stories").due_on) == (in_june(11), in_june(14))
    shown.page.writes.set_all(card, due_on=None)
    shown.read()
    assert (shown.row("Gather stories").starts_on, shown.row("Gather stories").due_on) == (None, None)


def test_what_is_the_same_already_is_not_written(shown: Shown):
    cards = [shown.id("Call the sponsor"), shown.id("Open question")]
    assert shown.page.writes.set_all(cards, pillar=Pillar.UI) == 1
    assert shown.page.writes.set_all(cards, pillar=Pillar.UI) == 0
    shown.read()
    assert not shown.page.writes.put(shown.id("Open question"), in_june(18))


def test_a_card_that_is_gone_is_left_alone(shown: Shown):
    gone = shown.id("Open question")
    shown.cards.choose([gone])
    shown.acts.archive()
    shown.read()
    assert shown.page.writes.put(gone, in_june(20)) == 0
    assert shown.page.writes.stretch(gone, first=in_june(1), last=in_june(2)) == 0
    assert shown.page.writes.set_all([gone], owner="Amina Example") == 0


def test_a_day_too_far_to_be_counted_is_written_as_it_is(qtbot, context: Context):
    far = Shown(qtbot, context, Bare, [CardDraft("Far", due_day=3600)])
    far.page.writes.put(far.id("Far"), date(2040, 1, 2))
    far.read()
    assert (far.row("Far").due_on, far.row("Far").due_day) == (date(2040, 1, 2), None)
