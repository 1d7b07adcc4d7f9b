"""ScopePopup: chooses one community, several or all, by typing part of a name."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from workbench.ids import CommunityId
from workbench.ui import numbers
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.choices import TickDelegate
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover

_ROWS_SHOWN: Final = 9
_ID: Final = Qt.ItemDataRole.UserRole

Choice = tuple[CommunityId, str]


class ScopePopup(Popover):
    """Enter or a click chooses one community; the box before a name adds it to several."""

    EVERY: ClassVar[str] = "All communities"
    """What the button says that chooses none of them by name."""

    def __init__(
        self,
        theme: Theme,
        anchor: QWidget,
        *,
        communities: Sequence[Choice],
        scope: tuple[CommunityId, ...],
        chosen: Callable[[tuple[CommunityId, ...]], object],
    ) -> None:
        super().__init__(theme, anchor, width=360)
        self._chosen = chosen
        self._places = {community_id: place for place, (community_id, _name) in enumerate(communities)}
        self.setAccessibleName("Communities")
        self._filter = QLineEdit()
        self._filter.setPlaceholderText("Type part of a name")
        self._filter.setAccessibleName("Filter communities")
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._on_typed)
        self._filter.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName("Communities")
        self._list.setItemDelegate(TickDelegate(theme, self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What is chosen comes first, so that it is seen among hundreds.
        for community_id, name in sorted(communities, key=lambda one: one[0] not in scope):
            item = QListWidgetItem(name)
            item.setData(_ID, community_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if community_id in scope else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.setFixedHeight(theme.px(36) * min(_ROWS_SHOWN, max(1, len(communities))) + 4)
        self._list.itemClicked.connect(self._on_clicked)
        self._list.itemActivated.connect(self._choose_one)
        self._list.itemChanged.connect(self._on_checked)
        self._count = PlainLabel("", role="small")
        self._use = push_button("Show these", theme=theme, kind="primary", clicked=self._choose_checked)
        self._build(theme)
        self._on_checked()
        self._filter.setFocus()

    def _build(self, theme: Theme) -> None:
        self.column.addWidget(self._filter)
        self.column.addWidget(self._list)
        foot = QHBoxLayout()
        every = push_button(self.EVERY, theme=theme, kind="plain", icon="users-three", clicked=self._choose_all)
        foot.addWidget(every)
        foot.addStretch(1)
        foot.addWidget(self._count)
        foot.addWidget(self._use)
        self.column.addLayout(foot)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self._list.setFocus()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                row = self._list.currentRow()
                if row >= 0 and not self._list.item(row).isHidden():
                    self._choose_one(self._list.item(row))
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self, text: str) -> None:
        wanted = text.casefold().split()
        first: QListWidgetItem | None = None
        for row in range(self._list.count()):
            item = self._list.item(row)
            name = item.text().casefold()
            is_hidden = not all(word in name for word in wanted)
            item.setHidden(is_hidden)
            if first is None and not is_hidden:
                first = item
        if first is not None:
            self._list.setCurrentItem(first)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        # A click on the box toggles it and is no choice yet; Qt reports both as a click on the row.
        box = self._list.visualItemRect(item)
        at = self._list.viewport().mapFromGlobal(self.cursor().pos()).x()
        turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if (box.right() - at if turned else at - box.left()) > self._theme.px(32):
            self._choose_one(item)

    def _choose_one(self, item: QListWidgetItem) -> None:
        self._finish((item.data(_ID),))

    def _choose_checked(self) -> None:
        self._finish(self._checked())

    def _choose_all(self) -> None:
        self._finish(())

    def _finish(self, scope: tuple[CommunityId, ...]) -> None:
        self._chosen(scope)
        self.close()

    def _checked(self) -> tuple[CommunityId, ...]:
        items = (self._list.item(row) for row in range(self._list.count()))
        found = (item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked)
        return tuple(sorted(found, key=self._places.__getitem__))

    def _on_checked(self) -> None:
        count = len(self._checked())
        self._count.setText(f"{numbers.count(count)} chosen" if count else "")
        self._use.setVisible(count > 0)
