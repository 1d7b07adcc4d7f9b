"""Membership: who was in the communities of a scope at a moment (M of metrics.md)."""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.queries.scope import Scope, scope_parameter, sql, within

ALWAYS = -(1 << 62)
STILL = 1 << 62

Stay = tuple[PersonId, int, int]
"""Person, joined, left, in microseconds since 1970; `ALWAYS` and `STILL` where a platform does not say."""


class Membership:
    """Stays of people, each from joining to leaving; asked by moment, in microseconds since 1970.

    Windows are half-open, so the state *at* t1 is the one that everything before t1 has led to: who joins at t1 is
    not in yet, who leaves at t1 is still in.
    """

    __slots__ = ("_joined", "_left", "_stays")

    def __init__(self, stays: Iterable[Stay] = ()) -> None:
        self._stays: Mapping[PersonId, tuple[tuple[int, int], ...]] = _merged(stays)
        spans = [span for person in self._stays.values() for span in person]
        self._joined = sorted(joined for joined, _ in spans)
        self._left = sorted(left for _, left in spans)

    def count_at(self, moment: int) -> int:
        """How many people are in (N)."""
        return bisect_left(self._joined, moment) - bisect_left(self._left, moment)

    def at(self, moment: int) -> frozenset[PersonId]:
        """The people who are in (M)."""
        return frozenset(person for person in self._stays if self.holds(person, moment))

    def holds(self, person: PersonId, moment: int) -> bool:
        """Whether this person is in."""
        for joined, left in self._stays.get(person, ()):  # noqa: SIM110 - asked often, any() takes three times as long
            if joined < moment <= left:
                return True
        return False

    def among(self, people: Iterable[PersonId], moment: int) -> set[PersonId]:
        """Those of `people` who are in."""
        return {person for person in people if self.holds(person, moment)}


# A person's stays as one row where that says everything: nothing but open ends, or a single stay.
_STAYS = """
SELECT person_id, min(joined), max(left_at), count(left_at) = 0 OR count(*) = 1 FROM (
  SELECT m.person_id, m.left_at, CASE
    WHEN m.joined_at IS NOT NULL THEN m.joined_at
    WHEN m.is_listed THEN :always
    WHEN m.first_message_at < :since THEN m.first_message_at
    ELSE (SELECT min(d.day) * 86400000000 FROM personday d
      WHERE d.person_id = m.person_id AND d.community_id = m.community_id)
    END AS joined
  FROM member m WHERE m.person_id NOT IN (SELECT id FROM person WHERE is_bot) AND
"""


def load_membership(reader: Reader, scope: Scope, *, since: int) -> Membership:
    """Every stay in the communities of `scope` as it looks from `since` (microseconds) on; bots are left out.

    Someone only known from what they did (no member list, no date of joining) is in from the day they first did it;
    someone a list names without a date has always been in. Before `since` the stays of the former may begin too late.
    """
    params: dict[str, object] = {"scope": scope_parameter(scope), "always": ALWAYS, "since": since}
    among = within("m.community_id", scope)
    stays: list[Stay] = []
    several: list[PersonId] = []
    for person, joined, left, is_simple in reader.rows(sql(_STAYS, among, ") GROUP BY person_id"), params):
        if is_simple:
            stays.append(_stay(person, joined, left))
        else:
            several.append(person)
    if several:
        params["several"] = json.dumps(several)
        chosen = "AND m.person_id IN (SELECT value FROM json_each(:several))) GROUP BY person_id, joined, left_at"
        stays += (_stay(*row[:3]) for row in reader.rows(sql(_STAYS, among, chosen), params))
    return Membership(stays)


def _stay(person: PersonId, joined: int | None, left: int | None) -> Stay:
    # Someone neither listed nor ever active (all they wrote was removed) is nowhere: an empty stay.
    return person, STILL if joined is None else joined, STILL if left is None else left


def _merged(stays: Iterable[Stay]) -> dict[PersonId, tuple[tuple[int, int], ...]]:
    """Stays of one person in several communities as one list without overlaps, so that nobody counts twice."""
    merged: dict[PersonId, tuple[tuple[int, int], ...]] = {}
    several: dict[PersonId, list[tuple[int, int]]] = defaultdict(list)
    for person, joined, left in stays:
        if joined >= left:
            continue
        if person in merged:
            several[person].append((joined, left))
        else:
            merged[person] = ((joined, left),)
    for person, spans in several.items():
        merged[person] = _joined_spans([*merged[person], *spans])
    return merged


def _joined_spans(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    result: list[tuple[int, int]] = []
    for joined, left in sorted(spans):
        if result and joined <= result[-1][1]:
            result[-1] = (result[-1][0], max(left, result[-1][1]))
        else:
            result.append((joined, left))
    return tuple(result)
