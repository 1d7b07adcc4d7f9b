"""Occurrences: the times of a card that comes back, and that none of them is lost."""

from datetime import date, timedelta

from tests.plans.samples import AT, START, a_document, an_edit
from workbench.models.kinds import CardColumn
from workbench.plans.board import Board, place_card
from workbench.plans.document import PlanDocument
from workbench.plans.occurrences import split_field, split_id, time_id
from workbench.plans.views import CardView, CheckItem, FieldEdit, RecordKind, Recurrence

WEEKLY = Recurrence(7, 30)


def a_series(*edits: FieldEdit, every: Recurrence | None = WEEKLY, due: object = 2) -> PlanDocument:
    document = a_document("weekly", "other")
    write(document, an_edit("card-0", "due", due), an_edit("card-0", "recurrence", every), *edits)
    return document


def write(document: PlanDocument, *edits: FieldEdit, minutes: int = 0, author: str = "Amina") -> bool:
    return document.write(edits, at=AT + timedelta(minutes=minutes), author=author)


def times(document: PlanDocument) -> list[CardView]:
    found = [card for card in document.view().cards if split_id(card.id)[0] == "card-0"]
    return sorted(found, key=lambda card: card.occurrence)


def test_ids_and_fields_name_the_time_they_belong_to() -> None:
    assert split_id("card-0") == ("card-0", 0)
    assert split_id(time_id("card-0", 12)) == ("card-0", 12)
    assert time_id("card-0", 0) == "card-0"
    assert split_id("#3") == ("#3", 0)
    assert split_field("3~title") == (3, "title")
    for name in ("title", "~title", "x~title", "1000~title", "03~title"):
        assert split_field(name) == (None, name)


def test_one_record_shows_a_card_for_each_week_until_its_last_day() -> None:
    shown = times(a_series())
    assert [(card.id, card.due_day) for card in shown] == [
        ("card-0", 2), ("card-0#1", 9), ("card-0#2", 16), ("card-0#3", 23), ("card-0#4", 30),
    ]  # fmt: skip
    assert {card.series_id for card in shown} == {"card-0"}
    assert all(card.due_on is not None and card.due_on.weekday() < 5 for card in shown)
    assert len({card.position for card in shown}) == 5


def test_a_series_of_fixed_days_stays_on_them_and_a_window_moves_along() -> None:
    document = a_series(an_edit("card-0", "starts", date(2024, 6, 7)), due=date(2024, 6, 8))
    assert [(card.starts_on, card.due_on) for card in times(document)][:2] == [
        (date(2024, 6, 7), date(2024, 6, 8)),
        (date(2024, 6, 14), date(2024, 6, 15)),
    ]


def test_a_series_without_a_day_is_its_first_time_only() -> None:
    assert [card.occurrence for card in times(a_series(due=None))] == [0]
    assert [card.occurrence for card in times(a_series(due=60))] == [0]


def test_what_one_time_has_of_its_own_is_no_other_times() -> None:
    document = a_series(an_edit("card-0", "2~title", "special"), an_edit("card-0", "0~owner", "Bilal Example"))
    shown = times(document)
    assert [card.title for card in shown] == ["weekly", "weekly", "special", "weekly", "weekly"]
    assert [card.owner for card in shown] == ["Bilal Example", "", "", "", ""]
    assert [card.own for card in shown][:3] == [{"owner"}, frozenset(), {"title"}]
    write(document, an_edit("card-0", "title", "renamed"))
    assert [card.title for card in times(document)] == ["renamed", "renamed", "special", "renamed", "renamed"]
    assert document.view().series[0].title == "renamed"


def test_a_value_of_ones_own_that_the_series_has_already_is_no_edit() -> None:
    document = a_series()
    assert not write(document, an_edit("card-0", "2~title", "weekly"), an_edit("card-0", "2~due", 16))
    assert write(document, an_edit("card-0", "2~due", 2))
    assert write(document, an_edit("card-0", "3~due", None))
    assert [card.due_day for card in times(document)] == [2, 9, 2, None, 30]


