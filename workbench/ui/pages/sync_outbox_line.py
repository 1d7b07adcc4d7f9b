"""OutboxItem: one item of the outbox: what it is, how it begins, where it stands and why, and its buttons."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workbench.models.kinds import OutboxState
from workbench.operations.outbox import explained
from workbench.queries.outbox import OutboxRow
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.pages.conversation_reply import STATES, Deed
from workbench.ui.pages.sync_outbox_words import Group, buttons_of, group_of, headline, shown_beside
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import Kind, icon_button, push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel


class OutboxItem(QWidget):
    """`act(deed, row)` is called by the buttons beside it, `more(item)` by the one that opens the rest."""

    def __init__(
        self,
        theme: Theme,
        row: OutboxRow,
        *,
        act: Callable[[Deed, OutboxRow], object],
        more: Callable[["OutboxItem"], object],
    ) -> None:
        super().__init__()
        self.row = row
        self.wants_focus = False
        (word, symbol, token), buttons = STATES[row.state], buttons_of(row)
        if row.account_id is None and row.state is not OutboxState.SENT:
            word = "Account gone"
        beside, self.others = buttons[: shown_beside(row)], buttons[shown_beside(row) :]
        self.beside: list[QPushButton] = []
        self.menu = icon_button("More", icon="dots-three", theme=theme, clicked=lambda: more(self))
        if not self.others:  # and never shown by hand: before it has a parent it would be a window of its own
            self.menu.hide()
        self.menu.setAccessibleName(f"More: {headline(row)}")
        self._where = PlainLabel("", role="caption", elides=True)
        self._rule = QFrame()
        self._rule.setProperty("rule", "true")
        self._rule.setFixedHeight(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(symbol, theme, token=token))
        head.addWidget(PlainLabel(word, role="strong"))
        head.addWidget(_giving(PlainLabel(isolated(headline(row)), elides=True)), 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        if row.text.strip():
            begins = isolated(line(" ".join(row.text.split())))
            words.addWidget(_giving(PlainLabel(begins, role="second", elides=True)))
        words.addWidget(PlainLabel(line(explained(row)), role="small", wraps=True))
        words.addWidget(_giving(self._where))
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addLayout(words, 1)
        for deed, title in beside:
            kind: Kind = "" if group_of(row) is Group.DECIDE else "plain"
            button = push_button(title, theme=theme, kind=kind, clicked=partial(act, deed, row))
            button.setAccessibleName(f"{title}: {word}, {headline(row)}")
            body.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            self.beside.append(button)
        body.addWidget(self.menu, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(8)
        column.addWidget(self._rule)
        column.addLayout(body)

    @property
    def main(self) -> QPushButton | None:
        """The first of its buttons."""
        return self.beside[0] if self.beside else None

    def tell(self, *, order: str, now: datetime) -> None:
        """Says where it goes, how old it is and when its turn comes; these change while nothing else does."""
        row = self.row
        age = f"sent {numbers.ago(row.changed_at, now=now)}"
        if group_of(row) is not Group.SENT:
            age = f"written {numbers.ago(row.written_at, now=now)}"
        parts = [row.community, row.account, age, order]
        if row.not_before is not None and row.not_before > now and group_of(row) is Group.WAITING:
            parts.append(f"not before {numbers.clock_time(row.not_before)}")
        self._where.setText(" · ".join(line(part) for part in parts if part))

    def set_first(self, *, is_first: bool) -> None:
        """The first of a group has no rule above it."""
        self._rule.setVisible(not is_first)

    def has_focus(self) -> bool:
        """Whether the keyboard is on one of its buttons."""
        # Asked of the window, which remembers it while another program has the keyboard.
        focus: QWidget | None = self.window().focusWidget()
        return focus is not None and focus in {*self.beside, self.menu}

    def take_focus(self) -> None:
        """Puts the keyboard on its main button."""
        (self.main or self.menu).setFocus()


def _giving(label: PlainLabel) -> PlainLabel:
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(policy)
    return label
