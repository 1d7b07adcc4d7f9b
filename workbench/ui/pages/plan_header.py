"""PlanHeader: what stands in the heading of the Plans page in each of its views: the way up, filter and buttons."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from workbench.ui import numbers
from workbench.ui.pages.plan_data import PlansData
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.filter_box import FilterBox

_SHARE: Final = "Share"
_SHORT_BELOW: Final = 760
_TIGHT_BELOW: Final = 520
_WIDE_TITLE_FROM: Final = 880
_FILTER, _TIGHT_FILTER = 176, 104


class View(StrEnum):
    """What the Plans page shows."""

    LIST = "list"
    BOARD = "board"
    FORM = "form"
    EXPORT = "export"
    ARCHIVED = "archived"


OF_A_PLAN: Final = {View.EXPORT: "Export", View.ARCHIVED: "Archived cards"}
"""Views of one plan that stand in front of its board, by title."""


class PlanHeader(QObject):
    """Makes the widgets of the heading and shows those that belong to a view; `title(words, beside)` is told both."""

    def __init__(
        self,
        theme: Theme,
        *,
        up: Callable[[], object],
        export: Callable[[], object],
        new_card: Callable[[], object],
        new_plan: Callable[[], object],
        title: Callable[[str, str], object],
        share: Sequence[QAction] = (),
    ) -> None:
        super().__init__()
        self._theme, self._title = theme, title
        self._width = 0
        self._shown: tuple[View, PlansData] | None = None
        self.filter = FilterBox(theme, hint="Filter cards", width=_FILTER)
        self._up = push_button("Plans", theme=theme, kind="link", clicked=up)
        self._export = push_button("Export…", theme=theme, icon="export", clicked=export)
        self._export.setToolTip("Export the plan summary (Ctrl+E)")
        self._new_card = push_button("New card", theme=theme, kind="primary", icon="plus", clicked=new_card)
        self._new_card.setToolTip("New card (Ctrl+N)")
        self._new_plan = push_button("New plan", theme=theme, kind="primary", icon="plus", clicked=new_plan)
        self._new_plan.setToolTip("New plan")
        self._share = _share_button(theme, share)
        self._widgets: tuple[QWidget, ...] = (
            self._up, self.filter, self._share, self._export, self._new_card, self._new_plan,
        )  # fmt: skip

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

    def show(self, view: View, data: PlansData | None, *, shows_cards: bool) -> None:
        """Shows what belongs to a view, and says its title once something was read."""
        self._shown = None if data is None else (view, data)
        self.show_view(view, shows_cards=shows_cards)
        self._say_title()

    def fit(self, width: int) -> None:
        """Leaves icons alone where words have no room; what they mean is said on hover and to a screen reader."""
        px = self._theme.px
        is_short, is_tight = width < px(_SHORT_BELOW), width < px(_TIGHT_BELOW)
        for button, words, gives_way in (
            (self._share, _SHARE, is_short),
            (self._export, "Export…", is_short),
            (self._new_card, "New card", is_tight),
            (self._new_plan, "New plan", is_tight),
        ):
            button.setText("" if gives_way else words)
        self.filter.set_width(_TIGHT_FILTER if is_tight else _FILTER)
        self._width = width
        self._say_title()

    def _say_title(self) -> None:
        if self._shown is not None:
            # Beside an open card the name of the plan needs the room.
            self._title(*heading(*self._shown, has_room=self._width >= self._theme.px(_WIDE_TITLE_FROM)))

    def show_view(self, view: View, *, shows_cards: bool = True) -> None:
        """Shows what belongs to a view; the list of plans, where new ones begin, is always a step up.

        The sheet of a plan shows no cards, so there are none to filter or to add.
        """
        is_board = view is View.BOARD
        self._up.setVisible(view is not View.LIST)
        self._up.setText("Back to the plan" if view in OF_A_PLAN else "Plans")
        self.filter.setVisible(view in {View.LIST, View.ARCHIVED} or (is_board and shows_cards))
        hint = "Filter plans" if view is View.LIST else "Filter cards"
        self.filter.setPlaceholderText(hint)
        self.filter.setAccessibleName(hint)
        self._export.setVisible(is_board)
        self._share.setVisible(view in {View.BOARD, View.LIST})
        self._new_card.setVisible(is_board and shows_cards)
        self._new_plan.setVisible(view is View.LIST)


def _share_button(theme: Theme, acts: Sequence[QAction]) -> QPushButton:
    """What goes to other laptops and comes from them, behind one button."""
    button = push_button(_SHARE, theme=theme, icon="share-network")
    button.setAccessibleName("Share the plan with others")
    button.setToolTip("Share the plan with others")
    menu = QMenu(button)
    menu.addActions(acts)
    button.setMenu(menu)
    return button


def heading(view: View, data: PlansData, *, has_room: bool) -> tuple[str, str]:
    """Title and subtitle of a view; without room the subtitle of a board gives way."""
    if view is View.FORM:
        return "New plan", "90 days, counted from day 0"
    if view is View.LIST or data.board is None:
        return "Plans", numbers.count(len(data.here)) if data.here else ""
    plan = data.board.plan
    if view in OF_A_PLAN:
        return OF_A_PLAN[view], plan.name
    return plan.name, (plan.community or "All communities") if has_room else ""
