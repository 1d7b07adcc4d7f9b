"""CommunityTableModel: communities with their key numbers, one row each."""

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QObject

from workbench.models.kinds import CommunityType
from workbench.queries.communities import CommunityRow
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


class CommunityTableModel(RowsModel[CommunityRow]):
    """`set_now` says what "today" and "ago" mean; rows are read again when it changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._now: datetime | None = None
        columns: tuple[Column[CommunityRow], ...] = (
            Column("Community", lambda row: row.name, lambda row: row.name.casefold(), tip=lambda row: row.description),
            Column("Type", type_title, lambda row: type_title(row).casefold(), width=184),
            Column("Members", lambda row: numbers.count(row.members), lambda row: row.members, 96, is_number=True),
            Column(
                "Active share", lambda row: numbers.percent(active_share(row)), active_share, 112, is_number=True,
                tip=_active_text,
            ),
            Column(
                "Messages a week", _trend_text, lambda row: sum(row.trend), 160, spark=lambda row: row.trend,
                tip=lambda row: f"{numbers.count(sum(row.trend))} messages in the last {len(row.trend)} weeks",
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

    def _known(self, row: CommunityRow) -> str:
        return numbers.known_until(row.known_until, today=self._today())

    def _known_mark(self, row: CommunityRow) -> tuple[str, str]:
        if row.known_until is None:
            return "circle-dashed", "unknown"
        is_fresh = (self._today() - row.known_until).days <= _FRESH_DAYS
        return ("check-circle", "good") if is_fresh else ("clock", "watch")

    def _known_tip(self, row: CommunityRow) -> str:
        if row.known_until is None:
            return "No source has promised that these messages are complete. Numbers count what is here."
        return f"Everything up to {numbers.day(row.known_until)} is here."

    def _today(self) -> date:
        return self._now.date() if self._now is not None else date.min


def type_title(row: CommunityRow) -> str:
    """The type in words."""
    return TYPE_TITLES[row.type] if row.type is not None else "Not set"


def active_share(row: CommunityRow) -> float | None:
    """Members who wrote in the last 90 days out of all; None without members."""
    return row.active_90d / row.members if row.members else None


def _trend_text(row: CommunityRow) -> str:
    return numbers.count(row.trend[-1]) if row.trend else numbers.MISSING


def _active_text(row: CommunityRow) -> str:
    return f"{numbers.count(row.active_90d)} of {numbers.count(row.members)} wrote in the last 90 days"


def _last_text(row: CommunityRow) -> str:
    return numbers.moment(row.last_at)
