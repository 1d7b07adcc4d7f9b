"""PlanHeader: what stands in the heading of the Plans page in each of its views: the way up, filter and buttons."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.ui import numbers
from workbench.ui.pages.plan_data import PlansData
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.filter_box import FilterBox


class View(StrEnum):
    """What the Plans page shows."""

    LIST = "list"
    BOARD = "board"
    FORM = "form"
    EXPORT = "export"


class PlanHeader(QObject):
    """Makes the widgets of the heading and shows those that belong to a view."""

    def __init__(
        self,
        theme: Theme,
        *,
        up: Callable[[], object],
        export: Callable[[], object],
        new_card: Callable[[], object],
        new_plan: Callable[[], object],
    ) -> None:
        super().__init__()
        self.filter = FilterBox(theme, hint="Filter cards", width=176)
        self._up = push_button("Plans", theme=theme, kind="link", clicked=up)
        self._export = push_button("Export…", theme=theme, icon="export", clicked=export)
        self._export.setToolTip("Export the plan summary (Ctrl+E)")
        self._new_card = push_button("New card", theme=theme, kind="primary", icon="plus", clicked=new_card)
        self._new_card.setToolTip("New card (Ctrl+N)")
        self._new_plan = push_button("New plan", theme=theme, kind="primary", icon="plus", clicked=new_plan)
        self._widgets: tuple[QWidget, ...] = (self._up, self.filter, self._export, self._new_card, self._new_plan)

    def place(self, lead: QHBoxLayout, buttons: QHBoxLayout) -> None:
        """Puts the widgets into the heading, hidden until a view is shown."""
        lead.addWidget(self._up)
        for widget in self._widgets[1:]:
            buttons.addWidget(widget)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Leaves the heading to the title, as for a page in first use."""
        for widget in self._widgets:
            widget.hide()

    def show_view(self, view: View, *, has_list: bool) -> None:
        """Shows what belongs to a view; `has_list` says whether there is a list of plans to go up to."""
        is_board = view is View.BOARD
        self._up.setVisible(view in {View.FORM, View.EXPORT} or (is_board and has_list))
        self._up.setText("Back to the plan" if view is View.EXPORT else "Plans")
        self.filter.setVisible(view in {View.BOARD, View.LIST})
        hint = "Filter cards" if is_board else "Filter plans"
        self.filter.setPlaceholderText(hint)
        self.filter.setAccessibleName(hint)
        self._export.setVisible(is_board)
        self._new_card.setVisible(is_board)
        self._new_plan.setVisible(view is View.LIST)


def heading(view: View, data: PlansData, *, has_room: bool) -> tuple[str, str]:
    """Title and subtitle of a view; without room the subtitle of a board gives way."""
    if view is View.FORM:
        return "New plan", "90 days, counted from day 0"
    if view is View.LIST or data.board is None:
        return "Plans", numbers.count(len(data.plans)) if data.plans else ""
    plan = data.board.plan
    if view is View.EXPORT:
        return "Export", plan.name
    return plan.name, (plan.community_name or "All communities") if has_room else ""
