"""Network rows: how many people make a network, and the names that its picture needs."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.queries.scope import Scope, scope_parameter, sql, within

_TURNED = """
SELECT count(DISTINCT person_id) FROM personday
WHERE day >= :first AND day < :until AND replies + reactions + mentions > 0 AND
"""


class Named(NamedTuple):
    """Somebody's name, and what it is sorted by."""

    person_id: PersonId
    name: str
    key: str


def count_turning(reader: Reader, scope: Scope, *, first: int, until: int) -> int:
    """How many people turned to somebody in the days [first, until): a network has hardly fewer."""
    params = {"first": first, "until": until, "scope": scope_parameter(scope)}
    count: int = reader.scalar(sql(_TURNED, within("community_id", scope)), params)
    return count


def names_of(reader: Reader, people: Sequence[PersonId]) -> dict[PersonId, Named]:
    """The names of these people; whoever is gone is missing."""
    found, names, keys = map(json.loads, reader.rows(_NAMES, {"people": json.dumps(people)})[0])
    return {row.person_id: row for row in map(Named, found, names, keys)}


# One row: to fetch one for each of twelve thousand people takes longer than to find them.
_NAMES = """
SELECT json_group_array(p.id), json_group_array(p.name), json_group_array(p.name_key)
FROM json_each(:people) wanted CROSS JOIN person p ON p.id = wanted.value
"""
