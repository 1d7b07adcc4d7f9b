"""Today: cards and checkpoints that may want attention, and what was decided about items of every kind."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from workbench.ids import CardId, PlanId
from workbench.models.database import Reader
from workbench.models.kinds import CardColumn, CardKind
from workbench.models.moments import from_micros, maybe_from_micros, to_micros
from workbench.queries.scope import Scope, scope_parameter, sql, within


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What was decided about an item; `until` only where it was put off."""

    key: str
    kind: str
    state: str
    until: datetime | None
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class DueCard:
    """A card that should be done by now; of a series the latest time, with how many of it are open in `times`."""

    card_id: CardId
    plan_id: PlanId
    plan: str
    title: str
    owner: str
    due_on: date
    hours: float | None
    column: CardColumn
    promised_to: str
    times: int

    @property
    def is_promise(self) -> bool:
        """Whether somebody was promised it."""
        return bool(self.promised_to)


@dataclass(frozen=True, slots=True)
class DueCheckpoint:
    """A checkpoint that is near or past and not locked."""

    plan_id: PlanId
    plan: str
    day: int
    falls_on: date


@dataclass(frozen=True, slots=True)
class PlanConflicts:
    """A plan in which two leaders gave the same field two values."""

    plan_id: PlanId
    plan: str
    cards: int


@dataclass(frozen=True, slots=True)
class WeekCard:
    """A card with its day in a stretch of days: due there and open, or done there, whenever it was due."""

    card_id: CardId
    plan_id: PlanId
    plan: str
    title: str
    owner: str
    on: date
    hours: float | None
    is_done: bool
    due_on: date | None = None


_IS_FILLED = """
SELECT EXISTS (SELECT 1 FROM community c WHERE c.is_followed OR c.id IN (SELECT community_id FROM communitytotal))
  OR EXISTS (SELECT 1 FROM plan WHERE NOT is_archived)
"""


def is_filled(reader: Reader) -> bool:
    """Whether the profile holds a community or a plan."""
    return bool(reader.scalar(_IS_FILLED))


def today_marks(reader: Reader) -> dict[str, MarkRow]:
    """Every mark by the key of its item."""
    rows = reader.rows('SELECT "key", kind, state, until, marked_at FROM todaymark')
    return {
        key: MarkRow(key, kind, state, maybe_from_micros(until), from_micros(at))
        for key, kind, state, until, at in rows
    }


_DUE = """
SELECT k.id, k.plan_id, p.name, k.title, k.owner, max(k.due_on), k.hours, k."column", k.promised_to, count(*), k.kind
FROM card k JOIN plan p ON p.id = k.plan_id
WHERE NOT k.is_archived AND NOT p.is_archived AND k."column" <> 'done' AND k.due_on <= :today AND
"""


def due_cards(reader: Reader, scope: Scope, *, today: date) -> list[DueCard]:
    """Open cards whose day is today or past, the longest overdue first; a plan for all communities is in each scope."""
    rows = reader.rows(
        sql(_DUE, _plan_in(scope), "GROUP BY k.plan_id, ifnull(k.series_id, k.id) ORDER BY 6, k.id"),
        {"today": today.isoformat(), "scope": scope_parameter(scope)},
    )
    return [
        DueCard(
            card_id=CardId(id_),
            plan_id=PlanId(plan_id),
            plan=plan,
            title=title,
            owner=owner,
            due_on=date.fromisoformat(due_on),
            hours=hours,
            column=CardColumn(column),
            promised_to=promised_to if kind == CardKind.COMMITMENT else "",
            times=times,
        )
        for id_, plan_id, plan, title, owner, due_on, hours, column, promised_to, times, kind in rows
    ]


def due_checkpoints(reader: Reader, scope: Scope, *, until: date) -> list[DueCheckpoint]:
    """Checkpoints up to `until` that are not locked, the earliest first."""
    rows = reader.rows(
        sql(
            "SELECT k.plan_id, p.name, k.day, k.falls_on FROM checkpoint k JOIN plan p ON p.id = k.plan_id",
            "WHERE k.locked_at IS NULL AND NOT p.is_archived AND k.falls_on <= :until AND",
            _plan_in(scope),
            "ORDER BY k.falls_on, k.plan_id",
        ),
        {"until": until.isoformat(), "scope": scope_parameter(scope)},
    )
    return [DueCheckpoint(PlanId(plan_id), plan, day, date.fromisoformat(on)) for plan_id, plan, day, on in rows]


def plans_with_conflicts(reader: Reader, scope: Scope) -> list[PlanConflicts]:
    """Plans in which two values of a field wait for a choice, by name."""
    rows = reader.rows(
        sql(
            "SELECT k.plan_id, p.name, count(*) FROM card k JOIN plan p ON p.id = k.plan_id",
            "WHERE k.has_conflict AND NOT k.is_archived AND NOT p.is_archived AND",
            _plan_in(scope),
            "GROUP BY k.plan_id ORDER BY p.name, k.plan_id",
        ),
        {"scope": scope_parameter(scope)},
    )
    return [PlanConflicts(PlanId(plan_id), plan, cards) for plan_id, plan, cards in rows]


_WEEK = """
SELECT k.id, k.plan_id, p.name, k.title, k.owner, k.due_on, k.done_on, k."column", k.hours
FROM card k JOIN plan p ON p.id = k.plan_id
WHERE NOT k.is_archived AND NOT p.is_archived
  AND ((k."column" = 'done' AND k.done_on BETWEEN :first AND :last)
    OR (k."column" <> 'done' AND k.due_on BETWEEN :first AND :last)) AND
"""


def cards_of_days(reader: Reader, scope: Scope, *, first: date, last: date) -> list[WeekCard]:
    """Cards that are due, or were done, on the days [first, last], by day and title."""
    rows = reader.rows(
        sql(_WEEK, _plan_in(scope)),
        {"first": first.isoformat(), "last": last.isoformat(), "scope": scope_parameter(scope)},
    )
    cards = [_week_card(row) for row in rows]
    return sorted(cards, key=lambda card: (card.on, card.is_done, card.title.casefold(), card.card_id))


def sent_on_days(reader: Reader, scope: Scope, *, start: datetime, end: datetime) -> int:
    """How many of the coordinator's own answers and topics went out in [start, end)."""
    count: int = reader.scalar(
        sql(
            "SELECT count(*) FROM outboxitem o WHERE o.state = 'sent' AND o.kind <> 'like'",
            "AND o.changed_at >= :start AND o.changed_at < :end AND",
            within("o.community_id", scope),
        ),
        {"start": to_micros(start), "end": to_micros(end), "scope": scope_parameter(scope)},
    )
    return count


def _plan_in(scope: Scope) -> str:
    # A plan that names a community which is not mirrored here is for none of these.
    is_for_all = "(p.community_id IS NULL AND p.community_name = '')"
    return "TRUE" if not scope else sql("(", is_for_all, "OR", within("p.community_id", scope), ")")


def lasting_key(*parts: str | None) -> str:
    """A short name made of what the platform itself calls the thing and the place it is in."""
    text = "\x1f".join(part or "" for part in parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _week_card(row: tuple[Any, ...]) -> WeekCard:
    id_, plan_id, plan, title, owner, due_on, done_on, column, hours = row
    is_done = column == CardColumn.DONE
    on = date.fromisoformat(done_on if is_done else due_on)
    due = None if due_on is None else date.fromisoformat(due_on)
    return WeekCard(CardId(id_), PlanId(plan_id), plan, title, owner, on, hours, is_done, due)
