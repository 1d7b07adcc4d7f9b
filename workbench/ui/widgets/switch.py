"""Switch: shows one of several widgets and is as tall as that one, where a stack would be as tall as the tallest."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Switch(QWidget):
    """`add` each part, then `turn_to` one of them; the first added is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._parts: list[QWidget] = []
        self._shown: QWidget | None = None

    def add(self, part: QWidget) -> None:
        """Adds a part."""
        self._parts.append(part)
        self._column.addWidget(part)
        part.setVisible(self._shown is None)
        self._shown = self._shown or part

    def turn_to(self, part: QWidget) -> None:
        """Shows one part and hides the others."""
        self._shown = part
        for each in self._parts:
            if each is not part:
                each.hide()
        part.show()

    def shown(self) -> QWidget | None:
        """The part that is shown."""
        return self._shown
