"""CommunityTableModel: communities with their key numbers, one row each."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from workbench.models.kinds import WEB_SITES, AccountKind, CommunityType
from workbench.operations.community_health import Health
from workbench.queries.communities import ACTIVE_DAYS, CommunityRow
from workbench.queries.coverage import MINIMUM_COVERAGE, days_known, weeks_known
from workbench.ui import numbers
from workbench.ui.qt_models.community_health import (
    CommunityStandings,
    health_key,
    health_mark,
    health_tip,
    health_word,
)
from workbench.ui.qt_models.rows_model import Column, RowsModel

TYPE_TITLES: Final = {
    CommunityType.PROJECT_TEAM: "Project team",
    CommunityType.COMMUNITY_OF_PRACTICE: "Community of practice",
    CommunityType.INFORMATION_FORUM: "Information forum",
    CommunityType.BROADCAST_STREAM: "Broadcast stream",
}
NAME, TYPE, MEMBERS, ACTIVE, HEALTH, TREND, LAST, KNOWN = range(8)
_FRESH_DAYS: Final = 2
_MET_DAYS: Final = 90
_SETTLED_DAYS: Final = 4
"""Of a web site: its days change for two days after they are over, and it may lie in another time zone."""
FROM_FILES: Final = frozenset({AccountKind.MAILING_LIST, AccountKind.TABLE, AccountKind.ANALYTICS_FILE})
"""What cannot be synced: its unknown days are the files' own."""
_NOT_YET: Final = "Not known yet"
_NOBODY: Final = "A web site: it has page views, and neither members nor messages."
_PEOPLE_ONLY: Final = "A list of people: nobody can write here, so there is no activity to count."


