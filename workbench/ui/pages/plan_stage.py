"""PlanStage: which view of the Plans page is shown, with the heading, filter and line above that belong to it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from workbench.ui.pages.page import Page
from workbench.ui.pages.plan_cards import CardFilter, PlanCards
from workbench.ui.pages.plan_data import PlansData
from workbench.ui.pages.plan_header import PlanHeader, View
from workbench.ui.pages.plan_list import PlanList
from workbench.ui.pages.plan_news import PlanNews
from workbench.ui.pages.plan_panels import PlanPanels
from workbench.ui.pages.plan_states import first_plan, none_here
from workbench.ui.widgets.state_panel import Offer, StateWords

SHARING: Final = ("plan.send", "plan.receive", "plan.choices", "plan.copies", "partners.open", "rollup.send")


class PlanStage(QObject):
    """`view` is None until something was read; `turned` follows every change of it. `data` is what was read last."""

    turned = Signal()

    def __init__(
        self,
        page: Page,
        cards: PlanCards,
        *,
        up: Callable[[], object],
        export: Callable[[], object],
        new_card: Callable[[], object],
        new_plan: Callable[[], object],
    ) -> None:
        super().__init__(page)
        context = page.context
        self._page, self._cards, self._new_plan, self._context = page, cards, new_plan, context
        self.view: View | None = None
        self.data: PlansData | None = None
        self._shows_cards = True
        self.list = PlanList(context.theme)
        self.panels = PlanPanels(context)
        self.news = PlanNews(context, changed=self._say_news)
        self.tools = PlanHeader(
            context.theme, up=up, export=export, new_card=new_card, new_plan=new_plan, title=page.set_title,
            share=[context.actions.action(each) for each in SHARING],
        )  # fmt: skip
        self.tools.place(page.lead, page.buttons)
        self.tools.filter.textChanged.connect(self._on_filter)
        self.panels.add(View.LIST, self.list)
        page.body.addWidget(self.panels)

    def show(self, view: View) -> None:
        """Turns to a view that has something to show."""
        if self.view is View.ARCHIVED and view is not View.ARCHIVED:
            self.forget_filter()
        self.view = view
        self.panels.turn_to(view)
        self._show_tools()
        self._say_news()
        self._page.show_content()
        self.turned.emit()

    def show_plans(self) -> None:
        """Turns to the list, or says why there is nothing in it."""
        data = self.data
        if data is None:
            return
        if not data.plans and not data.archived:
            receive = partial(self._context.actions.trigger, "plan.receive")
            self._say_nothing(first_plan(new=self._new_plan, receive=receive))
        elif data.plans and not data.here and not self.list.shows_others.isChecked():
            self._say_nothing(none_here(data, new=self._new_plan, show_all=self._show_others))
        else:
            self.show(View.LIST)

    def set_shows_cards(self, *, shows: bool) -> None:
        """Says whether the board's place shows cards, which can be filtered and added to."""
        self._shows_cards = shows
        self._show_tools()

    def focus_filter(self) -> None:
        """Puts the keyboard into the filter, where the view has one."""
        if self.view in {View.BOARD, View.LIST, View.ARCHIVED}:
            self.tools.filter.setFocus()
            self.tools.filter.selectAll()

    def forget_filter(self) -> None:
        """Shows everything again."""
        self.tools.filter.clear()
        self._cards.set_filter(CardFilter())

    def fit(self) -> None:
        """Follows the width of the page."""
        self.tools.fit(self._page.width())

    def _show_others(self) -> None:
        self.list.shows_others.setChecked(True)
        self.show(View.LIST)

    def _say_nothing(self, words: StateWords) -> None:
        self.view = View.LIST
        self._show_tools()
        self.tools.show_nothing()
        self._say_news()
        self._page.show_state(words)
        self.turned.emit()

    def _say_news(self) -> None:
        """Above the plans, not above the work on one of them."""
        is_told = self.view is View.LIST and bool(self.news.words)
        offer = Offer("Look at it", self.news.open) if is_told else None
        self._page.set_note(self.news.words if is_told else "", icon="download-simple", token="accent", offer=offer)

    def _show_tools(self) -> None:
        if self.view is not None:
            self.tools.show(self.view, self.data, shows_cards=self._shows_cards)

    def _on_filter(self, text: str) -> None:
        if self.view is View.LIST:
            self.list.set_filter(text)
        elif self.view is View.ARCHIVED:
            self.panels.archived.set_filter(text)
        else:
            self._cards.set_filter(replace(self._cards.filter, text=text))
