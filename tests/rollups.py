"""What offices tell, for tests: small snapshots of invented offices, files of them, and all rows of a place."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from workbench.sync.rollup import Place, Received
from workbench.sync.rollup_snapshot import (
    WHOLE_OFFICE,
    CheckpointState,
    CommunityState,
    ObjectiveState,
    OfficeSnapshot,
    OfficeState,
    PlanState,
    Told,
    WeekState,
)

MONDAY = date(2024, 6, 3)
TABLES = ("office", "office_envelope", "office_plan", "office_objective", "office_checkpoint", "office_week")
# Columns that say when and where something came in, not what is known.
OF_THE_MOMENT = {"office": (1, 5), "office_envelope": (8,)}


def monday(number: int) -> date:
    """The Monday of week `number`."""
    return MONDAY + timedelta(weeks=number)


def a_week(number: int, *, messages: int = 40, contributors: int | None = 12, **values: Any) -> WeekState:
    given: dict[str, Any] = {"known_days": 7, "threads": 9, "replied_threads": 6, "first_reply_hours": 3.5}
    return WeekState(monday(number), messages=messages, contributors=contributors, **(given | values))


def a_plan(plan_id: str = "plan-1", *, done: int = 2, **values: Any) -> PlanState:
    given: dict[str, Any] = {
        "name": "Safe water", "community_key": "wash", "community": "WASH in Schools", "community_type": None,
        "starts_on": MONDAY, "day": 12, "is_archived": False, "todo": 5, "doing": 1, "late": 1, "hours_planned": 21.5,
        "hours_done": 4.0,
        "objectives": (
            ObjectiveState(0, "reply_rate", "share", "on the way", Told(0.71, 39, 55, 0.95), 0.8,
                           Told(0.58, 58, 100, 1.0), MONDAY),
            ObjectiveState(1, "contributors", "people", "not known", Told(coverage=1.0, is_withheld=True)),
        ),
        "checkpoints": (CheckpointState(30, MONDAY + timedelta(days=30), is_locked=True, decisions=2),
                        CheckpointState(60, MONDAY + timedelta(days=60))),
    }  # fmt: skip
    return PlanState(plan_id=plan_id, done=done, **(given | values))


def a_snapshot(
    first: int = 0,
    last: int = 3,
    *,
    name: str = "Kenya",
    messages: int = 40,
    plans: Sequence[PlanState] | None = None,
    without: Iterable[int] = (),
) -> OfficeSnapshot:
    """Weeks `first` to `last` of one community and of the whole office; of those in `without` nothing is known."""
    weeks = tuple(
        a_week(number, messages=messages + number) for number in range(first, last + 1) if number not in without
    )
    return OfficeSnapshot(
        OfficeState(name, "Kenya", monday(first), monday(last), monday(last) + timedelta(days=6)),
        (a_plan(),) if plans is None else tuple(plans),
        tuple(
            CommunityState(key, words, None, weeks)
            for key, words in (("wash", "WASH in Schools"), (WHOLE_OFFICE, ""))
            if weeks
        ),
    )


def a_file(
    sequence: int,
    snapshot: OfficeSnapshot,
    *,
    office: str = "ken",
    instance: str = "copy-1",
    days: int | None = None,
    signer: str | None = None,
    mark: str = "",
) -> Received:
    """File `sequence` of an office, made `days` after the first; `mark` tells twins apart."""
    digest = sha256(f"{office}/{instance}/{sequence}/{mark}".encode()).hexdigest()
    before = "" if sequence == 1 else sha256(f"{office}/{instance}/{sequence - 1}/".encode()).hexdigest()
    created = datetime(2024, 6, 10, 8, tzinfo=UTC) + timedelta(days=7 * (sequence - 1) if days is None else days)
    return Received(office, instance, sequence, before, digest, signer or f"signer of {office}", created, snapshot)


def all_rows(place: Place, *, with_moments: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in an order of its own; without what only says when it came in."""
    with place.read() as source:
        found = {table: source.rows(f"SELECT * FROM {table}") for table in TABLES}
    return {
        table: sorted(
            tuple(
                repr(value)
                for number, value in enumerate(row)
                if with_moments or number not in OF_THE_MOMENT.get(table, ())
            )
            for row in rows
        )
        for table, rows in found.items()
    }
