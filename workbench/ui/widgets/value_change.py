"""ValueChange: one field of a card or plan: what it was, and what it would be with who changed it when under it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel

NOTHING = "nothing"
_FIELD_WIDTH = 136


class ValueChange(QWidget):
    """Before and after beside the name of the field; the after alone where there was nothing to be before."""

    def __init__(
        self, theme: Theme, *, field: str, before: str, after: str, who: str = "", is_new: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        name = PlainLabel(field, role="small", wraps=True)
        name.setFixedWidth(theme.px(_FIELD_WIDTH))
        theme.changed.connect(lambda: name.setFixedWidth(theme.px(_FIELD_WIDTH)))
        row.addWidget(name, 0, top)
        values = QHBoxLayout()
        values.setSpacing(8)
        if not is_new:
            values.addWidget(PlainLabel(before or NOTHING, role="second", wraps=True), 1, top)
            values.addWidget(IconLabel("arrow-right", theme, token="third"), 0, top)
        # Who and when belong to the new value: below both they would be read as who wrote the old one.
        new = QWidget()
        new.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(new)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PlainLabel(after or NOTHING, wraps=True))
        if who:
            column.addWidget(PlainLabel(who, role="caption", wraps=True))
        values.addWidget(new, 1, top)
        row.addLayout(values, 1)
        said = f"{field}: {after or NOTHING}" if is_new else f"{field}: from {before or NOTHING} to {after or NOTHING}"
        self.setAccessibleName(f"{said}; {who}" if who else said)
