"""People: who wrote, or did anything, on the days between two borders; over the whole network by weeks of bits."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from functools import reduce
from itertools import chain, pairwise
from operator import or_
from typing import NamedTuple

from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.queries.crowd import Crowd
from workbench.queries.scope import Scope, scope_parameter, sql, within
from workbench.queries.weeks import WEEK_DAYS, monday_of

_BYTES = 7  # of a row of `networkpeople`, which holds 56 people


class DayPeople(NamedTuple):
    """Who did something from `day` on, until the next row begins; somebody may stand there more than once."""

    day: int
    people: Collection[PersonId]


def people_by_day(reader: Reader, scope: Scope, borders: Sequence[int], *, wrote: bool) -> tuple[DayPeople, ...]:
    """Those who wrote (`wrote`) or did anything on the days from the first to before the last border, oldest first.

    A row never goes over a border. In some communities each day has one; over the whole network the whole weeks between
    two borders have one together.
    """
    if scope:
        return tuple(_days(reader, scope, borders[0], borders[-1], wrote=wrote))
    return tuple(
        row for first, until in pairwise(borders) for row in _network_between(reader, first, until, wrote=wrote)
    )


def _network_between(reader: Reader, first: int, until: int, *, wrote: bool) -> Iterator[DayPeople]:
    monday, end = monday_of(first + WEEK_DAYS - 1), monday_of(until)
    if monday >= end:
        yield from _days(reader, (), first, until, wrote=wrote)
        return
    yield from _days(reader, (), first, monday, wrote=wrote)
    yield DayPeople(monday, _weeks(reader, _WROTE if wrote else _ACTED, monday, end))
    yield from _days(reader, (), end, until, wrote=wrote)


def _days(reader: Reader, scope: Scope, first: int, until: int, *, wrote: bool) -> Iterator[DayPeople]:
    if first >= until:
        return
    # A row is an interaction: a day on which somebody did nothing of the kind has none.
    statement = sql(
        "SELECT d.day, json_group_array(d.person_id) FROM",
        days_of_people(scope),
        "AND d.day >= :first AND d.day < :until",
        "AND d.posts + d.replies > 0" if wrote else "",
        "GROUP BY d.day",
    )
    params = {"scope": scope_parameter(scope), "first": first, "until": until}
    for day, people in reader.rows(statement, params):
        yield DayPeople(day, json.loads(people))


def everyone(rows: Iterable[DayPeople]) -> Set[PersonId]:
    """All who stand in these rows, each once."""
    crowds = [row.people for row in rows if isinstance(row.people, Crowd)]
    others = [row.people for row in rows if not isinstance(row.people, Crowd)]
    if not crowds:
        return set().union(*others)
    return reduce(or_, crowds, Crowd.of(chain.from_iterable(others)))


def days_of_people(scope: Scope) -> str:
    """The table of people's days with a first condition: by key for communities, by the index of days for all."""
    if scope:
        return sql("personday d WHERE", within("d.community_id", scope))
    return "personday d INDEXED BY person_day_day WHERE TRUE"


def often_active(reader: Reader, first: int, until: int) -> Crowd:
    """Who did four things or more, anywhere, in one of the weeks that the days from `first` to before `until` touch."""
    return _weeks(reader, _OFTEN, monday_of(first), until)


_WROTE = "SELECT json_group_array(block), json_group_array(wrote) FROM networkpeople WHERE week >= ? AND week < ?"
_ACTED = "SELECT json_group_array(block), json_group_array(acted) FROM networkpeople WHERE week >= ? AND week < ?"
_OFTEN = """
SELECT json_group_array(block), json_group_array(often) FROM networkpeople WHERE week >= ? AND week < ? AND often <> 0
"""


def _weeks(reader: Reader, statement: str, first: int, until: int) -> Crowd:
    """Everybody of the weeks from Monday `first` to before Monday `until`."""
    blocks, bits = map(json.loads, reader.rows(statement, (first, until))[0])
    together: dict[int, int] = {}
    for block, some in zip(blocks, bits, strict=True):
        together[block] = together.get(block, 0) | some
    buffer = bytearray((max(together, default=-1) + 1) * _BYTES)
    for block, some in together.items():
        buffer[block * _BYTES : (block + 1) * _BYTES] = some.to_bytes(_BYTES, "little")
    return Crowd(int.from_bytes(buffer, "little"))
