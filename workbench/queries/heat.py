"""Heat: which conversations people turn to now; what cools sinks and is never hidden.

heat = Σ weight × 0.5^(age / 14 days) over replies (3), mentions (2) and reactions (1) of a thread. What is older than
98 days would count less than a hundredth of its weight and is left out; a thread with nothing younger has heat 0.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from heapq import nlargest
from typing import Final

from workbench.ids import EventId
from workbench.models.database import Reader
from workbench.models.moments import DAY_MICROSECONDS, to_micros
from workbench.queries.scope import Scope, scope_parameter, seeking, sql, within
from workbench.queries.threads import Period, ThreadRow, find_threads

HALF_LIFE_DAYS: Final = 14.0
REACH: Final = timedelta(days=98)
_CHUNK: Final = 500
_WEIGHTS: Final = {4: 3, 6: 2, 5: 1}

# A list of threads and one of ages for each kind: short ones, so that no other thread waits long while they are parsed.
_OF_KIND = "json_group_array({what}) FILTER (WHERE e.kind = {kind})"
_LISTS = ", ".join(_OF_KIND.format(what=what, kind=kind) for kind in _WEIGHTS for what in ("e.root_id", ":now - e.at"))
_ACTS = f"""
SELECT {_LISTS} FROM event e
WHERE e.kind IN (4, 5, 6) AND e.at > :from AND e.at <= :now AND e.removed_at IS NULL AND e.root_id IS NOT NULL
  AND e.person_id NOT IN (SELECT id FROM person WHERE is_bot) AND
"""  # noqa: S608 - our own constants
_KNOWN = "SELECT t.id FROM json_each(:hot) j CROSS JOIN thread t ON t.id = j.value WHERE TRUE"
_RUNNING = "AND t.last_at >= :start AND t.started_at < :end"
_COLD = "SELECT t.id FROM thread t WHERE t.id NOT IN (SELECT value FROM json_each(:hot)) AND"


def heats(reader: Reader, scope: Scope, *, as_of: datetime) -> dict[EventId, float]:
    """{thread: its heat} for every thread that is not cold."""
    now = to_micros(as_of)
    params = {"from": to_micros(as_of - REACH), "now": now, "scope": scope_parameter(scope)}
    half = 1.0 / (HALF_LIFE_DAYS * DAY_MICROSECONDS)
    heat: defaultdict[EventId, float] = defaultdict(float)
    lists = iter(reader.rows(sql(_ACTS, seeking("e.community_id", scope)), params)[0])
    for weight, threads, ages in zip(_WEIGHTS.values(), lists, lists, strict=True):
        for thread, age in zip(json.loads(threads), json.loads(ages), strict=True):
            heat[thread] += weight * 0.5 ** (age * half)
    return heat


def hot_threads(
    reader: Reader,
    scope: Scope,
    *,
    as_of: datetime,
    limit: int,
    period: Period | None = None,
    offset: int = 0,
    heat: Mapping[EventId, float] | None = None,
) -> list[ThreadRow]:
    """Every thread, the hottest first; the cold ones follow by their last message.

    With a period [start, end) those that ran in it. `heat` is what `heats` said of the same scope and moment, where
    that has been asked already.
    """
    params: dict[str, object] = {"scope": scope_parameter(scope)}
    span = ""
    if period is not None:
        span, params = _RUNNING, params | {"start": to_micros(period[0]), "end": to_micros(period[1])}
    known = heats(reader, scope, as_of=as_of) if heat is None else heat
    # A root that is a bot's has no thread, and of a period not each has run in it: so many are looked at as are needed,
    # and all are put in order only where the first ones did not do.
    hot: list[EventId] = []
    order = [id_ for _, id_ in nlargest(offset + limit + _CHUNK, zip(known.values(), known, strict=True))]
    for start in range(0, len(known), _CHUNK):
        if len(hot) >= offset + limit:
            break
        if start >= len(order):
            order = sorted(known, key=lambda id_: (known[id_], id_), reverse=True)
        chunk = order[start : start + _CHUNK]
        kept = {row[0] for row in reader.rows(sql(_KNOWN, span), params | {"hot": json.dumps(chunk)})}
        hot += [id_ for id_ in chunk if id_ in kept]
    page = hot[offset : offset + limit]
    if len(page) < limit:
        cold = sql(
            _COLD, within("t.community_id", scope), span, "ORDER BY t.last_at DESC, t.id DESC LIMIT :n OFFSET :m"
        )
        params |= {"hot": json.dumps(list(known)), "n": limit - len(page), "m": max(0, offset - len(hot))}
        page += [row[0] for row in reader.rows(cold, params)]
    return find_threads(reader, page)
