"""Comparison choice: which communities of a type stand side by side where there are more than are read at once."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget
from typing_extensions import override

from workbench.ids import CommunityId
from workbench.ui import numbers
from workbench.ui.pages.comparison_data import MOST_COLUMNS
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.scope_popup import ScopePopup


class ComparisonChoice(ScopePopup):
    """`chosen(ids)`, at most MOST_COLUMNS, none for the first by name; those that are shown stand on top."""

    EVERY: ClassVar[str] = "First by name"

    def __init__(
        self,
        theme: Theme,
        anchor: QWidget,
        *,
        communities: Sequence[tuple[CommunityId, str]],
        shown: frozenset[CommunityId],
        chosen: Callable[[tuple[CommunityId, ...]], object],
    ) -> None:
        named = sorted(communities, key=lambda each: each[0] not in shown)
        super().__init__(
            theme,
            anchor,
            communities=[(each, line(name)) for each, name in named],
            scope=tuple(shown),
            chosen=chosen,
        )
        # A second click would come as this one too, and take back what the first did.
        self._list.itemActivated.disconnect(self._choose_one)

    @override
    def _choose_one(self, item: QListWidgetItem) -> None:
        is_in = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_in else Qt.CheckState.Checked)
        # The next name is typed over the last.
        self._filter.selectAll()

    @override
    def _on_checked(self) -> None:
        count = len(self._checked())
        self._count.setText(f"{numbers.count(count)} of at most {MOST_COLUMNS}")
        self._use.setEnabled(0 < count <= MOST_COLUMNS)
