"""Member columns: a small panel to choose which columns the directory shows."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from workbench.ui.qt_models.member_table import COLUMNS
from workbench.ui.theme import Theme
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover
from workbench.ui.widgets.ticks import TickBox


class ColumnPopup(Popover):
    """`chosen(keys)` after each change; the name is always shown."""

    def __init__(
        self, theme: Theme, anchor: QWidget, *, columns: Sequence[str], chosen: Callable[[tuple[str, ...]], object]
    ) -> None:
        super().__init__(theme, anchor, width=264)
        self._chosen = chosen
        self.setAccessibleName("Columns")
        self.column.addWidget(PlainLabel("Columns", role="captionstrong"))
        self._boxes: dict[str, TickBox] = {}
        for column in COLUMNS:
            box = TickBox(theme, column.title)
            box.setChecked(column.key in columns or column.key == "name")
            box.setEnabled(column.key != "name")
            box.toggled.connect(self._on_toggled)
            self._boxes[column.key] = box
            self.column.addWidget(box)
        self.column.addWidget(
            PlainLabel("Where room is short, some wait until it is wider.", role="caption", wraps=True)
        )
        next(box for box in self._boxes.values() if box.isEnabled()).setFocus()

    def _on_toggled(self) -> None:
        self._chosen(tuple(key for key, box in self._boxes.items() if box.isChecked()))
