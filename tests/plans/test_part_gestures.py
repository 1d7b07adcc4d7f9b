"""PartGestures: checklists and evidence, of plain cards and of single times of a series."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_database
from tests.plans.samples import a_plan, a_store, rows_in, rows_told_by_document
from workbench.errors import BadInputError
from workbench.ids import CardId
from workbench.models.database import Database
from workbench.models.kinds import EvidenceKind
from workbench.plans.drafts import CardDraft
from workbench.plans.editor import PlanEditor
from workbench.plans.views import CardView, Evidence, Recurrence


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


@pytest.fixture
def editor(database: Database) -> PlanEditor:
    store = a_store(database)
    weekly = CardDraft("weekly", due_day=2, recurrence=Recurrence(7, 20), checklist=("Look", "Write"))
    return store.open(a_plan(store, cards=[CardDraft("one", checklist=("Ask",)), weekly]))


def card(editor: PlanEditor, number: int = 0, title: str = "one") -> CardView:
    return next(card for card in editor.view().cards if card.title == title and card.occurrence == number)


def lines(found: CardView) -> list[tuple[str, bool]]:
    return [(item.text, item.is_done) for item in found.checklist]


def test_lines_are_added_ticked_worded_anew_moved_and_taken_away(database: Database, editor: PlanEditor) -> None:
    card_id = card(editor).id
    editor.add_check(card_id, "Call")
    ask, call = card(editor).checklist
    editor.set_check(card_id, ask.id, is_done=True)
    editor.set_check(card_id, call.id, text="Call twice")
    editor.move_check(card_id, call.id, index=0)
    assert lines(card(editor)) == [("Call twice", False), ("Ask", True)]
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    editor.remove_check(card_id, call.id)
    assert lines(card(editor)) == [("Ask", True)]
    for _ in range(5):
        editor.undo()
    assert lines(card(editor)) == [("Ask", False)]


def test_each_time_of_a_series_ticks_off_its_own_list(editor: PlanEditor) -> None:
    for number in (0, 2):
        first = card(editor, number, "weekly").checklist[0]
        editor.set_check(card(editor, number, "weekly").id, first.id, is_done=True)
    assert [[item.is_done for item in card(editor, number, "weekly").checklist] for number in range(3)] == [
        [True, False],
        [False, False],
        [True, False],
    ]


def test_a_line_is_added_for_one_time_or_for_all(editor: PlanEditor) -> None:
    editor.add_check(card(editor, 2, "weekly").id, "Always", all_times=True)
    editor.add_check(card(editor, 1, "weekly").id, "Once")
    assert [[item.text for item in card(editor, number, "weekly").checklist] for number in range(3)] == [
        ["Look", "Write", "Always"],
        ["Look", "Write", "Always", "Once"],
        ["Look", "Write", "Always"],
    ]
    look = card(editor, 1, "weekly").checklist[0]
    editor.set_check(card(editor, 1, "weekly").id, look.id, is_done=True)
    editor.remove_check(card(editor, 0, "weekly").id, look.id, all_times=True)
    assert all("Look" not in [item.text for item in card(editor, number, "weekly").checklist] for number in range(3))


def test_two_people_add_lines_to_one_card_and_both_are_there(database: Database, editor: PlanEditor) -> None:
    other = a_store(database, author="Bilal Example").open(editor.plan_id)
    editor.add_check(card(editor).id, "mine")
    other.add_check(card(other).id, "hers")
    editor.merge(other.to_bytes())
    assert {text for text, _ in lines(card(editor))} == {"Ask", "mine", "hers"}
    assert editor.view().conflicts == ()


def test_evidence_is_added_and_taken_away_and_belongs_to_one_time(database: Database, editor: PlanEditor) -> None:
    card_id = card(editor, 1, "weekly").id
    editor.add_evidence(
        card_id, kind=EvidenceKind.THREAD, title="The question", value="thread:hyperkitty/42", evidence_id="e"
    )
    assert card(editor, 1, "weekly").evidence == (
        Evidence("e", EvidenceKind.THREAD, "The question", "thread:hyperkitty/42"),
    )
    assert card(editor, 0, "weekly").evidence == card(editor, 2, "weekly").evidence == ()
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    editor.remove_evidence(card_id, "e")
    assert card(editor, 1, "weekly").evidence == ()
    editor.undo()
    assert card(editor, 1, "weekly").evidence


def test_parts_that_cannot_be_are_refused_and_cost_no_history(editor: PlanEditor) -> None:
    card_id = card(editor).id
    for gesture in (
        lambda: editor.add_check(card_id, "  "),
        lambda: editor.set_check(card_id, "no", is_done=True),
        lambda: editor.remove_check(card_id, "no"),
        lambda: editor.add_check(CardId("no"), "x"),
        lambda: editor.add_evidence(card_id, kind=EvidenceKind.LINK, title="x", value=" "),
        lambda: editor.remove_evidence(card_id, "no"),
    ):
        with pytest.raises(BadInputError):
            gesture()
    assert not editor.can_undo


def test_several_lines_are_added_in_one_gesture(editor: PlanEditor) -> None:
    card_id = card(editor).id
    editor.add_checks(card_id, ["Call", "Write"])
    assert lines(card(editor)) == [("Ask", False), ("Call", False), ("Write", False)]
    editor.undo()
    assert lines(card(editor)) == [("Ask", False)]


def test_lines_added_for_all_times_stand_in_each(editor: PlanEditor) -> None:
    editor.add_checks(card(editor, 1, "weekly").id, ["Post", "Thank"], all_times=True)
    expected = [("Look", False), ("Write", False), ("Post", False), ("Thank", False)]
    assert [lines(card(editor, number, "weekly")) for number in (0, 1, 2)] == [expected] * 3


def test_a_line_worded_anew_for_all_times_keeps_what_each_has_ticked_off(editor: PlanEditor) -> None:
    look = card(editor, 1, "weekly").checklist[0]
    editor.set_check(card(editor, 1, "weekly").id, look.id, is_done=True)
    editor.set_check(card(editor, 2, "weekly").id, look.id, text="Look twice", all_times=True)
    assert [lines(card(editor, number, "weekly"))[0] for number in (0, 1, 2)] == [
        ("Look twice", False),
        ("Look twice", True),
        ("Look twice", False),
    ]


def test_on_a_plain_card_all_times_is_the_card_itself(editor: PlanEditor) -> None:
    ask = card(editor).checklist[0]
    editor.set_check(card(editor).id, ask.id, text="Ask again", all_times=True)
    assert lines(card(editor)) == [("Ask again", False)]
