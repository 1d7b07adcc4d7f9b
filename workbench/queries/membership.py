"""Membership: who was in the communities of a scope at a moment."""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.queries.crowd import Crowd
from workbench.queries.scope import Scope, scope_parameter, sql, within

ALWAYS = -(1 << 62)
STILL = 1 << 62

Stay = tuple[PersonId, int, int]
"""Person, joined, left, in microseconds since 1970; `ALWAYS` and `STILL` where a platform does not say."""


class Membership:
    """Stays of people, each from joining to leaving; asked by moment, in microseconds since 1970.

    Windows are half-open, so the state *at* t1 is the one that everything before t1 has led to: who joins at t1 is
    not in yet, who leaves at t1 is still in. `throughout` are people who are in at every moment that will be asked for,
    so that nothing else has to be known of them.
    """

    __slots__ = ("_crowd", "_joined", "_left", "_stays", "_throughout")

    def __init__(self, stays: Iterable[Stay] = (), *, throughout: Iterable[PersonId] = ()) -> None:
        self._throughout = frozenset(throughout)
        self._crowd: Crowd | None = None  # the same, made when a crowd asks
        self._stays: Mapping[PersonId, tuple[tuple[int, int], ...]] = _merged(
            stay for stay in stays if stay[0] not in self._throughout
        )
        spans = [span for person in self._stays.values() for span in person]
        self._joined = sorted(joined for joined, _ in spans)
        self._left = sorted(left for _, left in spans)

    def count_at(self, moment: int) -> int:
        """How many people are in (N)."""
        return len(self._throughout) + bisect_left(self._joined, moment) - bisect_left(self._left, moment)

    def holds(self, person: PersonId, moment: int) -> bool:
        """Whether this person is in."""
        if person in self._throughout:
            return True
        for joined, left in self._stays.get(person, ()):  # noqa: SIM110 - asked often, any() takes three times as long
            if joined < moment <= left:
                return True
        return False

    def among(self, people: Set[PersonId], moment: int) -> Set[PersonId]:
        """Those of `people` who are in: `people` itself where all of them are."""
        if isinstance(people, Crowd):
            self._crowd = self._crowd or Crowd.of(self._throughout)
            doubtful: Set[PersonId] = people - self._crowd
        else:
            doubtful = people - self._throughout
        stays = self._stays
        inside = {person for person in doubtful for joined, left in stays.get(person, ()) if joined < moment <= left}
        return people if len(inside) == len(doubtful) else people - (doubtful - inside)


# One row: to fetch one for each of twelve thousand people takes longer than to find them.
_COLLECTED = """
SELECT json_group_array(person_id) FILTER (WHERE joined <= :since AND left >= :until),
  json_group_array(json_array(person_id, joined, left)) FILTER (WHERE joined > :since OR left < :until)
FROM (
"""
_NETWORK_STAYS = "SELECT person_id, joined_us AS joined, left_us AS left FROM networkstay"
_STAYS = """
SELECT m.person_id, ifnull(m.left_at, :still) AS left, CASE
  WHEN m.joined_at IS NOT NULL THEN m.joined_at
  WHEN m.is_listed THEN :always
  WHEN m.first_message_at < :since THEN m.first_message_at
  ELSE ifnull((SELECT min(d.day) * 86400000000 FROM personday d
    WHERE d.person_id = m.person_id AND d.community_id = m.community_id), :still)
  END AS joined
FROM member m WHERE m.person_id NOT IN (SELECT id FROM person WHERE is_bot) AND
"""


def load_membership(reader: Reader, scope: Scope, *, since: int, until: int = STILL) -> Membership:
    """The stays in the communities of `scope`, to be asked for moments after `since`, at the latest `until`.

    Both in microseconds since 1970; bots are left out. Someone only known from what they did (no member list, no date
    of joining) is in from the day they first did it; someone a list names without a date has always been in.
    """
    params: dict[str, object] = {"always": ALWAYS, "still": STILL, "since": since, "until": until}
    if scope:
        stays = sql(_STAYS, within("m.community_id", scope))
        params["scope"] = scope_parameter(scope)
    else:
        stays = _NETWORK_STAYS
    throughout, others = reader.rows(sql(_COLLECTED, stays, ")"), params)[0]
    return Membership(map(tuple, json.loads(others)), throughout=json.loads(throughout))


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
