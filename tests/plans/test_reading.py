"""Reading: what registers say as views."""

import pytest

from tests.plans.samples import START
from workbench.models.kinds import CardColumn
from workbench.plans.reading import conflicts_of, read_card, read_objective, value_of
from workbench.plans.register import Entry, Registers
from workbench.plans.views import RecordKind


def an_entry(value: object, *, at: int = 1, op: str = "op") -> Entry:
    return Entry(op, value, at, "Amina", ())


def test_a_card_with_one_field_gets_defaults_for_the_rest() -> None:
    card = read_card("a", {"notes": (an_entry("hers"),)}, starts_on=START)
    assert (card.title, card.column, card.position, card.notes) == ("", CardColumn.TODO, "", "hers")


def test_the_done_stamp_shows_only_in_done() -> None:
    registers: Registers = {"column": (an_entry("doing"),), "done_on": (an_entry("2024-06-04"),)}
    assert read_card("a", registers, starts_on=START).done_on is None
    registers["column"] = (an_entry("done"),)
    assert read_card("a", registers, starts_on=START).done_on is not None


def test_concurrent_positions_settle_by_themselves() -> None:
    registers: Registers = {"position": (an_entry("k", at=2), an_entry("V", op="other"))}
    assert conflicts_of(RecordKind.CARD, "a", registers) == ()
    assert value_of(RecordKind.CARD, registers, "position") == "k"


def test_equal_values_are_one_candidate() -> None:
    registers: Registers = {
        "owner": (an_entry("x", at=3, op="1"), an_entry("y", at=2, op="2"), an_entry("x", at=1, op="3"))
    }
    (conflict,) = conflicts_of(RecordKind.CARD, "a", registers)
    assert [each.value for each in conflict.candidates] == ["x", "y"]


def test_fields_of_a_newer_version_are_let_through_unseen() -> None:
    registers: Registers = {"colour": (an_entry("red"), an_entry("blue", op="2"))}
    assert conflicts_of(RecordKind.CARD, "a", registers) == ()
    assert value_of(RecordKind.CARD, registers, "colour") is None
    assert read_objective("o", registers).title == ""


def test_values_no_version_wrote_are_errors() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        read_card("a", {"column": (an_entry("nowhere"),)}, starts_on=START)
