"""Personas: each rule on its border, in the order in which they are tested."""

import pytest

from tests.metrics.frames import a_frame, acts, at, us
from workbench.metrics.personas import Persona, persona, personas
from workbench.metrics.window import month
from workbench.queries.ties import TieFrame, TieSum


@pytest.mark.parametrize(
    ("posts", "given", "received", "expected"),
    [
        (2, 2, 99, Persona.OBSERVER),
        (3, 3, 99, Persona.BROADCASTER),
        (8, 10, 0, Persona.RESPONDER),
        (9, 11, 0, Persona.BROADCASTER),
        (2, 3, 6, Persona.CATALYST),
        (0, 4, 2, Persona.RESPONDER),
        (0, 4, 3, Persona.ENGAGER),
        (0, 4, 7, Persona.ENGAGER),
    ],
)
def test_the_first_rule_that_fits_wins(posts, given, received, expected):
    assert persona(posts=posts, given=given, received=received) is expected


def test_members_who_did_nothing_are_observers_and_mentions_give_nothing():
    sums = (acts("2024-02-01", people=[1, 2], posts=[0, 1], replies=[4, 1]),)
    ties = (TieSum(us("2024-02-01"), ([2], [1]), ([2] * 5, [1] * 5), ([2, 2], [1, 1])),)
    value = personas(a_frame(acts=sums, ties=TieFrame(sums=ties)), month(2024, 2), as_of=at("2024-03-01"))
    assert (value.numerator, value.denominator) == (1, 3)
    assert dict(value.detail["personas"]) == {
        "observer": 2, "broadcaster": 0, "catalyst": 0, "responder": 0, "engager": 1,
    }  # fmt: skip
