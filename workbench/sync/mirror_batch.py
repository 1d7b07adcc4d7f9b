"""The records of one batch: cut into parts, written, counted, summed; then its censuses."""

from datetime import datetime

from sqlalchemy import Connection

from workbench.models.changes import Changes
from workbench.models.moments import to_micros
from workbench.sync.connector import Batch
from workbench.sync.gone import Removals
from workbench.sync.mirror_census import Censuses
from workbench.sync.mirror_days import replace_days
from workbench.sync.mirror_drafts import parts
from workbench.sync.mirror_events import Part, Tally
from workbench.sync.records import SiteDaysRecord
from workbench.sync.rollups import Touched, refresh


def write_records(
    connection: Connection,
    batch: Batch,
    *,
    account_id: int,
    community_id: int,
    now: datetime,
    edits: bool,
    removals: Removals,
    touched: Touched | None = None,
) -> tuple[Tally, Changes]:
    """What became of the records and what was touched; part of the caller's transaction.

    A caller that gives `touched` sums up itself, once for several batches.
    """
    sums_up = touched is None
    touched = Touched() if touched is None else touched
    total, changes = Tally(), Changes.NOTHING
    events = [record for record in batch.records if not isinstance(record, SiteDaysRecord)]
    for records, repeats in parts(events):
        part = Part(
            connection, account_id=account_id, community_id=community_id, now=now, edits=edits, removals=removals
        )
        part.apply(records, touched)
        total.added += part.tally.added
        total.messages += part.tally.messages
        total.changed += part.tally.changed
        total.unchanged += part.tally.unchanged + repeats
        total.gone += part.tally.gone
        changes |= Changes.MEMBERS if part.has_new_people else Changes.NOTHING
        changes |= Changes.FILES if part.has_contents else Changes.NOTHING
    for record in batch.records:
        if isinstance(record, SiteDaysRecord):
            replace_days(connection, community_id, record, total)
            changes |= Changes.VIEWS
    censuses = Censuses(
        connection, account_id=account_id, community_id=community_id, now=to_micros(now), removals=removals
    )
    for census in batch.censuses:
        total.gone += censuses.take(census, touched)
    if touched:
        changes |= Changes.EVENTS | Changes.MEMBERS
        if sums_up:
            refresh(connection, touched)
    return total, changes
