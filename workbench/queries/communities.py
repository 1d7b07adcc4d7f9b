"""Communities: the list with its key numbers, and finding one by name."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from workbench.ids import AccountId, CommunityId
from workbench.models.database import Reader
from workbench.models.kinds import CommunityType
from workbench.models.moments import DAY_MICROSECONDS, DayRange, day_start, from_day, maybe_from_micros, to_micros
from workbench.queries.beginnings import beginnings, empty_before
from workbench.queries.coverage import MINIMUM_COVERAGE, covered_by_community
from workbench.queries.people_only import people_only
from workbench.queries.weeks import WEEK_DAYS, recent_weeks

TREND_WEEKS = 27
ACTIVE_DAYS = 90


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """A community with its key numbers; people are counted without bots and those who left.

    `active_90d` counts who wrote in the last 90 days that are over, as every page does.
    `trend` holds messages per week (Monday to Sunday) of the last 26 weeks, oldest first, and of the one that runs;
    `known` the days of these weeks that are known, of which `known_until` is the last, however old it is.
    """

    id: CommunityId
    name: str
    platform: str
    account_id: AccountId
    account: str
    type: CommunityType | None
    members: int
    threads: int
    messages: int
    first_at: datetime | None
    last_at: datetime | None
    active_90d: int
    trend: tuple[int, ...]
    known_until: date | None
    description: str
    known: tuple[DayRange, ...] = ()
    has_list: bool = False
    """Whether a source names members as such; otherwise they are known only from what they wrote."""
    began: date | None = None
    """Its first day, where its history was read to its start: before it there was nothing to know."""
    platform_members: int | None = None
    """How many the platform says there are; None where it does not."""
    is_people_only: bool = False
    """Whether it lists people and nobody can write in it, so that silence says nothing."""

    @property
    def has_roster(self) -> bool:
        """Whether a source lists its members: nine in ten of them at least, for a list that was cut is none."""
        return self.has_list and self.members >= (self.platform_members or 0) * MINIMUM_COVERAGE


_ROWS = """
SELECT c.id, c.name, a.kind, c.account_id, a.name, c.type, c.description,
  (SELECT max(v.last_day) FROM coverage v WHERE v.community_id = c.id),
  ifnull(t.threads, 0), ifnull(t.messages, 0), t.first_message_at, t.last_message_at, s.platform_members
FROM community c JOIN account a ON a.id = c.account_id LEFT JOIN communitytotal t ON t.community_id = c.id
LEFT JOIN communitystate s ON s.community_id = c.id
WHERE c.is_followed OR t.community_id IS NOT NULL
"""

# What a platform lists and nobody follows is no community of ours yet.
_NAMES = """
SELECT c.id, c.name FROM community c LEFT JOIN communitytotal t ON t.community_id = c.id
WHERE c.is_followed OR t.community_id IS NOT NULL
"""

# A bot's last message is nowhere in the sums already; only the heads have to be taken off.
_PEOPLE = """
SELECT m.community_id, count(*), count(*) FILTER (WHERE m.last_message_at >= :since AND (m.last_message_at < :until
  OR EXISTS (SELECT 1 FROM personday d WHERE d.person_id = m.person_id AND d.community_id = m.community_id
    AND d.day >= :since / :day AND d.day < :until / :day AND d.posts + d.replies > 0)))
FROM member m WHERE m.left_at IS NULL GROUP BY m.community_id
"""

# Counted with the others each of them would have to be looked up: the index that counts does not say it.
_LISTS = """
SELECT c.id FROM community c WHERE EXISTS (SELECT 1 FROM member m INDEXED BY member_listed
  WHERE m.community_id = c.id AND m.is_listed AND m.left_at IS NULL)
