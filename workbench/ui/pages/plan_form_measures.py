"""MeasuresStep: the last step of a new plan: the numbers that will show that it worked, from template and catalogue."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.metrics.catalog import METRICS
from workbench.models.kinds import CommunityType
from workbench.ui import numbers
from workbench.ui.pages.plan_data import MeasureOffer, Outlook
from workbench.ui.pages.plan_measures import MeasureChoices, span_words
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.field import ProblemLine
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.ticks import TickBox

if TYPE_CHECKING:
    from workbench.plans.drafts import ObjectiveDraft
    from workbench.plans.templates import Template


class MeasuresStep(QWidget):
    """A template's own objectives come along when `taken` is ticked; the grid below adds to them.

    `targets` are what the type of the community proposes; an objective of the template without a target gets that one.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.targets: Mapping[str, float | None] = {}
        self._template: Template | None = None
        self.measures = MeasureChoices(theme)
        self.problem = ProblemLine(theme)
        self.taken = TickBox(theme, "")
        self._titles = LinesLabel(theme, most=3, size=SMALL, token="second")
        self.span = PlainLabel("", role="caption", wraps=True)
        self._unknown, self._banner = LinesLabel(theme, most=3), Banner(theme)
        card = Card("What will show that it worked", "Tick one to three")
        card.body.addWidget(self.problem)
        row = QHBoxLayout(self._banner)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel("warning-circle", theme, token="watch"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._unknown, 1)
        card.body.addWidget(self._banner)
        self._banner.hide()
        card.body.addWidget(self.taken)
        card.body.addWidget(self._titles)
        card.body.addWidget(self.span)
        card.body.addWidget(self.measures)
        card.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.show_template(None)
        self.setFocusProxy(self.measures)

    def show_values(self, outlook: Outlook, kind: CommunityType | None, *, starts_on: date) -> None:
        """Shows what would be frozen on `starts_on`, of which days, and the usual targets of the type."""
        offers = [MeasureOffer(each, outlook.baselines[each.key], each.target(kind)) for each in METRICS]
        self.targets = {offer.metric.key: offer.proposed for offer in offers}
        self.measures.show_offers(offers, has_type=kind is not None)
        self.span.setText(span_words(outlook, starts_on=starts_on))

    @property
    def warning(self) -> str:
        """What is said of empty baselines."""
        return self._unknown.text

    def warn(self, words: str) -> None:
        """Says what is not known; empty takes it away."""
        self._unknown.set_text(words)
        self._banner.setVisible(bool(words))

    def show_template(self, template: "Template | None") -> None:
        """Offers the objectives of another template."""
        is_other = template is None or self._template is None or template.key != self._template.key
        self._template = template
        objectives = () if template is None else template.objectives
        self.taken.setVisible(bool(objectives))
        self._titles.setVisible(bool(objectives))
        if is_other:
            self.taken.setChecked(bool(objectives))
        if template is not None and objectives:
            count = numbers.plural(len(objectives), "objective", "objectives")
            self.taken.setText(f"Take the {count} of “{template.title}”")
            self.taken.setAccessibleName(self.taken.text())
            self._titles.set_text(" · ".join(each.title for each in objectives))

    def objectives(self) -> "tuple[ObjectiveDraft, ...]":
        """The objectives that come with the template."""
        if self._template is None or not self.taken.isChecked():
            return ()
        return tuple(
            each if each.target is not None else replace(each, target=self.targets.get(each.measure))
            for each in self._template.objectives
        )
