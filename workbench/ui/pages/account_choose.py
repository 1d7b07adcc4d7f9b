"""PlatformList: which platform an account is on: a row for each, with what it brings and what it cannot show."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.sync.platforms import Platform
from workbench.ui.pages.account_words import ICONS
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel


class PlatformRow(QWidget):
    """One platform; `chosen` by its button. What it cannot show unfolds below it."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, platform: Platform) -> None:
        super().__init__()
        self.platform = platform
        self.button: QPushButton = push_button("Choose", theme=theme, clicked=lambda: self.chosen.emit(platform))
        self.button.setAccessibleName(f"Choose {platform.title}")
        self.button.setAccessibleDescription(platform.about)
        self.limits_button = push_button("What it cannot show", theme=theme, kind="link", clicked=self._on_limits)
        self.limits_button.setAccessibleName(f"What {platform.title} cannot show")
        if not platform.cannot:  # and never shown by hand: before it has a parent it would be a window of its own
            self.limits_button.hide()
        self.limits = QWidget()
        lines = QVBoxLayout(self.limits)
        lines.setContentsMargins(0, 6, 0, 0)
        lines.setSpacing(4)
        for said in platform.cannot:
            lines.addWidget(PlainLabel(said, role="small", wraps=True))
        self.limits.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(platform.title, role="strong"))
        words.addWidget(PlainLabel(platform.about, role="small", wraps=True))
        words.addWidget(self.limits)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(IconLabel(ICONS[platform.kind], theme, token="accent", size=24), 0, top)
        row.addLayout(words, 1)
        row.addWidget(self.limits_button, 0, top)
        row.addWidget(self.button, 0, top)

    def _on_limits(self) -> None:
        self.limits.setVisible(self.limits.isHidden())


class PlatformList(QWidget):
    """All that can be added; `chosen(Platform)`."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[PlatformRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_platforms(self, platforms: Sequence[Platform]) -> None:
        """Shows these, in the order they are offered; a list that is there already stays as it is."""
        if self.rows:
            return
        for platform in platforms:
            if self.rows:
                line = QFrame()
                line.setProperty("rule", "true")
                line.setFixedHeight(1)
                self._column.addWidget(line)
            row = PlatformRow(self._theme, platform)
            row.chosen.connect(self.chosen)
            self.rows.append(row)
            self._column.addWidget(row)

    def stops(self) -> list[QPushButton]:
        """The buttons in their order."""
        return [button for row in self.rows for button in (row.limits_button, row.button)]

    def take_focus(self) -> None:
        """Puts the keyboard on the first platform."""
        if self.rows:
            self.rows[0].button.setFocus()
