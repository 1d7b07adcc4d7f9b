"""Help page: every key, made from the action registry, and a few lines on how the window works."""

from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui.actions import ActionSpec, keys_text
from workbench.ui.context import Context
from workbench.ui.pages.page import NO_PERIOD, Page
from workbench.ui.widgets.plain_label import PlainLabel

_COLUMNS: Final = 2
_TWO_FROM: Final = 880
_ALWAYS: Final = (
    ("Tab and Shift+Tab", "go to the next or previous control"),
    ("Arrow keys", "move within a list, a table or a board"),
    ("Enter", "open what is selected"),
    ("Space", "choose or unchoose what is selected"),
    ("Shift+arrow keys, Ctrl+click", "choose several cards of a plan"),
    ("Ctrl+A", "choose every card that is shown"),
)
_IN_VIEWS: Final = (
    ("F2, or typing", "List: change the field"),
    ("Ctrl+arrow keys", "Calendar and timeline: move by a day or a week"),
    ("Insert", "Calendar: new card on this day"),
    ("Space", "Calendar: choose the next card of the day"),
    ("Page Up, Page Down", "Calendar: month before or after"),
    ("Home", "Calendar: go to today"),
    ("Shift+Left, Right", "Timeline: move the end of the card"),
    ("Alt+Left, Right", "Timeline: move its start"),
)
"""Keys that mean this only in one view of a plan, so that no action of the window has them."""


class HelpPage(Page):
    """One card per menu: what it does and its key."""

    KEY: ClassVar[str] = "help"
    TITLE: ClassVar[str] = "Keys and help"
    ICON: ClassVar[str] = "question"
    OWN_PERIOD: ClassVar[tuple[str, str]] = NO_PERIOD
    SCROLLS: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._holder: QWidget | None = None
        self._columns = _COLUMNS
        # Nothing on this page takes the keyboard, so what scrolls does.
        scrolls = self.findChildren(QScrollArea)[0]
        scrolls.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scrolls.setAccessibleName(self.TITLE)
        scrolls.setProperty("ring", "true")
        self.setFocusProxy(scrolls)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._holder is not None and self._fitting() != self._columns:
            self.refresh()

    def _fitting(self) -> int:
        return _COLUMNS if self.width() >= self.theme.px(_TWO_FROM) else 1

    @override
    def refresh(self) -> None:
        self._columns = self._fitting()
        if self._holder is not None:
            self._holder.deleteLater()
        self._holder = QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        columns = [QVBoxLayout() for _ in range(self._columns)]
        for place, column in enumerate(columns):
            column.setSpacing(16)
            grid.addLayout(column, 0, place)
            grid.setColumnStretch(place, 1)
        sizes = [0] * self._columns
        for title, rows in self._parts():
            shortest = sizes.index(min(sizes))
            columns[shortest].addWidget(self._card(title, rows))
            sizes[shortest] += len(rows) + 2
        for column in columns:
            column.addStretch(1)
        self.set_note(
            f"What has no key is in the menu at the top, and in {self._palette_keys()}.", icon="info", token="third"
        )
        self.body.addWidget(self._holder)
        self.show_content()

    def _parts(self) -> list[tuple[str, list[tuple[str, str]]]]:
        parts = [(group.value, [_said(spec) for spec in specs]) for group, specs in self.context.actions.grouped()]
        everywhere = [(words[0].upper() + words[1:], keys) for keys, words in _ALWAYS]
        in_views = [(words, keys) for keys, words in _IN_VIEWS]
        return [("Everywhere", everywhere), *parts, ("In the views of a plan", in_views)]

    def _palette_keys(self) -> str:
        return keys_text(self.context.actions.spec("palette"))

    def _card(self, title: str, rows: list[tuple[str, str]]) -> QFrame:
        card = QFrame()
        card.setProperty("card", "true")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(4)
        column.addWidget(PlainLabel(title, role="strong"))
        for words, keys in rows:
            row = QHBoxLayout()
            row.addWidget(PlainLabel(words, role="second", elides=True))
            row.addStretch(1)
            row.addWidget(PlainLabel(keys, role="caption"))
            column.addLayout(row)
        return card


def _said(spec: ActionSpec) -> tuple[str, str]:
    return spec.title, keys_text(spec)
