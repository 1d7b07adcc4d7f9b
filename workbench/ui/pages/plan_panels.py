"""PlanPanels: what the Plans page shows, one at a time; all but list and board are made when they are first wanted."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from workbench.ui.context import Context
from workbench.ui.pages.plan_header import View

if TYPE_CHECKING:
    # Loaded with their first use, so that the page opens at once.
    from workbench.ui.pages.plan_archived import ArchivedCards
    from workbench.ui.pages.plan_export import ExportPanel
    from workbench.ui.pages.plan_start import PlanStarter


class PlanPanels(QStackedWidget):
    """`ready` when the form can be shown, `started(id)`, `left` and `failed` as of PlanStarter.

    `closed` and `saved` as of ExportPanel, `brought_back` as of ArchivedCards.
    """

    ready = Signal()
    started = Signal(str)
    left = Signal()
    failed = Signal(Exception)
    closed = Signal()
    saved = Signal()
    brought_back = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._views: dict[View, QWidget] = {}

    @cached_property
    def starter(self) -> "PlanStarter":
        """The way to a new plan, with its form."""
        from workbench.ui.pages.plan_start import PlanStarter  # noqa: PLC0415 - see above

        made = PlanStarter(self._context, self)
        self.add(View.FORM, made.form)
        made.ready.connect(self.ready)
        made.started.connect(self.started)
        made.left.connect(self.left)
        made.failed.connect(self.failed)
        return made

    @cached_property
    def export(self) -> "ExportPanel":
        """The export of a plan's summary."""
        from workbench.ui.pages.plan_export import ExportPanel  # noqa: PLC0415 - see above

        made = ExportPanel(self._context)
        self.add(View.EXPORT, made)
        made.closed.connect(self.closed)
        made.saved.connect(self.saved)
        return made

    @cached_property
    def archived(self) -> "ArchivedCards":
        """The cards that were taken off a plan."""
        from workbench.ui.pages.plan_archived import ArchivedCards  # noqa: PLC0415 - see above

        made = ArchivedCards(self._context.theme)
        self.add(View.ARCHIVED, made)
        made.closed.connect(self.closed)
        made.brought_back.connect(self.brought_back)
        return made

    @property
    def has_file(self) -> bool:
        """Whether an export was written that can be shown in its folder."""
        return View.EXPORT in self._views and self.export.written() is not None

    def reveal(self) -> None:
        """Shows in its folder what was exported last."""
        self.export.show_in_folder()

    def add(self, view: View, widget: QWidget) -> None:
        """Takes in what shows a view."""
        self._views[view] = widget
        self.addWidget(widget)

    def take_focus(self, view: View) -> None:
        """Puts the keyboard where work on a view begins."""
        self._views[view].setFocus()

    def turn_to(self, view: View) -> None:
        """Shows a view that was taken in."""
        self.setCurrentWidget(self._views[view])
