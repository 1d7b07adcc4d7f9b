"""JSON reading: the parts of a file find each other again under new ids, in the order of the file."""

from itertools import count
from typing import Any

from workbench.plans.json_reading import PlanParts, read_parts
from workbench.plans.views import FieldEdit, RecordKind


def parts_of(**whole: Any) -> PlanParts:
    numbers = count()
    data = {
        "format": 1,
        "plan": {"name": "Wells", "purpose": "Pumps run", "owner": "Amina Example", "starts_on": "2024-06-03"},
        "objectives": [{"id": "o", "title": "Answers", "measure": "reply_rate"}],
    }
    return read_parts(data | whole, newest=1, new_id=lambda: f"new {next(numbers)}")


def said(edits: tuple[FieldEdit, ...], name: str) -> dict[str, object]:
    return {edit.record_id: edit.value for edit in edits if edit.field == name and edit.kind is RecordKind.CARD}


def test_a_card_names_its_objective_by_the_new_id() -> None:
    parts = parts_of(cards=[{"title": "one", "objective_id": "o"}])
    assert list(said(parts.edits, "objective_id").values()) == ["new 0"]


def test_cards_without_a_position_stand_in_the_order_of_the_file_behind_those_with_one() -> None:
    parts = parts_of(cards=[{"title": "a"}, {"title": "b", "position": "z"}, {"title": "c"}])
    first, second, third = (str(value) for value in said(parts.edits, "position").values())
    assert first < second < third


def test_a_line_of_one_time_is_the_line_of_its_card() -> None:
    line = {"id": "l", "text": "Look"}
    parts = parts_of(
        cards=[
            {
                "title": "weekly",
                "checklist": [line],
                "times": [
                    {"number": 2, "checklist": [line | {"is_done": True}]},
                    {"number": 3, "checklist": [{"id": "l", "is_removed": True}]},
                ],
            }
        ]
    )
    (kept,) = [edit.field for edit in parts.edits if edit.field.startswith("check.")]
    assert [(edit.field, edit.value is None) for edit in parts.of_times] == [(f"2~{kept}", False), (f"3~{kept}", True)]


def test_a_count_of_days_wins_over_the_day_it_fell_on() -> None:
    parts = parts_of(
        cards=[{"title": "one", "due_on": "2024-06-10", "due_day": 5}, {"title": "two", "due_on": "2024-06-10"}]
    )
    assert [str(value) for value in said(parts.edits, "due").values()] == ["5", "2024-06-10"]
