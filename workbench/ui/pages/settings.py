"""Settings page: look, who one is, who is new, where the data live, backups and checks, what the program is made of."""

from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.pages.page import NO_PERIOD, Page
from workbench.ui.pages.settings_about import AboutCard
from workbench.ui.pages.settings_data import SettingsData, read_settings
from workbench.ui.pages.settings_look import LookCard
from workbench.ui.pages.settings_me import MeCard
from workbench.ui.pages.settings_newcomers import NewcomersCard
from workbench.ui.pages.settings_organisation import OrganisationCard
from workbench.ui.pages.settings_profile import BackupCard, CheckCard, ProfileCard

_TWO_FROM: Final = 900
_WIDEST: Final = 1280


class SettingsPage(Page):
    """Everything takes effect at once; there is nothing to save."""

    KEY: ClassVar[str] = "settings"
    TITLE: ClassVar[str] = "Settings"
    ICON: ClassVar[str] = "gear"
    OWN_PERIOD: ClassVar[tuple[str, str]] = NO_PERIOD
    SCROLLS: ClassVar[bool] = True
    DEPENDS_ON: ClassVar[Changes] = Changes.PREFERENCES | Changes.MEMBERS

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._is_wide: bool | None = None
        self._look = LookCard(self.theme, context.actions)
        self._me = MeCard(context)
        self._newcomers = NewcomersCard(context)
        self._organisation = OrganisationCard(context)
        self._profile = ProfileCard(context)
        self._backups = BackupCard(context)
        self._check = CheckCard(context)
        self._about = AboutCard(context)
        self._columns = [QVBoxLayout(), QVBoxLayout()]
        holder = QWidget()
        holder.setProperty("ground", "clear")
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        for column in self._columns:
            column.setSpacing(16)
        left = (self._look, self._me, self._organisation, self._newcomers)
        right = (self._profile, self._backups, self._check)
        sides: tuple[tuple[QWidget, ...], ...] = (left, right)
        for column, cards in zip(self._columns, sides, strict=True):
            for card in cards:
                column.addWidget(card)
        for column in self._columns:
            column.addStretch(1)
        self._holder = holder
        self.body.addWidget(holder)
        self.body.addStretch(1)
        context.backups.backed_up.connect(self.mark_stale)
        self.theme.changed.connect(self._arrange)
        self._arrange()

    @override
    def refresh(self) -> None:
        self.load(partial(read_settings, self.context.workspace), self._on_data)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _on_data(self, data: SettingsData) -> None:
        self._me.show_data(data)
        self._newcomers.show_data(data)
        self._organisation.show_data(data)
        self._profile.show_data(data)
        self._backups.show_data(data)

    def _arrange(self) -> None:
        """Two columns where there is room for two."""
        self._holder.setMaximumWidth(self.theme.px(_WIDEST))
        is_wide = self.width() >= self.theme.px(_TWO_FROM)
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        # About comes last in either arrangement.
        last = self._columns[0 if is_wide else 1]
        for column in self._columns:
            column.removeWidget(self._about)
        last.insertWidget(last.count() - 1, self._about)
        for column in self._columns:
            self._grid.removeItem(column)
        for place, column in enumerate(self._columns):
            at = (0, place) if is_wide else (place, 0)
            self._grid.addLayout(column, *at, Qt.AlignmentFlag.AlignTop if is_wide else Qt.AlignmentFlag(0))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if is_wide else 0)
