"""NetworkPerson: one person at the side: where they sit, why they stand out, whom they have ties with."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.metrics.roles import ROLES
from workbench.operations.network import NetworkLook
from workbench.ui import numbers
from workbench.ui.pages.network_list import NetworkList, NetworkRow
from workbench.ui.pages.network_words import about, name_of, reason_of, tie_words
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.plain_label import PlainLabel


class NetworkPerson(QWidget):
    """`chosen(node)` for a tie one goes along, `opened(node)` for the person's own page, `closed` by the cross."""

    chosen = Signal(int)
    opened = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._node = -1
        self.setAccessibleName("Ties of one person")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 12, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        self._name = PlainLabel("", role="title", wraps=True)
        row.addWidget(self._name, 1)
        row.addWidget(icon_button("Close", icon="x", theme=theme, clicked=self.closed.emit))
        column.addLayout(row)
        self._about = PlainLabel("", role="second", wraps=True)
        column.addWidget(self._about)
        self._roles = PlainLabel("", role="small", wraps=True)
        self._roles.setContentsMargins(0, 8, 8, 4)
        column.addWidget(self._roles)
        buttons = QHBoxLayout()
        self._open = push_button("Open the person", theme=theme, icon="user", clicked=self._on_open)
        buttons.addWidget(self._open)
        buttons.addStretch(1)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addSpacing(8)
        self._count = PlainLabel("", role="captionstrong")
        column.addWidget(self._count)
        self.list = NetworkList(theme, name="Ties")
        self.list.opened.connect(self.chosen)
        self.list.clicked.connect(lambda _index: self._on_clicked())
        column.addWidget(self.list, 1)

    def show_person(self, look: NetworkLook, node: int, *, are_hidden: bool) -> None:
        """Shows somebody."""
        self._node = node
        one = look.people[node]
        self._name.setText(name_of(look, node, are_hidden=are_hidden))
        self._about.setText(about(look, node))
        said = [f"{ROLES[role].title}. {reason_of(look, node, role)}" for role in one.roles]
        self._roles.setText("\n".join(said))
        self._roles.setVisible(bool(said))
        self._open.setVisible(not are_hidden)
        near = look.near[node]
        self._count.setText(f"Ties with {numbers.plural(len(near), 'person', 'people')}")
        rows = [NetworkRow(at, name_of(look, at, are_hidden=are_hidden), tie_words(look, node, at)) for at in near]
        self.list.show_rows(rows, lines=1)

    def _on_open(self) -> None:
        self.opened.emit(self._node)

    def _on_clicked(self) -> None:
        row = self.list.rows.row_at(self.list.currentIndex().row())
        if row is not None:
            self.chosen.emit(row.node)
