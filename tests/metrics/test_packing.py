"""Packing: every kind of detail comes back as it was, and what would not is refused."""

from datetime import date
from enum import IntEnum
from typing import NamedTuple

import pytest

from workbench.metrics.packing import pack, unpack
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import month

MAY = month(2024, 5)


class Pair(NamedTuple):
    one: int
    other: int


class Kind(IntEnum):
    ONE = 1


@pytest.mark.parametrize(
    "detail",
    [
        {},
        {"thread_ids": (), "rates": (None, 0.1, 1 / 3, 1e300), "may_not_be_first": True},
        {"weeks": ((date(2024, 2, 29), 3, 0.30000000000000004, 5.0),), "words": "“é” \ud7ff"},
        {"hops": {1: 3, 2: 0}, "by_day": {date(2024, 1, 1): {"a": ()}}, "none": {}},
    ],
)
def test_a_value_comes_back_to_the_last_bit(detail):
    values = [
        Value(0.1 + 0.2, Unit.SHARE, 3, 10.0, 0.5, detail, MAY),
        Value(None, Unit.HOURS, None, 0, None, detail, MAY.previous),
    ]
    back = unpack(pack(values), [MAY, MAY.previous])
    assert [repr(value) for value in back] == [repr(value) for value in values]
    assert [type(value.denominator) for value in back] == [float, int]


@pytest.mark.parametrize("part", [[1], {1}, Pair(1, 2), Kind.ONE, b"one", (1, object())])
def test_what_would_come_back_as_something_else_is_refused(part):
    with pytest.raises(TypeError):
        pack([Value(1, Unit.PEOPLE, detail={"part": part})])


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "[[]]", '[["share",1,1,1,1,{"a":{"b":1}}]]', '[["miles",1,1,1,1,{}]]']
)
def test_text_that_was_not_written_here_is_refused(text):
    with pytest.raises((ValueError, TypeError, KeyError)):
        unpack(text, [MAY])


def test_one_value_too_few_is_refused():
    with pytest.raises(ValueError, match="zip"):
        unpack(pack([Value(1, Unit.PEOPLE)]), [MAY, MAY.previous])
