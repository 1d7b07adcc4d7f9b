"""What a measure tells beside its number, in words."""

import pytest

from workbench.metrics.parts import Part, parts_of
from workbench.metrics.value import Unit, Value


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        (
            {"p90_hours": 9.2, "share_without_reply": 0.25},
            [("Nine in ten within", 9.2, Unit.HOURS), ("Without a reply", 0.25, Unit.SHARE)],
        ),
        ({"p90_hours": None, "thread_ids": (1, 2), "doubts": ("so",)}, []),
        (
            {"personas": (("observer", 7), ("engager", 2))},
            [("Observers", 7, Unit.PEOPLE), ("Engagers", 2, Unit.PEOPLE)],
        ),
        (
            {"levels": (9, 6, 4, 2, 1)},
            [
                (name, count, Unit.PEOPLE)
                for name, count in zip(("Joined", "Reacted", "Replied", "Started", "Led"), (9, 6, 4, 2, 1), strict=True)
            ],
        ),
        ({"greeted": (3, 4), "not_greeted": (0, 0)}, [("Of those greeted, wrote", 0.75, Unit.SHARE)]),
        (
            {"shares": (("Lima office", 0.75), ("Nairobi office", 0.25)), "new": ("Nairobi office",)},
            [("Lima office", 0.75, Unit.SHARE), ("Nairobi office (new)", 0.25, Unit.SHARE)],
        ),
        ({"pillars": (("library", 2), (None, 1))}, [("Library", 2, None), ("No pillar", 1, None)]),
        (
            {"hops": {1: 4, 2: 3}, "without_way": 2},
            [
                ("Asker knew the answerer", 4, Unit.THREADS),
                ("2 ties away", 3, Unit.THREADS),
                ("No way between them", 2, Unit.THREADS),
            ],
        ),
    ],
)
def test_details_become_lines(detail, told):
    assert parts_of(Value(1.0, Unit.SHARE, detail=detail)) == tuple(Part(*each) for each in told)
