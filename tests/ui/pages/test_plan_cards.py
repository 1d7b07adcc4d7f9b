"""Cards shared by the views of a plan: filters of every kind, and marks that never stand on a card one does not see."""

from datetime import timedelta

from tests.ui.plan_samples import TODAY, a_row
from workbench.ids import CardId, ObjectiveId
from workbench.models.kinds import CardColumn, CardKind, Pillar
from workbench.ui.pages.plan_cards import CardFilter, PlanCards
from workbench.ui.qt_models.card_item import card_item

ROWS = (
    a_row("a", owner="Amina Example", pillar=Pillar.UI, due_on=TODAY - timedelta(days=1)),
    a_row("b", CardColumn.DONE, owner="Luis Ejemplo", due_on=TODAY - timedelta(days=1), objective_id=ObjectiveId("o")),
    a_row("c", kind=CardKind.COMMITMENT, title="Send the maps"),
)


def cards(qapp: object) -> PlanCards:
    made = PlanCards()
    made.show([card_item(row, today=TODAY) for row in ROWS], {row.id: row for row in ROWS}, today=TODAY)
    return made


def test_each_filter_keeps_what_it_names(qapp):
    made = cards(qapp)
    for wanted, shown in (
        (CardFilter(text="maps SEND"), "c"),
        (CardFilter(owners=frozenset({"Amina Example", ""})), "ac"),
        (CardFilter(pillars=frozenset({None})), "bc"),
        (CardFilter(objectives=frozenset({ObjectiveId("o")})), "b"),
        (CardFilter(kinds=frozenset({CardKind.COMMITMENT})), "c"),
        (CardFilter(is_late=True), "a"),
        (CardFilter(is_open=True), "ac"),
        (CardFilter(text="maps", is_late=True), ""),
    ):
        made.set_filter(wanted)
        assert "".join(made.shown) == shown, wanted
        assert made.filter.is_on


def test_what_a_filter_hides_is_no_longer_chosen(qapp, qtbot):
    made = cards(qapp)
    made.choose([CardId("a"), CardId("c")], current=CardId("a"))
    with qtbot.waitSignal(made.chosen_changed):
        made.set_filter(CardFilter(text="maps"))
    assert (made.chosen, made.current) == (("c",), "c")
    made.set_filter(CardFilter())
    assert made.chosen == ("c",)


def test_marks_are_toggled_and_survive_a_reading(qapp):
    made = cards(qapp)
    made.choose([CardId("a")])
    made.toggle(CardId("b"))
    assert (made.chosen, made.current) == (("a", "b"), "b")
    made.toggle(CardId("b"))
    assert (made.chosen, made.current) == (("a",), "a")
    gone = ROWS[1:]
    made.show([card_item(row, today=TODAY) for row in gone], {row.id: row for row in gone}, today=TODAY)
    assert (made.chosen, made.current) == ((), None)


def test_changes_show_at_once(qapp, qtbot):
    made = cards(qapp)
    with qtbot.waitSignal(made.changed):
        made.alter({CardId("a"): {"owner": "Luis Ejemplo", "due_day": 3}, CardId("gone"): {"owner": "x"}})
    assert (made.rows[CardId("a")].owner, made.items[CardId("a")].owner) == ("Luis Ejemplo", "Luis Ejemplo")
    assert made.rows[CardId("a")].due_on == TODAY + timedelta(days=3)
    made.alter({CardId("a"): {"column": "done"}})
    assert made.shown == ("c", "b", "a")
    assert made.rows[CardId("a")].done_on == TODAY


def test_moved_cards_stand_where_they_were_put(qapp):
    made = cards(qapp)
    made.move([CardId("b"), CardId("gone")], to=CardColumn.TODO, index=1, changes={CardId("b"): {"owner": ""}})
    assert made.shown == ("a", "b", "c")
    assert (made.rows[CardId("b")].owner, made.rows[CardId("b")].done_on) == ("", None)
    made.move([CardId("a"), CardId("c")], to=CardColumn.DOING, index=9, changes={})
    assert made.shown == ("b", "a", "c")
    assert made.items[CardId("c")].column is CardColumn.DOING


def test_removed_cards_are_neither_shown_nor_chosen(qapp):
    made = cards(qapp)
    made.choose([CardId("a"), CardId("c")])
    made.remove([CardId("c"), CardId("gone")])
    assert (made.shown, made.chosen, made.current) == (("a", "b"), ("a",), "a")


def test_a_new_reading_wins_over_what_was_shown_at_once(qapp):
    made = cards(qapp)
    made.remove([CardId("a")])
    made.show([card_item(row, today=TODAY) for row in ROWS], {row.id: row for row in ROWS}, today=TODAY)
    assert made.shown == ("a", "b", "c")
    assert made.days.starts_on == TODAY