def test_what_is_done_once_is_not_done_each_time() -> None:
    document = a_series(
        an_edit("card-0", "0~column", CardColumn.DONE), an_edit("card-0", "check.a", CheckItem("", "Look"))
    )
    write(document, an_edit("card-0", "1~check.a", CheckItem("", "Look", is_done=True)))
    assert [card.column for card in times(document)][:2] == [CardColumn.DONE, CardColumn.TODO]
    assert [card.checklist[0].is_done for card in times(document)] == [False, True, False, False, False]


def test_a_card_done_before_it_came_back_stays_the_only_one_done() -> None:
    document = a_document("weekly")
    check = CheckItem("", "Look", is_done=True)
    write(
        document,
        an_edit("card-0", "column", "done"),
        an_edit("card-0", "done_on", START),
        an_edit("card-0", "check.a", check),
    )
    write(document, an_edit("card-0", "due", 1), an_edit("card-0", "recurrence", Recurrence(7, 20)))
    assert [(card.column, card.done_on, card.checklist[0].is_done) for card in times(document)] == [
        (CardColumn.DONE, START, True),
        (CardColumn.TODO, None, False),
        (CardColumn.TODO, None, False),
    ]


def test_a_time_somebody_changed_stays_when_the_series_ends_sooner_or_altogether() -> None:
    document = a_series(an_edit("card-0", "4~notes", "typed"))
    write(document, an_edit("card-0", "recurrence", Recurrence(7, 10)))
    assert [card.occurrence for card in times(document)] == [0, 1, 4]
    write(document, an_edit("card-0", "recurrence", None))
    assert [(card.occurrence, card.notes) for card in times(document)] == [(0, ""), (4, "typed")]
    document.undo()
    document.undo()
    assert [card.occurrence for card in times(document)] == [0, 1, 2, 3, 4]


def test_two_laptops_change_one_time_apart_and_nothing_is_doubled_or_lost() -> None:
    mine = a_series()
    hers = PlanDocument.from_bytes(mine.to_bytes())
    write(mine, an_edit("card-0", "1~owner", "Amina Example"), an_edit("card-0", "2~notes", "mine"), minutes=1)
    write(hers, an_edit("card-0", "1~owner", "Bilal Example"), an_edit("card-0", "3~notes", "hers"), minutes=2)
    mine.merge(hers.to_bytes())
    hers.merge(mine.to_bytes())
    assert mine.view() == hers.view()
    assert [card.notes for card in times(mine)] == ["", "", "mine", "hers", ""]
    (conflict,) = mine.view().conflicts
    assert (conflict.record_id, conflict.field, conflict.occurrence) == ("card-0#1", "owner", 1)
    assert [card.has_conflict for card in times(mine)] == [False, True, False, False, False]


def test_a_time_is_moved_on_the_board_without_the_others() -> None:
    document = a_series()
    board = Board(document.view().cards)
    moved = place_card(board, time_id("card-0", 2), to=CardColumn.DOING, index=0, today=START)
    assert {edit.record_id for edit in moved} == {"card-0#2"}


def test_days_of_a_series_move_with_day_0_and_undo_takes_it_back() -> None:
    document = a_series()
    before = document.view()
    write(document, FieldEdit(RecordKind.PLAN, "", "starts_on", START + timedelta(days=7)))
    assert times(document)[1].due_on == date(2024, 6, 19)
    document.undo()
    assert document.view() == before


def test_a_series_does_not_run_away() -> None:
    assert len(times(a_series(every=Recurrence(1, 3650), due=0))) == 400


def test_what_is_written_by_the_id_of_a_time_never_makes_a_record_of_its_own() -> None:
    document = a_series()
    write(document, an_edit("card-0#2", "title", "special"))
    assert document.registers(RecordKind.CARD, "card-0#2") == {}
    assert [card.title for card in times(document)] == ["weekly", "weekly", "special", "weekly", "weekly"]
    assert len({card.id for card in document.view().cards}) == len(document.view().cards)
