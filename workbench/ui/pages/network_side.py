"""NetworkSide: everybody and the four roles as named sets, and who is in the chosen one, in the order of names."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from workbench.metrics.roles import ROLES, Role
from workbench.operations.network import NetworkLook
from workbench.ui import numbers
from workbench.ui.pages.network_data import everybody
from workbench.ui.pages.network_list import HEIGHTS, NetworkList, NetworkRow
from workbench.ui.pages.network_words import name_of, role_title, role_words
from workbench.ui.theme import Theme
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.filter_box import FilterBox
from workbench.ui.widgets.plain_label import PlainLabel

_WIDTH, _NARROW = 272, 208
_EVERYBODY: Final = "Everybody · {}"
_SETS: Final = (None, *ROLES)


class NetworkSide(Card):
    """`set_changed(nodes)` with the people of a role, empty for everybody; `chosen(node)` and `opened(node)`."""

    set_changed = Signal(object)
    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(padding=1)
        self._theme = theme
        self._look: NetworkLook | None = None
        self._everybody: Sequence[NetworkRow] = ()
        self._role: Role | None = None
        self._hides_names = self._is_narrow = False
        self.setAccessibleName("People and roles")
        top = QVBoxLayout()
        top.setContentsMargins(8, 8, 8, 0)
        top.setSpacing(6)
        self.filter = FilterBox(theme, hint="Find a person or office", width=400, icon="magnifying-glass")
        top.addWidget(self.filter)
        self.sets = NetworkList(theme, name="Roles")
        self.sets.chosen.connect(lambda place: self._on_set(_SETS[place]))
        self.sets.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        top.addWidget(self.sets)
        self._words = PlainLabel("", role="small", wraps=True)
        self._words.setContentsMargins(4, 2, 4, 6)
        top.addWidget(self._words)
        self.body.addLayout(top)
        self.list = NetworkList(theme, name="People")
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.body.addWidget(self.list, 1)
        self.filter.textChanged.connect(self.list.rows.find)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @property
    def role(self) -> Role | None:
        """The set that is shown; None for everybody."""
        return self._role

    def show_network(self, look: NetworkLook, everybody: Sequence[NetworkRow]) -> None:
        """Shows another network; the chosen set stays. `everybody` are the rows of all, with their names."""
        self._look, self._everybody = look, everybody
        titles = [_EVERYBODY.format(numbers.count(len(look.people))), *(role_title(look, role) for role in ROLES)]
        self.sets.show_rows([NetworkRow(place, title, "") for place, title in enumerate(titles)], lines=0)
        self.sets.lead_to(_SETS.index(self._role))
        self._fill()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Leaves more room for the picture."""
        self._is_narrow = is_narrow
        self._on_theme()
        self._say_role()

    def hide_names(self, *, are_hidden: bool) -> None:
        """Tells people by their office instead, or by name again."""
        self._hides_names = are_hidden
        self._fill()

    def choose(self, role: Role | None) -> None:
        """Shows a set and lets it stand out in the picture."""
        self.sets.lead_to(_SETS.index(role))
        self._on_set(role)

    def _on_set(self, role: Role | None) -> None:
        if role is not self._role:
            self._role = role
            self._fill()

    def _say_role(self) -> None:
        """What the chosen role means and how it is found; the latter by tool tip alone where room is short."""
        look, role = self._look, self._role
        self._words.setVisible(role is not None)
        if look is not None and role is not None:
            words = role_words(look, role)
            self._words.setText(ROLES[role].meaning if self._is_narrow and look.roles[role] else words)
            self._words.setToolTip(words)

    def _fill(self) -> None:
        look, role = self._look, self._role
        if look is None:
            return
        self._say_role()
        if role is None:
            rows: Sequence[NetworkRow] = self._everybody
            if self._hides_names:
                rows = everybody(look, are_hidden=True)
        else:
            rows = [
                NetworkRow(held.node, name_of(look, held.node, are_hidden=self._hides_names), held.reason)
                for held in look.roles[role]
            ]
        self.list.show_rows(rows, lines=1 if role is None else 2)
        self.set_changed.emit(() if role is None else tuple(row.node for row in rows))

    def _on_theme(self) -> None:
        self.setFixedWidth(self._theme.px(_NARROW if self._is_narrow else _WIDTH))
        self.sets.setFixedHeight(len(_SETS) * self._theme.px(HEIGHTS[0]) + 2)
