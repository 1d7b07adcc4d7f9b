"""A community that grows: people who join through a year, some of whom are greeted, write, or lead."""

from datetime import date, timedelta

from tests.builders import NOW
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind, EventKind
from workbench.models.moments import DayRange
from workbench.sync.connector import Batch
from workbench.sync.records import ActRecord, CommunityRecord, MemberRecord, MessageRecord, PersonRecord, Record
from workbench.workspace import Workspace

GROWERS = "Growing circle"
EVERY_DAYS = 8
PEOPLE = 80
FIRST_DAY = NOW.date() - timedelta(days=PEOPLE * EVERY_DAYS)
"""Somebody joins every eight days, the last one eight days ago; the first of them leads and greets."""
HOLE = DayRange(date(2024, 1, 5), date(2024, 1, 20))


def joined_on(number: int) -> date:
    """When this person joined."""
    return FIRST_DAY + timedelta(days=number * EVERY_DAYS)


def fill(workspace: Workspace, *, has_hole: bool = False) -> CommunityId:
    """Every second person begins a thread the day after joining; of these every second is answered on that day."""
    account = workspace.accounts.add(AccountKind.TABLE, "Growing tables")
    community = workspace.mirror.ensure_community(account, CommunityRecord("growing", GROWERS))
    people = [PersonRecord(f"g{number}", f"Grower {number} Example") for number in range(PEOPLE)]
    start = NOW - timedelta(days=PEOPLE * EVERY_DAYS)
    records: list[Record] = []
    for number, person in enumerate(people):
        joined = start + timedelta(days=number * EVERY_DAYS)
        role = "leader" if number == 0 else None
        records.append(MemberRecord("growing", person, joined_at=joined, role=role))
        if number % 2:
            continue
        sent = joined + timedelta(days=1)
        if has_hole and HOLE.first <= sent.date() <= HOLE.last:
            continue
        records.append(MessageRecord(f"root{number}", "growing", person, sent, "Hello", "I am new here."))
        if number % 4 == 0 and number:
            reply = sent + timedelta(hours=2)
            records.append(
                MessageRecord(
                    f"reply{number}", "growing", people[0], reply, "Re: Hello", "Welcome.",
                    references=(f"root{number}",),
                )
            )  # fmt: skip
            records.append(ActRecord(f"like{number}", "growing", EventKind.REACTION, person, reply, f"reply{number}"))
    today, day = NOW.date(), timedelta(days=1)
    whole = DayRange(FIRST_DAY - 100 * day, today)
    parts = (DayRange(whole.first, HOLE.first - day), DayRange(HOLE.last + day, today)) if has_hole else (whole,)
    workspace.mirror.apply(community, "events", Batch(tuple(records), covered=parts))
    return community