"""

_BOTS = """
SELECT m.community_id, count(*) FROM person p CROSS JOIN member m ON m.person_id = p.id
WHERE p.is_bot AND m.left_at IS NULL GROUP BY m.community_id
"""

# One row a week: to fetch one for each community of each week takes longer than to find them.
_TREND = """
SELECT w.week, json_group_array(w.community_id), json_group_array(w.messages) FROM communityweek w
WHERE w.week >= :first AND w.week < :until GROUP BY w.week
"""


def list_communities(reader: Reader, *, as_of: datetime) -> list[CommunityRow]:
    """Every mirrored community by name, not those that are only known of.

    `as_of` is the present (nothing later is stored).
    """
    over = day_start(as_of.astimezone(UTC).date())
    span = {"since": to_micros(over - timedelta(days=ACTIVE_DAYS)), "until": to_micros(over), "day": DAY_MICROSECONDS}
    people = {row[0]: row[1:] for row in reader.rows(_PEOPLE, span)}
    bots: dict[int, int] = dict(reader.rows(_BOTS))
    lists = {id_ for (id_,) in reader.rows(_LISTS)}
    trends = _trends(reader, as_of)
    first, today = trend_days(as_of)
    known = covered_by_community(reader, first, today)
    began, empty = beginnings(reader, ()), empty_before(reader, ())
    rosters = people_only(reader, ())
    rows: list[CommunityRow] = []
    for id_, name, kind, account_id, account, type_, description, last_day, *totals in reader.rows(_ROWS):
        members, active = people.get(id_, (0, 0))
        threads, messages, first_at, last_at, told = totals
        rows.append(
            CommunityRow(
                id=id_,
                name=name,
                platform=kind,
                account_id=account_id,
                account=account,
                type=None if type_ is None else CommunityType(type_),
                members=members - bots.get(id_, 0),
                threads=threads,
                messages=messages,
                first_at=maybe_from_micros(first_at),
                last_at=maybe_from_micros(last_at),
                active_90d=active,
                trend=tuple(trends.get(id_, _SILENT)),
                known_until=_until(last_day, empty.get(id_)),
                description=description,
                known=(*_before(empty.get(id_), first), *known.get(id_, ())),
                has_list=id_ in lists,
                began=began.get(id_),
                platform_members=told,
                is_people_only=id_ in rosters,
            )
        )
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def _until(last_day: int | None, empty_before: date | None) -> date | None:
    """The last known day; where nobody promised one, all the same the last of those known to be empty."""
    if last_day is not None:
        return from_day(last_day)
    return None if empty_before is None else empty_before - timedelta(days=1)


def _before(empty_before: date | None, first: date) -> tuple[DayRange, ...]:
    """The days from `first` on before that day: nothing was written on them, which is known."""
    return (DayRange(first, empty_before - timedelta(days=1)),) if empty_before and empty_before > first else ()


def trend_days(as_of: datetime) -> tuple[date, date]:
    """The Monday a trend begins on, and the last day it can know of."""
    first, _until = recent_weeks(as_of, TREND_WEEKS)
    return from_day(first), as_of.astimezone(UTC).date()


def _trends(reader: Reader, as_of: datetime) -> Mapping[int, Sequence[int]]:
    """{community: messages a week}; the last week is the one of `as_of`."""
    first, until = recent_weeks(as_of, TREND_WEEKS)
    trends: defaultdict[int, list[int]] = defaultdict(lambda: [0] * TREND_WEEKS)
    for monday, communities, counts in reader.rows(_TREND, {"first": first, "until": until}):
        week = (monday - first) // WEEK_DAYS
        for community, messages in zip(json.loads(communities), json.loads(counts), strict=True):
            trends[community][week] = messages
    return trends


_SILENT = (0,) * TREND_WEEKS


def find_community(reader: Reader, name: str) -> CommunityId | None:
    """The community a person means by `name`: the same letters in any case, else the only one that begins so."""
    wanted = name.strip().casefold()
    names = [(id_, title.casefold()) for id_, title in reader.rows(_NAMES)]
    same = [id_ for id_, title in names if title == wanted]
    if same:
        return CommunityId(min(same))
    begins = [id_ for id_, title in names if wanted and title.startswith(wanted)]
    return CommunityId(begins[0]) if len(begins) == 1 else None


def community_names(reader: Reader) -> dict[CommunityId, str]:
    """{id: name} of every community."""
    return dict(reader.rows("SELECT id, name FROM community"))


def community_type(reader: Reader, community_id: CommunityId) -> CommunityType | None:
    """The type that decides a community's targets; None where nobody chose one, or the community is gone."""
    kind = reader.scalar("SELECT type FROM community WHERE id = ?", (community_id,))
    return None if kind is None else CommunityType(kind)
