"""TopBar: scope, period, search, undo and redo, and the menu; it shows choices and asks for them, no more."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.actions import ActionRegistry, keys_text, tip
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.buttons import icon_button

HEIGHT: Final = 56
SEARCHES: Final = "searches"
"""Property of a line that looks for something: Esc empties it."""
_SEARCH_WIDTH: Final = 336
_CHOICE_WIDTH: Final = 300
_KEYS_FROM: Final = 240


class ChoiceButton(QToolButton):
    """An icon, the choice in words, and a caret; long words end in an ellipsis only when the bar has no more room."""

    def __init__(self, theme: Theme, *, icon: str, name: str, least: int = 120) -> None:
        super().__init__()
        self._theme, self._icon, self._name, self._least = theme, icon, name, least
        self.setProperty("kind", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_words("")

    def set_words(self, words: str, *, why_not: str = "") -> None:
        """Shows a choice; with `why_not` one that is not made here, and the reason."""
        self.setText(words)
        self.setToolTip(why_not or words)
        self.setEnabled(not why_not)
        self.setAccessibleName(f"{self._name}: {words}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        self.ensurePolished()
        px = self._theme.px
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(min(px(_CHOICE_WIDTH), words + px(16) * 2 + 12 * 2 + 8 * 2 + 4), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self._theme.px(self._least)), super().sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        # The ground alone is the style's: setting another text here would ask for the next paint, without end.
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        words, option.text = self.text(), ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        side, middle = self._theme.px(16), self.height() // 2
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        start = QRect(12, middle - side // 2, side, side)
        end = QRect(self.width() - 12 - side, middle - side // 2, side, side)
        if turned:
            start, end = end, start
        icons.draw(painter, self._icon, start, self._theme.colour("second"))
        icons.draw(painter, "caret-down", end.adjusted(2, 2, -2, -2), self._theme.colour("third"))
        room = self.rect().adjusted(12 + side + 8, 0, -(12 + side + 8), 0)
        painter.setPen(self._theme.colour("text" if self.isEnabled() else "third"))
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)


class SearchBox(QLineEdit):
    """Finds messages when Enter is pressed; shows the key that reaches it while empty."""

    def __init__(self, theme: Theme, keys: str) -> None:
        super().__init__()
        self._theme, self._keys = theme, keys
        self.setProperty(SEARCHES, True)  # noqa: FBT003 - Qt takes it by position
        self.setPlaceholderText("Search messages")
        self.setAccessibleName("Search messages")
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_SEARCH_WIDTH), super().sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, middle = self._theme.px(16), self.height() // 2
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - 10 - side if turned else 10
        spot = QRect(left, middle - side // 2, side, side)
        icons.draw(painter, "magnifying-glass", spot, self._theme.colour("third"))
        if self.text() or not self._shows_keys():
            return
        painter.setFont(self._theme.font(SMALL))
        width = painter.fontMetrics().horizontalAdvance(self._keys) + 12
        height = self._theme.px(18)
        box = QRect(8 if turned else self.width() - 8 - width, middle - height // 2, width, height)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(self._theme.colour("third"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._keys)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._on_theme()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_theme()

    def _shows_keys(self) -> bool:
        return bool(self._keys) and self.width() >= self._theme.px(_KEYS_FROM)

    def _on_theme(self) -> None:
        keys = QFontMetrics(self._theme.font(SMALL)).horizontalAdvance(self._keys)
        icon_room, keys_room = self._theme.px(24), keys + 24 if self._shows_keys() else 0
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(keys_room if turned else icon_room, 0, icon_room if turned else keys_room, 0)
        self.update()


class TopBar(QWidget):
    """`searched(text)` when Enter is pressed in the search box."""

    searched = Signal(str)

    def __init__(self, theme: Theme, actions: ActionRegistry) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.scope = ChoiceButton(theme, icon="users-three", name="Communities")
        self.scope.clicked.connect(lambda: actions.trigger("scope.choose"))
        self.period = ChoiceButton(theme, icon="calendar-blank", name="Period", least=200)
        self.period.clicked.connect(lambda: actions.trigger("period.choose"))
        self.search = SearchBox(theme, keys_text(actions.spec("search")))
        self.search.returnPressed.connect(lambda: self.searched.emit(self.search.text()))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.scope)
        row.addWidget(self.period)
        row.addStretch(1)
        row.addWidget(self.search, 3)
        row.addSpacing(8)
        self._followers = {action_id: self._action_button(action_id) for action_id in ("edit.undo", "edit.redo")}
        for button in self._followers.values():
            row.addWidget(button)
        row.addWidget(self._menu_button())
        for choice in (self.scope, self.period):
            choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.search.setMaximumWidth(theme.px(_SEARCH_WIDTH))
        self.search.setMinimumWidth(theme.px(140))
        self.setFixedHeight(max(HEIGHT, theme.px(HEIGHT)))
        theme.changed.connect(self._on_theme)

    def _action_button(self, action_id: str) -> QToolButton:
        spec = self._actions.spec(action_id)
        button = icon_button(tip(spec), icon=spec.icon, theme=self._theme)
        button.clicked.connect(lambda: self._actions.trigger(action_id))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setEnabled(False)
        return button

    def connect_actions(self) -> None:
        """Lets undo and redo follow their actions; called once these exist, after the first paint."""
        for action_id, button in self._followers.items():
            action = self._actions.action(action_id)
            button.setEnabled(action.isEnabled())
            action.enabledChanged.connect(button.setEnabled)

    def _menu_button(self) -> QToolButton:
        button = icon_button("Menu", icon="list", theme=self._theme)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        # Filled when it opens: pages that were opened since have added actions.
        menu.aboutToShow.connect(lambda: fill_menu(menu, self._actions))
        button.setMenu(menu)
        return button

    def _on_theme(self) -> None:
        self.search.setMaximumWidth(self._theme.px(_SEARCH_WIDTH))
        self.setFixedHeight(max(HEIGHT, self._theme.px(HEIGHT)))


def fill_menu(menu: QMenu, actions: ActionRegistry) -> None:
    """One submenu per group of the registry, with menus of their own in it for its parts."""
    menu.clear()
    for group, specs in actions.grouped():
        whole = menu.addMenu(group.value)
        parts = {"": whole}
        for spec in specs:
            if spec.part not in parts:
                parts[spec.part] = whole.addMenu(spec.part)
            parts[spec.part].addAction(actions.action(spec.id))
