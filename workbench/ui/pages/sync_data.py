"""What the Sync page shows, read in one job: accounts with their communities and coverage, runs, what was held back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from workbench.ids import AccountId, CommunityId
from workbench.models.database import Database, Reader
from workbench.models.moments import DayRange
from workbench.queries.communities import CommunityRow, list_communities
from workbench.queries.coverage import covered
from workbench.queries.sync_status import (
    AccountRow,
    QuarantineRow,
    RunRow,
    count_quarantine,
    list_accounts,
    list_quarantine,
    list_runs,
)

RUNS_SHOWN = 400
HELD_BACK_SHOWN = 5_000


@dataclass(frozen=True, slots=True)
class Cover:
    """One community: `first` to `last` is the stretch looked at, `known` its days without a gap."""

    community_id: CommunityId
    name: str
    messages: int
    first: date
    last: date
    known: tuple[DayRange, ...]
    known_until: date | None
    today: date

    @property
    def days(self) -> int:
        """How many days are looked at."""
        return (self.last - self.first).days + 1

    @property
    def unknown_days(self) -> int:
        """Days of them that nobody promised to be complete."""
        return self.days - sum((days.last - days.first).days + 1 for days in self.known)

    @property
    def gaps(self) -> int:
        """Stretches between known days that are not known themselves."""
        return max(0, len(self.known) - 1)


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account, its newest run, and its communities by name."""

    account: AccountRow
    last_run: RunRow | None
    covers: tuple[Cover, ...]

    @property
    def messages(self) -> int:
        """Messages of all its communities."""
        return sum(cover.messages for cover in self.covers)


@dataclass(frozen=True, slots=True)
class SyncData:
    """Everything on the page; `held_back` are the first rows of `held_back_total`."""

    accounts: tuple[AccountView, ...]
    runs: tuple[RunRow, ...]
    held_back: tuple[QuarantineRow, ...]
    held_back_total: int


def read_sync(database: Database, *, now: datetime) -> SyncData:
    """Reads the page in one transaction."""
    today = now.astimezone(UTC).date()
    with database.read() as reader:
        communities = list_communities(reader, as_of=now)
        accounts = tuple(_account(reader, row, communities, today=today) for row in list_accounts(reader))
        return SyncData(
            accounts,
            tuple(list_runs(reader, limit=RUNS_SHOWN)),
            tuple(list_quarantine(reader, limit=HELD_BACK_SHOWN)),
            count_quarantine(reader),
        )


def _account(reader: Reader, row: AccountRow, communities: list[CommunityRow], *, today: date) -> AccountView:
    own = [community for community in communities if community.account_id == row.id]
    covers = tuple(_cover(reader, community, today=today) for community in own)
    return AccountView(row, next(iter(list_runs(reader, account_id=AccountId(row.id), limit=1)), None), covers)


def _cover(reader: Reader, row: CommunityRow, *, today: date) -> Cover:
    """From its first message or known day to yesterday: a day that is not over is not missing, but may be known."""
    known = covered(reader, (row.id,), date.min.replace(year=1970), today)
    starts = [days.first for days in known[:1]] + ([row.first_at.date()] if row.first_at is not None else [])
    first = min(starts, default=today)
    last = today if row.known_until == today else today - timedelta(days=1)
    return Cover(row.id, row.name, row.messages, min(first, last), last, tuple(known), row.known_until, today)
