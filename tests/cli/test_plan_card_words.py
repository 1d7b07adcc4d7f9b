"""The words of cards and objectives: only what was named is given, and what is none is refused."""

from datetime import date

import pytest

from tests.cli.runs import USAGE, Desk
from workbench.cli.parser import build_parser
from workbench.cli.plan_values import card_options, objective_options
from workbench.models.kinds import CardKind, Pillar
from workbench.plans.views import ObjectiveTags, Recurrence


def test_only_named_fields_are_given():
    options = build_parser().parse_args(["plan", "card", "set", "P", "C", "--due", "none", "--owner", ""])
    assert card_options(options) == {"due_on": None, "owner": ""}


def test_fields_of_a_card_are_read():
    words = [
        "--due",
        "day12",
        "--starts",
        "2026-03-02",
        "--pillar",
        "library",
        "--kind",
        "commitment",
        "--hours",
        "1.5",
    ]
    options = build_parser().parse_args(["plan", "card", "add", "P", "C", *words, "--every", "7"])
    assert card_options(options) == {
        "title": "C", "due_day": 12, "starts_on": date(2026, 3, 2), "pillar": Pillar.LIBRARY,
        "kind": CardKind.COMMITMENT, "hours": 1.5, "recurrence": Recurrence(7, 90),
    }  # fmt: skip


def test_fields_of_an_objective_are_read():
    words = ["--measure", "reply_rate=0.8", "--unit", "%", "--due", "day60", "--risk", "rain", "--target", "0.9"]
    options = build_parser().parse_args(["plan", "objective", "set", "P", "O", *words])
    assert objective_options(options) == {
        "measure": "reply_rate", "target": 0.8, "hand_unit": "%", "due_day": 60, "tags": ObjectiveTags(risk=("rain",)),
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ["add", "P", "C", "--column", "later"],
        ["add", "P", "C", "--pillar", "fame"],
        ["add", "P", "C", "--due", "soon"],
        ["add", "P", "C", "--hours", "two"],
        ["set", "P", "C", "--every", "-1"],
        ["move", "P", "C", "todo", "--place", "x"],
    ],
)
def test_wrong_values_are_answered_with_usage(bare_desk: Desk, words: list[str]):
    ran = bare_desk.run("plan", "card", *words, where=[])
    assert (ran.code, ran.out) == (USAGE, "")
    assert ran.err.startswith("usage: workbench plan card")
