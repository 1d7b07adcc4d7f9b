"""CommunityTableModel: communities with their key numbers, one row each."""

from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject

from workbench.models.kinds import WEB_SITES, AccountKind, CommunityType
from workbench.queries.communities import ACTIVE_DAYS, CommunityRow
from workbench.queries.coverage import MINIMUM_COVERAGE
from workbench.ui import numbers
from workbench.ui.qt_models.rows_model import Column, RowsModel

TYPE_TITLES: Final = {
    CommunityType.PROJECT_TEAM: "Project team",
    CommunityType.COMMUNITY_OF_PRACTICE: "Community of practice",
    CommunityType.INFORMATION_FORUM: "Information forum",
    CommunityType.BROADCAST_STREAM: "Broadcast stream",
}
NAME, TYPE, MEMBERS, ACTIVE, TREND, LAST, KNOWN = range(7)
_FRESH_DAYS: Final = 2
_SETTLED_DAYS: Final = 4
"""Of a web site: its days change for two days after they are over, and it may lie in another time zone."""
FROM_FILES: Final = frozenset({AccountKind.MAILING_LIST, AccountKind.TABLE, AccountKind.ANALYTICS_FILE})
"""What cannot be synced: its unknown days are the files' own."""
_NOBODY: Final = "A web site: it has page views, and neither members nor messages."


class CommunityTableModel(RowsModel[CommunityRow]):
    """`set_now` says what "today" and "ago" mean; rows are read again when it changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._now: datetime | None = None
        columns: tuple[Column[CommunityRow], ...] = (
            Column("Community", lambda row: row.name, lambda row: row.name.casefold(), tip=lambda row: row.description),
            Column("Type", type_title, lambda row: type_title(row).casefold(), width=184),
            Column("Members", _members_text, _members, 96, is_number=True),
            Column(
                "Active share", lambda row: numbers.percent(self._active(row)), self._active, 112, is_number=True,
                tip=self._active_tip,
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

    def _last(self, row: CommunityRow) -> str:
        return numbers.ago(row.last_at, now=self._now) if self._now is not None and row.last_at else numbers.MISSING

    def _active(self, row: CommunityRow) -> float | None:
        """The active share; None where too few of its days are known: silence is not what nobody looked at."""
        if row.known_until is None or 1 - (self._today() - row.known_until).days / ACTIVE_DAYS < MINIMUM_COVERAGE:
            return None
        return active_share(row)

    def _active_tip(self, row: CommunityRow) -> str:
        if row.platform in WEB_SITES:
            return _NOBODY
        return _not_known(row) if row.members and self._active(row) is None else _active_text(row)

    def _trend(self, row: CommunityRow) -> tuple[int | None, ...]:
        """Messages a week, None in weeks that are not wholly known; the running one counts while it is followed."""
        if row.platform in WEB_SITES:
            return ()
        today = self._today()
        monday, known = today - timedelta(days=today.weekday()), row.known_until
        if known is None:
            return (None,) * len(row.trend)
        is_followed = (today - known).days <= _FRESH_DAYS and known >= monday - timedelta(days=1)
        ends = (monday - timedelta(days=7 * back - 6) for back in range(len(row.trend) - 1, -1, -1))
        return tuple(
            count if known >= end or (end >= today and is_followed) else None
            for count, end in zip(row.trend, ends, strict=True)
        )

    def _trend_text(self, row: CommunityRow) -> str:
        return numbers.count(next(reversed(self._trend(row)), None))

    def _trend_key(self, row: CommunityRow) -> int | None:
        return None if next(reversed(self._trend(row)), None) is None else sum(row.trend)

    def _trend_tip(self, row: CommunityRow) -> str:
        if row.platform in WEB_SITES:
            return _NOBODY
        if self._trend_key(row) is None:
            return _not_known(row)
        return f"{numbers.count(sum(row.trend))} messages in the last {len(row.trend)} weeks"

    def _known(self, row: CommunityRow) -> str:
        if row.known_until is None and row.platform in FROM_FILES:
            return "not covered"
        return numbers.known_until(row.known_until, today=self._today())

    def _known_mark(self, row: CommunityRow) -> tuple[str, str]:
        if row.known_until is None:
            return "circle-dashed", "unknown"
        still_good = _SETTLED_DAYS if row.platform in WEB_SITES else _FRESH_DAYS
        is_fresh = (self._today() - row.known_until).days <= still_good
        return ("check-circle", "good") if is_fresh else ("clock", "watch")

    def _known_tip(self, row: CommunityRow) -> str:
        if row.known_until is None:
            if row.platform in WEB_SITES:
                return "No source has promised that these days are complete. The dashboard shows what is here."
            return "No source has promised that these messages are complete. Numbers count what is here."
        return f"Everything up to {numbers.day(row.known_until)} is here."

    def _today(self) -> date:
        return self._now.date() if self._now is not None else date.min


def _members(row: CommunityRow) -> int | None:
    """Members; None for a web site, which has none to count."""
    return None if row.platform in WEB_SITES else row.members


def _members_text(row: CommunityRow) -> str:
    return numbers.count(_members(row))


def type_title(row: CommunityRow) -> str:
    """The type in words."""
    if row.platform in WEB_SITES:
        return "Web site"
    return TYPE_TITLES[row.type] if row.type is not None else "Not set"


def active_share(row: CommunityRow) -> float | None:
    """Members who wrote in the last 90 days out of all; None without members."""
    return row.active_90d / row.members if row.members else None


def _not_known(row: CommunityRow) -> str:
    if row.known_until is None:
        return "Not known: no source has promised that these messages are complete."
    return f"Not known since {numbers.day(row.known_until)}"


def _active_text(row: CommunityRow) -> str:
    return f"{numbers.count(row.active_90d)} of {numbers.count(row.members)} wrote in the last 90 days"


def _last_text(row: CommunityRow) -> str:
    return numbers.moment(row.last_at)
