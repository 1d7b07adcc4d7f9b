"""Values a script gives: read into drafts, or refused in words that name the place."""

from datetime import date
from typing import Any

import pytest

from workbench.cli.plan_values import (
    card_draft,
    card_values,
    checkpoint_values,
    entries,
    measure_choice,
    objective_draft,
    objective_values,
    plan_values,
    read_input,
)
from workbench.errors import BadInputError, SourceError
from workbench.models.kinds import CardColumn
from workbench.operations.plans import MeasureChoice
from workbench.plans.views import ObjectiveTags, Recurrence, RoleLine


def test_day_that_is_counted_wins_over_one_by_the_calendar():
    values = card_values({"title": "x", "due_day": 5, "due_on": "2024-06-10", "starts_on": "2024-06-04"}, "card")
    assert values == {"title": "x", "due_day": 5, "starts_on": date(2024, 6, 4)}
    assert card_values({"due_on": None, "due_day": None}, "card") == {"due_on": None}
    assert objective_values({"due_on": "2024-06-10", "due_day": None}, "goal") == {"due": date(2024, 6, 10)}


def test_what_only_an_exported_card_has_is_passed_over():
    values = card_values(
        {"id": "x", "position": "V", "done_on": "2024-06-10", "is_archived": True, "times": []}, "card"
    )
    assert values == {}


def test_columns_and_recurrences_become_values_of_the_program():
    values = card_values({"title": "x", "column": "doing", "recurrence": {"every_days": 7}}, "card")
    assert values["column"] is CardColumn.DOING
    assert values["recurrence"] == Recurrence(7, 90)
    assert card_draft(values).recurrence == Recurrence(7, 90)
    assert card_values({"recurrence": None}, "card") == {"recurrence": None}


def test_checklist_is_lines_or_objects():
    values = card_values({"checklist": ["One", {"id": "x", "text": "Two", "is_done": True, "position": "V"}]}, "card")
    assert values == {"checklist": ("One", "Two")}


def test_goal_keeps_its_id_as_the_key_cards_name_it_by():
    values = objective_values({"id": "g", "title": "x", "measure": "messages", "tags": {"risk": ["rain"]}}, "goal")
    draft = objective_draft(values)
    assert (draft.key, draft.tags) == ("g", ObjectiveTags(risk=("rain",)))


def test_roles_of_a_plan_are_lines():
    assert plan_values({"roles": [{"role": "Host"}], "id": "x"}) == {"roles": (RoleLine("Host", ""),)}


@pytest.mark.parametrize(
    ("read", "said", "words"),
    [
        (card_values, {"fame": 1}, "In the JSON, here: There is no field named fame."),
        (card_values, {"column": "later"}, "todo, doing and done"),
        (card_values, {"hours": "two"}, "takes a number"),
        (card_values, {"due_day": 2.5}, "takes a day"),
        (card_values, {"due_on": "soon"}, "In the JSON, here.due_on is not a day"),
        (card_values, {"recurrence": 7}, "here.recurrence is not an object"),
        (card_values, {"evidence": [{"kind": "rumour", "value": "x"}]}, "a thread, a file, a link or a number"),
        (card_values, {"checklist": [1]}, "here.checklist is not an object"),
        (objective_values, {"tags": {"risk": "rain"}}, "list of words"),
        (objective_values, {"readings": [{"value": 2}]}, "a day and a number"),
        (objective_values, {"readings": [{"on": "2024-06-10"}]}, "needs a number"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(read: Any, said: dict[str, Any], words: str):
    with pytest.raises(BadInputError) as caught:
        read(said, "here")
    assert words in caught.value.reason


def test_numbers_of_a_checkpoint_are_never_typed():
    assert checkpoint_values({"day": 30, "measures": [1], "decisions": "Go on"}) == {"decisions": "Go on"}


def test_one_object_stands_for_a_list_of_one():
    assert entries({"title": "x"}, "cards") == [{"title": "x"}]
    with pytest.raises(BadInputError, match=r"cards\[1\] is not an object"):
        entries([{}, 3], "cards")


def test_measure_comes_with_its_target():
    assert measure_choice("reply_rate=0.8") == MeasureChoice("reply_rate", 0.8)
    assert measure_choice("messages") == MeasureChoice("messages")


def test_input_that_is_not_there_is_said(tmp_path):
    with pytest.raises(SourceError):
        read_input(str(tmp_path / "none"))
    with pytest.raises(SourceError):
        read_input(str(tmp_path))
