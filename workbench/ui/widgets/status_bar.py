"""StatusBar: link, last success, what was held back, data used today; each part opens its reason and next step."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workbench.ui import numbers
from workbench.ui.icons import icon
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from workbench.ui.link import Link, LinkWords
    from workbench.ui.status_row import StatusRow

HEIGHT: Final = 32


class StatusBar(QWidget):
    """Buttons in a row; `open_sync` is what their popovers offer."""

    def __init__(self, theme: Theme, *, open_sync: Callable[[], object]) -> None:
        super().__init__()
        self._theme, self._open_sync = theme, open_sync
        self._reasons: dict[QPushButton, tuple[str, str]] = {}
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Status")
        self.link = self._part("wifi-high")
        self.success = self._part("clock")
        self.held_back = self._part("tray")
        self.data = self._part("database")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(4)
        row.addWidget(self.link)
        row.addWidget(self.success)
        row.addWidget(self.held_back)
        row.addStretch(1)
        row.addWidget(self.data)
        self.setFixedHeight(max(HEIGHT, theme.px(HEIGHT)))
        theme.changed.connect(lambda: self.setFixedHeight(max(HEIGHT, theme.px(HEIGHT))))
        for part in (self.link, self.success, self.held_back, self.data):
            part.hide()

    def show_link(self, link: "Link", words: "LinkWords") -> None:
        """Says whether there is a way out."""
        self._say(self.link, words.title, icon_name=words.icon, reason=words.reason, strong=link == "offline")

    def show_status(self, status: "StatusRow", *, now: datetime) -> None:
        """Says how the mirror stands."""
        if status.last_success_at is None:
            text, reason = "Nothing synced yet", "No community has been brought in. Everything else works without it."
        else:
            text = f"Synced {numbers.ago(status.last_success_at, now=now)}"
            many = numbers.plural(status.communities, "community", "communities")
            reason = f"Last success {numbers.moment(status.last_success_at)}. {many} in this profile."
        self._say(self.success, text, icon_name="clock", reason=reason)
        if status.held_back:
            text = f"{numbers.count(status.held_back)} held back"
            reason = "These could not be read whole. Nothing was lost: each is kept with its place and its reason."
            self._say(self.held_back, text, icon_name="tray", reason=reason)
        self.held_back.setVisible(status.held_back > 0)
        text = f"{numbers.size(status.bytes_today)} used today"
        self._say(self.data, text, icon_name="database", reason="Sent and received by syncing since midnight UTC.")

    def _part(self, icon_name: str) -> QPushButton:
        button = push_button("", theme=self._theme, kind="status", icon=icon_name)
        button.setIconSize(QSize(self._theme.px(14), self._theme.px(14)))
        button.clicked.connect(lambda: self._on_clicked(button))
        return button

    def _say(self, button: QPushButton, text: str, *, icon_name: str, reason: str, strong: bool = False) -> None:
        button.setText(text)
        button.setAccessibleName(text)
        button.setIcon(icon(icon_name, self._theme))
        if bool(button.property("strong")) is not strong:
            button.setProperty("strong", strong)
            button.style().unpolish(button)
            button.style().polish(button)
        self._reasons[button] = (text, reason)
        button.show()

    def _on_clicked(self, button: QPushButton) -> None:
        title, reason = self._reasons[button]
        popover = Popover(self._theme, button, width=300)
        popover.setAccessibleName(title)
        popover.column.addWidget(PlainLabel(title, role="strong", wraps=True))
        popover.column.addWidget(PlainLabel(reason, role="second", wraps=True))

        def leave() -> None:
            popover.close()
            self._open_sync()

        popover.column.addWidget(push_button("Open Sync", theme=self._theme, icon="arrows-clockwise", clicked=leave))
        popover.open_at(button)
