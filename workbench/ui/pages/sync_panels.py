"""SyncPanels: the ways to bring something in, each made and loaded when it is first opened."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.context import Context
from workbench.ui.widgets.fitting_area import FittingArea

if TYPE_CHECKING:
    # Most visits to the page bring nothing in.
    from workbench.ui.pages.account_journey import AccountJourney
    from workbench.ui.pages.import_panel import ImportPanel
    from workbench.ui.pages.sync_archive import ArchivePanel
    from workbench.ui.pages.table_import import TableImportPanel

_PANEL_WIDTH: Final = 760
KEYS: Final = frozenset({"import", "table", "archive", "account"})
JOURNEY: Final = "workbench.ui.pages.account_journey"
"""What takes too long to load for a window that waits for it."""


class SyncPanels(QObject):
    """`left` when a panel is done with, `wanted` for another part of the page, `imported` for what has come in."""

    left = Signal()
    wanted = Signal(str)
    imported = Signal(int)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._areas: dict[str, QWidget] = {}

    @cached_property
    def importing(self) -> "ImportPanel":
        """Brings mail archives in."""
        from workbench.ui.pages.import_panel import ImportPanel  # noqa: PLC0415 - as said above

        panel = ImportPanel(self._context, self._context.sources)
        self._join(panel)
        return panel

    @cached_property
    def tables(self) -> "TableImportPanel":
        """Brings a table in."""
        from workbench.ui.pages.table_import import TableImportPanel  # noqa: PLC0415 - as said above

        panel = TableImportPanel(self._context, self._context.sources)
        self._join(panel)
        return panel

    @cached_property
    def archive(self) -> "ArchivePanel":
        """Adds the archive of a list by its address."""
        from workbench.ui.pages.sync_archive import ArchivePanel  # noqa: PLC0415 - as said above

        panel = ArchivePanel(self._context)
        panel.left.connect(self.left)
        panel.added.connect(lambda _name: self.left.emit())
        return panel

    @cached_property
    def journey(self) -> "AccountJourney":
        """Adds an account on a platform, or tends one."""
        from workbench.ui.pages.account_journey import AccountJourney  # noqa: PLC0415 - as said above

        journey = AccountJourney(self._context, self._context.sources)
        journey.left.connect(self.left)
        journey.turned.connect(self._to_top)
        journey.archive_wanted.connect(lambda: self.wanted.emit("archive"))
        return journey

    def area(self, key: str) -> QWidget:
        """The panel of a key with room around it."""
        if key not in self._areas:
            makers: dict[str, Callable[[], QWidget]] = {
                "import": lambda: self.importing, "table": lambda: self.tables, "archive": lambda: self.archive,
                "account": lambda: self.journey,
            }  # fmt: skip
            self._areas[key] = self._held(makers[key](), is_wide=key == "table")
            if key == "account":
                self._areas[key] = self._footed(self._areas[key], self.journey.feet)
        return self._areas[key]

    def start_import(self, *, community: str, is_traffic: bool) -> None:
        """Asks for mail archives, or for exports of web traffic."""
        from workbench.ui.pages.import_choice import FilesKind  # noqa: PLC0415 - as said above

        self.importing.start(community=community, wanted=FilesKind.TRAFFIC if is_traffic else FilesKind.MAIL)

    def is_made(self, key: str) -> bool:
        """Whether this one was opened before."""
        return key in self._areas

    def is_shown(self, key: str, shown: QWidget | None) -> bool:
        """Whether it is this one that is shown; asks nothing of one that was never opened."""
        return shown is not None and self._areas.get(key) is shown

    def take_focus(self, shown: QWidget | None) -> None:
        """Puts the keyboard where work in the panel that is shown begins."""
        if self.is_shown("account", shown):
            self.journey.take_focus()
        elif self.is_shown("archive", shown):
            self.archive.take_focus()
        else:
            (self.tables if self.is_shown("table", shown) else self.importing).take_focus()

    def _join(self, panel: "ImportPanel | TableImportPanel") -> None:
        panel.left.connect(self.left)
        panel.meanwhile.connect(self.left)
        panel.held_back_wanted.connect(lambda: self.wanted.emit("held-back"))
        panel.dashboard_wanted.connect(self.imported)

    def _to_top(self) -> None:
        area = self._areas.get("account")
        for scrolled in [] if area is None else area.findChildren(FittingArea):
            scrolled.verticalScrollBar().setValue(0)

    @staticmethod
    def _footed(area: QWidget, feet: QWidget) -> QWidget:
        """With the buttons of a panel below what scrolls, so that they are always in sight."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(area, 1)
        column.addWidget(feet)
        column.addStretch(0)
        return holder

    def _held(self, panel: QWidget, *, is_wide: bool) -> QWidget:
        """A panel of readable width at the start of the page, scrolling where text is large; or wide."""
        theme = self._context.theme
        inner = QWidget()
        inner.setProperty("ground", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        if not is_wide:
            panel.setMaximumWidth(theme.px(_PANEL_WIDTH))
            theme.changed.connect(lambda: panel.setMaximumWidth(theme.px(_PANEL_WIDTH)))
        # In a row, which asks for the height at the width the panel gets; a column would ask at its own.
        row = QHBoxLayout()
        row.addWidget(panel, 1000)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return FittingArea(inner)