class CommunityTableModel(RowsModel[CommunityRow]):
    """`set_now` says what "today" and "ago" mean; rows are read again when it changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._now: datetime | None = None
        self._standings: CommunityStandings | None = None
        columns: tuple[Column[CommunityRow], ...] = (
            Column(
                "Community", lambda row: row.name, lambda row: row.name.casefold(), tip=self._name_tip,
                mark=self._name_mark,
            ),
            Column("Type", type_title, lambda row: type_title(row).casefold(), width=184),
            Column("Members", _members_text, _members, 112, is_number=True, tip=_members_tip),
            Column(
                "Wrote, 90 d", lambda row: numbers.percent(self._active(row)), self._active, 112, is_number=True,
                tip=self._active_tip,
            ),
            Column(
                "Health", lambda row: health_word(self._health(row)), lambda row: health_key(self._health(row)), 128,
                mark=lambda row: health_mark(self._health(row)), tip=lambda row: health_tip(self._health(row)),
            ),
            Column(
                "Messages a week", self._trend_text, self._trend_key, 160, spark=self._trend, tip=self._trend_tip,
            ),
            Column("Last message", self._last, lambda row: row.last_at, 128, tip=_last_text),
            Column(
                "Known until", self._known, lambda row: row.known_until, 136,
                mark=self._known_mark, tip=self._known_tip,
            ),
        )  # fmt: skip
        super().__init__(columns, words=lambda row: f"{row.name} {type_title(row)} {row.platform}", parent=parent)

    def set_now(self, now: datetime) -> None:
        """Says which moment the rows are seen from."""
        self._now = now

    def set_standings(self, standings: CommunityStandings) -> None:
        """How communities stand and who has a coordinator; worked out behind the rest."""
        self._standings = standings
        if self._sorted_by[0] == HEALTH:
            self._arrange()
        elif self.rowCount():
            # What is chosen stays chosen.
            self.dataChanged.emit(self.index(0, NAME), self.index(self.rowCount() - 1, HEALTH))

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_name = role == Qt.ItemDataRole.AccessibleTextRole and index.isValid() and index.column() == NAME
        if is_name and self._has_nobody(self.row_at(index.row())):
            # The sign before the name has to be heard as well.
            return f"{super().data(index)}, no coordinator"
        return super().data(index, role)

    def _health(self, row: CommunityRow) -> Health | None:
        return None if self._standings is None else self._standings.health.get(row.id)

    def _has_nobody(self, row: CommunityRow) -> bool:
        """Whether nobody is known to see to it; a web site needs nobody."""
        is_told = self._standings is not None and row.platform not in WEB_SITES
        return is_told and self._standings is not None and row.id not in self._standings.coordinated

    def _name_mark(self, row: CommunityRow) -> tuple[str, str] | None:
        return ("user-minus", "bad") if self._has_nobody(row) else None

    def _name_tip(self, row: CommunityRow) -> str:
        missing = "No coordinator" if self._has_nobody(row) else ""
        return "\n".join(said for said in (missing, row.description) if said)

    def _last(self, row: CommunityRow) -> str:
        return numbers.ago(row.last_at, now=self._now) if self._now is not None and row.last_at else numbers.MISSING

    def _active(self, row: CommunityRow) -> float | None:
        """The active share; None where too few of its days are known: silence is not what nobody looked at.

        None too where nobody lists the members and little is known from before these days: then everybody known has
        written lately, because only who wrote lately is known.
        """
        known, needed = self._active_days(row), ACTIVE_DAYS * MINIMUM_COVERAGE
        return active_share(row) if known >= needed and self._has_members(row) else None

    def _active_days(self, row: CommunityRow) -> int:
        """How many of the days the active share is about are known; today counts, though it is not over."""
        today = self._today()
        first = today - timedelta(days=ACTIVE_DAYS - 1)
        is_fresh = row.known_until is not None and (today - row.known_until).days <= _FRESH_DAYS
        return days_known(row.known, first, today) + (is_fresh and row.known_until != today)

    def _has_members(self, row: CommunityRow) -> bool:
        """Whether its members are known: listed, or met over a good while before the days in question."""
        today = self._today()
        before = today - timedelta(days=ACTIVE_DAYS)
        known = days_known(row.known, before - timedelta(days=_MET_DAYS - 1), before)
        return row.has_roster or known >= _MET_DAYS * MINIMUM_COVERAGE

    def _active_tip(self, row: CommunityRow) -> str:
        if _is_unwritten(row):
            return _unwritten(row)
        if not row.members or self._active(row) is not None:
            return _active_text(row)
        days = self._active_days(row)
        if days < ACTIVE_DAYS * MINIMUM_COVERAGE:
            said = _not_known(row, today=self._today())
            is_growing = said == _NOT_YET
            return f"{said}: {days} of the last {ACTIVE_DAYS} days are known here" if is_growing else said
        if row.has_list:
            return "Not known yet: not all members are here"
        return "Not known yet: nobody lists the members here, and only who wrote lately is known"

    def _trend(self, row: CommunityRow) -> tuple[int | None, ...]:
        """Messages of each week that is over, None where it is not wholly known; a few days would look like a fall."""
        if _is_unwritten(row):
            return ()
        today, weeks = self._today(), len(row.trend)
        first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
        known = weeks_known(row.known, first=first, weeks=weeks, today=today)
        return tuple(count if is_known else None for count, is_known in zip(row.trend, known, strict=True))[:-1]

    def _trend_text(self, row: CommunityRow) -> str:
        return numbers.count(next(reversed(self._trend(row)), None))

    def _trend_key(self, row: CommunityRow) -> int | None:
        """What is known of the last 26 weeks; None where the last one is not."""
        trend = self._trend(row)
        return sum(count or 0 for count in trend) if trend and trend[-1] is not None else None

    def _trend_tip(self, row: CommunityRow) -> str:
        if _is_unwritten(row):
            return _unwritten(row)
        if self._trend_key(row) is None:
            return _not_known(row, today=self._today())
        trend = self._trend(row)
        missing = sum(count is None for count in trend)
        said = numbers.plural(self._trend_key(row) or 0, "message", "messages")
        if not missing:
            return f"{said} in the last {len(trend)} weeks"
        weeks = numbers.plural(len(trend) - missing, "week", "weeks")
        return f"{said} in the {weeks} that are known; {missing} before are not known yet"

    def _known(self, row: CommunityRow) -> str:
        if row.known_until is None and row.platform in FROM_FILES:
            return "not covered"
        return numbers.known_until(row.known_until, today=self._today())

    def _known_mark(self, row: CommunityRow) -> tuple[str, str]:
        if row.known_until is None:
            return "circle-dashed", "unknown"
        still_good = _SETTLED_DAYS if row.platform in WEB_SITES else _FRESH_DAYS
        is_fresh = (self._today() - row.known_until).days <= still_good
        if is_fresh and row.platform not in WEB_SITES and self._active_days(row) < ACTIVE_DAYS * MINIMUM_COVERAGE:
            return "circle-half", "unknown"
        return ("check-circle", "good") if is_fresh else ("clock", "watch")

    def _known_tip(self, row: CommunityRow) -> str:
        if row.known_until is None:
            if row.platform in WEB_SITES:
                return "No source has promised that these days are complete. The dashboard shows what is here."
            return "No source has promised that these messages are complete. Numbers count what is here."
        until = f"up to {numbers.day(row.known_until)} is here."
        days = self._active_days(row)
        if row.platform in WEB_SITES or days >= ACTIVE_DAYS * MINIMUM_COVERAGE or not row.known:
            return f"Everything {until}"
        since = f"from {numbers.day(row.known[-1].first)} {until}"
        return f"Everything {since} Of the last {ACTIVE_DAYS} days {days} are known."

    def _today(self) -> date:
        return self._now.date() if self._now is not None else date.min


def _members(row: CommunityRow) -> int | None:
    """Members; None for a web site, which has none to count, and where nothing was ever read."""
    is_unread = not row.members and row.known_until is None
    return None if row.platform in WEB_SITES or is_unread else row.members


def _members_text(row: CommunityRow) -> str:
    """How many; of those nobody lists, that they were only seen."""
    members = _members(row)
    if members is None:
        return numbers.MISSING if row.platform in WEB_SITES else _NOT_YET.lower()
    if not row.has_list and members:
        return f"{numbers.count(members)} seen"
    is_whole = row.has_roster or row.platform_members is None or not members
    return numbers.count(members) if is_whole else f"{numbers.count(members)} of {numbers.count(row.platform_members)}"


def _members_tip(row: CommunityRow) -> str:
    if _members(row) is None or row.has_roster or not row.members:
        return ""
    if row.has_list:
        return "Not all members are here yet"
    return "Nobody lists the members here: these are the people who wrote"


def type_title(row: CommunityRow) -> str:
    """The type in words."""
    if row.platform in WEB_SITES:
        return "Web site"
    return TYPE_TITLES[row.type] if row.type is not None else "Not set"


def active_share(row: CommunityRow) -> float | None:
    """Members who wrote in the last 90 days out of all; None without members, and where nobody can write."""
    return row.active_90d / row.members if row.members and not row.is_people_only else None


def _is_unwritten(row: CommunityRow) -> bool:
    """Whether nobody writes there by its nature, so that its silence is none."""
    return row.is_people_only or row.platform in WEB_SITES


def _unwritten(row: CommunityRow) -> str:
    return _PEOPLE_ONLY if row.is_people_only else _NOBODY


def _not_known(row: CommunityRow, *, today: date) -> str:
    if row.known_until is None:
        return "Not known: no source has promised that these messages are complete."
    if (today - row.known_until).days <= _FRESH_DAYS:
        return _NOT_YET
    return f"Not known since {numbers.day(row.known_until)}"


def _active_text(row: CommunityRow) -> str:
    whom = "" if row.has_roster else " who ever wrote"
    return f"{numbers.count(row.active_90d)} of {numbers.count(row.members)}{whom} wrote in the last 90 days"


def _last_text(row: CommunityRow) -> str:
    return numbers.moment(row.last_at)
