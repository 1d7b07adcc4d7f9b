"""CoverList: communities under an account: a strip of years for files, a calendar for each that lives on a line."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from workbench.ids import CommunityId
from workbench.ui.context import Context
from workbench.ui.pages.sync_coverage import CommunityLine, NameButton, stacked
from workbench.ui.pages.sync_data import Cover
from workbench.ui.pages.sync_words import cover_words, whole_words
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.coverage_strip import CoverageStrip
from workbench.ui.widgets.plain_label import PlainLabel

_NAME_SHARE: Final = 3
_STRIP_SHARE: Final = 4
_AT_ONCE: Final = 4
_OPEN_UP_TO: Final = 6
"""Accounts on a line with so few communities show them without being asked."""


class CoverList(QWidget):
    """`turned` when it opened or closed; `kept` and `gone` answer the question of one community."""

    turned = Signal()
    kept = Signal(object)
    gone = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._covers: tuple[Cover, ...] = ()
        self._now: datetime | None = None
        self._lines: dict[CommunityId, CommunityLine] = {}
        self._strips: QWidget | None = None
        self._shown_strips: tuple[Cover, ...] = ()
        self._is_live = False
        self.is_open = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    @property
    def count(self) -> int:
        """How many communities there are."""
        return len(self._covers)

    def words(self) -> str:
        """How far they are known."""
        return whole_words(self._covers, is_live=self._is_live)

    def show_covers(self, covers: Sequence[Cover], *, is_live: bool, now: datetime, is_first: bool) -> None:
        """Shows newer data; a community that waits for an answer opens the list."""
        is_new_question = any(cover.held for cover in covers) and not any(cover.held for cover in self._covers)
        self._covers, self._is_live, self._now = tuple(covers), is_live, now
        if (is_first and is_live and len(covers) <= _OPEN_UP_TO) or is_new_question:
            self.is_open = True
        self._fill()

    def turn(self) -> None:
        """Opens it, or closes it."""
        self.is_open = not self.is_open
        self._fill()
        self.turned.emit()

    def line(self, community_id: CommunityId) -> CommunityLine:
        """The line of one community."""
        return self._lines[community_id]

    def _fill(self) -> None:
        if not self._covers or self._now is None:
            self.hide()
        elif self._is_live:
            is_shown = self.is_open or len(self._covers) == 1
            if is_shown:
                self._fill_lines(self._now)
            self.setVisible(is_shown)
        else:
            self._fill_strips()

    def _fill_lines(self, now: datetime) -> None:
        """Lines are kept, moved and filled anew, never made twice."""
        for gone in set(self._lines) - {cover.community_id for cover in self._covers}:
            self._lines.pop(gone).deleteLater()
        made = 0
        for place, cover in enumerate(self._covers):
            line = self._lines.get(cover.community_id)
            if line is None:
                made += 1
                if made > _AT_ONCE:
                    # The rest a moment later, so that the window never stands still.
                    QTimer.singleShot(0, self, self._fill)
                    return
                line = self._lines[cover.community_id] = CommunityLine(self._context)
                line.kept.connect(self.kept)
                line.gone.connect(self.gone)
            if self._column.indexOf(line) != place:
                self._column.insertWidget(place, line)
            line.show_cover(cover, now=now)

    def _fill_strips(self) -> None:
        """Files cover years: one community has a strip with them, several have one each once they are asked for."""
        covers = self._covers
        has_one = len(covers) == 1 and (covers[0].messages > 0 or bool(covers[0].known))
        is_shown = has_one or (self.is_open and len(covers) > 1)
        if is_shown and self._shown_strips != covers:
            self._shown_strips = covers
            if self._strips is not None:
                self._strips.hide()
                self._strips.deleteLater()
            self._strips = self._one(covers[0]) if has_one else self._many()
            self._column.addWidget(self._strips)
        self.setVisible(is_shown)

    def _one(self, cover: Cover) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._strip(cover, has_years=True), 0, 0, 1, 2)
        grid.addWidget(PlainLabel(cover_words(cover), role="small", elides=True), 1, 0)
        link = push_button("Open dashboard", theme=self._context.theme, kind="link", clicked=lambda: self._open(cover))
        link.setAccessibleName(f"Open the dashboard of {cover.name}")
        grid.addWidget(link, 1, 1, Qt.AlignmentFlag.AlignTrailing)
        return holder

    def _many(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for column, share in enumerate((_NAME_SHARE, _STRIP_SHARE, _NAME_SHARE)):
            grid.setColumnStretch(column, share)
        for row, cover in enumerate(self._covers):
            link = NameButton(self._context.theme)
            link.show_name(cover.name)
            link.clicked.connect(lambda _checked=False, cover=cover: self._open(cover))
            grid.addWidget(stacked(link), row, 0)
            grid.addWidget(self._strip(cover, has_years=False), row, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(stacked(PlainLabel(cover_words(cover), role="small", elides=True)), row, 2)
        return holder

    def _strip(self, cover: Cover, *, has_years: bool) -> CoverageStrip:
        strip = CoverageStrip(self._context.theme, has_years=has_years)
        strip.show_days(cover.first, cover.last, cover.known, words=f"{cover.name}: {cover_words(cover)}")
        return strip

    def _open(self, cover: Cover) -> None:
        self._context.open_page("dashboard", cover.community_id)
