"""RolesEditor: who holds which role in a plan, one line for each; `edited` once a line is left or taken away."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.models.plan_parts import RoleLine
from workbench.ui.pages.plan_sheet_fields import SheetLine
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.completer_list import complete
from workbench.ui.widgets.tab_order import in_tab_order

ROLES: Final = (
    "Leader", "Champion", "Community keeper", "Social reporter", "Agenda activist", "Critical friend",
    "Institutional link", "External messenger", "Value detective",
)  # fmt: skip
"""Roles to choose from; any other word does as well."""


class RolesEditor(QWidget):
    """`edited(roles)` after every change; lines without a role or a holder are not counted."""

    edited = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._people = QStringListModel(self)
        self._told: tuple[RoleLine, ...] = ()
        self.lines: list[_RoleRow] = []
        self._before: QWidget | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.add = push_button("Add a role", theme=theme, kind="link", icon="plus", clicked=self.start_line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._rows)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        self.setFocusProxy(self.add)

    def follow(self, control: QWidget) -> None:
        """Tab comes here from that control, which stands before the roles on the page."""
        self._before = control
        self._order()

    def show_roles(self, roles: Sequence[RoleLine], *, people: Sequence[str] = ()) -> None:
        """Shows what is stored; a line that has the keyboard stays as typed.

        Where nothing is stored an empty line stands ready, so that whoever types on has a place to type.
        """
        self._people.setStringList(list(people))
        is_typing = any(row.has_focus() for row in self.lines)
        spare = sum(row.is_empty() for row in self.lines)
        is_shown = bool(self.lines) and (not spare or len(self.lines) == 1)
        if is_typing or (tuple(roles) == self.roles() and is_shown):
            self._told = tuple(roles)
            return
        while self.lines:
            self._drop(self.lines[-1])
        for line in roles or (RoleLine("", ""),):
            self._append(line)
        self._order()
        self._told = tuple(roles)

    def roles(self) -> tuple[RoleLine, ...]:
        """What the lines say."""
        return tuple(row.line() for row in self.lines if row.is_whole())

    def start_line(self) -> None:
        """Puts the keyboard into an empty line, a new one unless one stands ready."""
        row = next((each for each in self.lines if each.is_empty()), None) or self._append(RoleLine("", ""))
        self._order()
        row.role.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, line: RoleLine) -> "_RoleRow":
        row = _RoleRow(self._theme, line, people=self._people)
        row.role.left.connect(self._tell)
        row.holder.left.connect(self._tell)
        row.unwanted.connect(lambda: self._remove(row))
        self.lines.append(row)
        self._rows.addWidget(row)
        return row

    def _remove(self, row: "_RoleRow") -> None:
        self._drop(row)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _order(self) -> None:
        before = [] if self._before is None else [self._before]
        in_tab_order([*before, *(control for row in self.lines for control in row.controls), self.add])

    def _drop(self, row: "_RoleRow") -> None:
        self.lines.remove(row)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _tell(self) -> None:
        roles = self.roles()
        if roles != self._told:
            self._told = roles
            self.edited.emit(roles)


class _RoleRow(QWidget):
    unwanted = Signal()

    def __init__(self, theme: Theme, line: RoleLine, *, people: QStringListModel) -> None:
        super().__init__()
        self.role, self.holder = SheetLine(), SheetLine()
        for field, words, offered in (
            (self.role, "Role", QStringListModel(list(ROLES), self)),
            (self.holder, "Who holds it", people),
        ):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            complete(field, offered, theme)
        self.role.setText(line.role)
        self.holder.setText(line.holder)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.role, 1)
        row.addWidget(self.holder, 1)
        remove = icon_button("Remove the role", icon="x", theme=theme, clicked=self.unwanted.emit)
        row.addWidget(remove)
        self.controls: tuple[QWidget, ...] = (self.role, self.holder, remove)

    def line(self) -> RoleLine:
        return RoleLine(self.role.text().strip(), self.holder.text().strip())

    def is_whole(self) -> bool:
        return bool(self.role.text().strip() and self.holder.text().strip())

    def is_empty(self) -> bool:
        return not (self.role.text().strip() or self.holder.text().strip())

    def has_focus(self) -> bool:
        return self.role.hasFocus() or self.holder.hasFocus()
