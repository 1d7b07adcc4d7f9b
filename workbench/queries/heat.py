"""Heat: which conversations people turn to now; what cools sinks and is never hidden.

heat = Σ weight × 0.5^(age / 14 days) over replies (3), mentions (2) and reactions (1) of a thread, kept beside it as
its warmth. A thread is cold below what a single reaction leaves after 98 days.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workbench.ids import EventId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS, to_micros
from workbench.models.warmth import HALF_LIFE_DAYS, WARMTH, WEIGHTS, heat_of, warmth_of
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within
from workbench.queries.threads import Period, ThreadRow, find_threads

REACH: Final = timedelta(days=98)
COLD: Final = 0.5 ** (REACH / timedelta(days=HALF_LIFE_DAYS))

# A list of threads and one of ages for each kind: short ones, so that no other thread waits long while they are parsed.
_OF_KIND = "json_group_array({what}) FILTER (WHERE e.kind = {kind})"
_LISTS = ", ".join(_OF_KIND.format(what=what, kind=kind) for kind in WEIGHTS for what in ("e.root_id", ":now - e.at"))
_BY_PEOPLE = "e.removed_at IS NULL AND e.person_id NOT IN (SELECT id FROM person WHERE is_bot)"
_ACTS = f"""
SELECT {_LISTS} FROM event e
WHERE e.kind IN (4, 5, 6) AND e.at > :from AND e.at <= :now AND e.root_id IS NOT NULL AND {_BY_PEOPLE} AND
"""  # noqa: S608 - our own constants

# Where a clock is wrong, or somebody looks at an earlier moment, the warmth that is kept holds what is yet to come.
# These threads are few: for them is added up what had happened.
_LATER = f"""
SELECT l.id, (
  SELECT {WARMTH} FROM event e INDEXED BY event_root WHERE e.root_id = l.id AND e.at <= :now AND {_BY_PEOPLE})
FROM (
  SELECT DISTINCT e.root_id AS id FROM event e
  WHERE e.kind IN (4, 5, 6) AND e.at > :now AND e.root_id IS NOT NULL AND e.community_id IN ({{communities}})) l
"""  # noqa: S608 - our own constants
_ALL_LATER = _LATER.format(
    communities="SELECT d.community_id FROM personday d INDEXED BY person_day_day WHERE d.day >= :today"
)
_SOME_LATER = _LATER.format(communities="SELECT value FROM json_each(:places)")
_EARLIER = "WITH earlier(id, warmth) AS (SELECT value ->> 0, value ->> 1 FROM json_each(:earlier))"
_HOT = """
SELECT t.id, t.warmth, t.last_at, t.started_at FROM thread t
WHERE t.warmth >= :least AND t.id NOT IN (SELECT id FROM earlier) AND
"""
_HOT_EARLIER = """
UNION ALL
SELECT t.id, x.warmth, t.last_at, t.started_at FROM earlier x CROSS JOIN thread t ON t.id = x.id
WHERE x.warmth >= :least
"""
_HOTTEST = "ORDER BY 2 DESC, 3 DESC, 4 DESC, 1 DESC LIMIT :limit OFFSET :offset"
_LATEST = "ORDER BY t.last_at DESC, t.id DESC LIMIT :limit OFFSET :offset"
_RUNNING = "AND t.last_at >= :start AND t.started_at < :end"


@dataclass(frozen=True, slots=True)
class HotThread:
    """A thread and its heat, 0 where it is cold."""

    thread: ThreadRow
    heat: float


def heats(reader: Reader, scope: Scope, *, as_of: datetime) -> dict[EventId, float]:
    """{thread: its heat} for every thread to which something was added in the 98 days up to a moment.

    For moments that are over. What is older would count less than a hundredth of its weight and is left out.
    """
    now = to_micros(as_of)
    params = {"from": to_micros(as_of - REACH), "now": now, "scope": scope_parameter(scope)}
    half = 1.0 / (HALF_LIFE_DAYS * DAY_MICROSECONDS)
    heat: defaultdict[EventId, float] = defaultdict(float)
    lists = iter(reader.rows(sql(_ACTS, seeking("e.community_id", scope)), params)[0])
    for weight, threads, ages in zip(WEIGHTS.values(), lists, lists, strict=True):
        for thread, age in zip(json.loads(threads), json.loads(ages), strict=True):
            heat[thread] += weight * 0.5 ** (age * half)
    return heat


def hot_threads(
    reader: Reader, scope: Scope, *, as_of: datetime, limit: int, period: Period | None = None, offset: int = 0
) -> list[HotThread]:
    """Every thread, the hottest first; the cold ones follow by their last message.

    With a period [start, end) those that ran in it.
    """
    now = to_micros(as_of)
    params: dict[str, object] = {"scope": scope_parameter(scope), "least": warmth_of(COLD, now)}
    params["earlier"] = json.dumps(_changing(reader, scope, now))
    span, place = "", within("t.community_id", scope)
    if period is not None:
        span, params = _RUNNING, params | {"start": to_micros(period[0]), "end": to_micros(period[1])}
    hot = sql(_HOT, place, span, _HOT_EARLIER, span)
    found = reader.rows(sql(_EARLIER, hot, _HOTTEST), params | {"limit": limit, "offset": offset})
    heat = {id_: heat_of(warmth, now) for id_, warmth, *_ in found}
    page: list[EventId] = list(heat)
    if len(page) < limit:
        counted = sql(_EARLIER, "SELECT count(*) FROM (", hot, ")")
        hotter = offset + len(page) if page else reader.scalar(counted, params)
        cold = sql("SELECT t.id FROM thread t WHERE t.id NOT IN (SELECT id FROM (", hot, ")) AND", place, span, _LATEST)
        params |= {"limit": limit - len(page), "offset": max(0, offset - hotter)}
        page += [row[0] for row in reader.rows(sql(_EARLIER, cold), params)]
    return [HotThread(thread, heat.get(thread.id, 0.0)) for thread in find_threads(reader, page)]


def _changing(reader: Reader, scope: Scope, now: int) -> list[tuple[EventId, float | None]]:
    """The threads to which something was added after `now`, and how warm they were then."""
    params = {"now": now, "today": now // DAY_MICROSECONDS, "places": json.dumps(scope)}
    return reader.rows(_SOME_LATER if scope else _ALL_LATER, params)
