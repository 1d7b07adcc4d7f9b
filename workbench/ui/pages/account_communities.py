"""CommunitiesView: which communities of an account are followed: the platform's own list, a filter, and ticks."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from workbench.cancel import CancelToken
from workbench.errors import SignInError
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.queries.sync_status import CommunityStateRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.jobs import Job
from workbench.ui.pages.account_data import Seen, Tended, follow, see
from workbench.ui.pages.account_pick import PickTable
from workbench.ui.pages.account_trouble import TroubleView, Way
from workbench.ui.pages.account_words import Trouble, trouble
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.filter_box import FilterBox
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.switch import Switch

_SAID_FIRST: Final = (
    "Nothing is fetched yet. Numbers are the platform's own; what you leave out can be added at any time."
)
_SAID_LATER: Final = "What you tick comes with the next sync. Numbers are the platform's own."
_Row = CommunityStateRow


class CommunitiesView(QWidget):
    """`chosen(Tended)` once the choice is kept; `left` when it is put off."""

    chosen = Signal(object)
    left = Signal()
    sign_in_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._account: Tended | None = None
        self._job: Job | None = None
        self._rows: dict[CommunityId, _Row] = {}
        theme = context.theme
        self._parts = Switch()
        self._asking, self._choosing = QWidget(), QWidget()
        self.failed = TroubleView(theme)
        for part in (self._asking, self._choosing, self.failed):
            self._parts.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._parts)
        self._build_asking()
        self._build_choosing()

    def show_account(self, account: Tended) -> None:
        """Asks the platform what there is; nothing else is fetched."""
        self._account = account
        is_later = any(row.is_followed for row in account.states)
        self._said.setText(_SAID_LATER if is_later else _SAID_FIRST)
        say(self.go, "Keep this choice" if is_later else "Continue")
        say(self._later, "Cancel" if is_later else "Later")
        self.look()

    def look(self) -> None:
        """Asks again."""
        if self._account is None:
            return
        self._parts.turn_to(self._asking)
        workspace, row = self._context.workspace, self._account.row

        def ask(cancel: CancelToken) -> Seen:
            return see(workspace, row, cancel)

        self._job = self._context.jobs.run(self, "communities", ask, self._on_seen, self._on_failed, lane="online")
        if self.isVisible():
            self._stop.setFocus()

    def stop(self) -> None:
        """Stops asking."""
        if self._job is not None:
            self._job.cancel.cancel()

    def take_focus(self) -> None:
        """Puts the keyboard where it goes on."""
        shown = self._parts.shown()
        if shown is self.failed:
            self.failed.take_focus()
        elif shown is self._choosing:
            self.table.setFocus()
        else:
            self._stop.setFocus()

    def _build_asking(self) -> None:
        column = QVBoxLayout(self._asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(PlainLabel("Asking the platform which communities there are…", role="second"))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName("Asking for communities")
        column.addWidget(bar)
        self._stop = push_button("Stop", theme=self._context.theme, icon="x", clicked=self.left.emit)
        row = QHBoxLayout()
        row.addWidget(self._stop)
        row.addStretch(1)
        column.addLayout(row)

    def _build_choosing(self) -> None:
        theme = self._context.theme
        column = QVBoxLayout(self._choosing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._said = PlainLabel("", role="second", wraps=True)
        column.addWidget(self._said)
        self._note = QWidget()
        note = QHBoxLayout(self._note)
        note.setContentsMargins(0, 0, 0, 0)
        note.setSpacing(6)
        self._note_words = PlainLabel("", role="small", wraps=True)
        note.addWidget(IconLabel("clock-counter-clockwise", theme, token="unknown"))
        note.addWidget(self._note_words, 1)
        note.addWidget(push_button("Ask again", theme=theme, kind="link", clicked=self.look))
        column.addWidget(self._note)
        self.filter = FilterBox(theme, hint="Filter by name", width=280)
        self.table = PickTable(theme)
        self.filter.textChanged.connect(self._on_filter)
        self.table.changed.connect(self._tell)
        every = push_button(
            "Tick all shown", theme=theme, kind="link", clicked=lambda: self.table.tick_shown(is_on=True)
        )
        none = push_button(
            "Untick all shown", theme=theme, kind="link", clicked=lambda: self.table.tick_shown(is_on=False)
        )
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filter)
        top.addStretch(1)
        top.addWidget(every)
        top.addWidget(none)
        column.addLayout(top)
        column.addWidget(self.table)
        self._nothing = PlainLabel("No community has this in its name.", role="second")
        column.addWidget(self._nothing)
        self.sum = PlainLabel("", role="second", wraps=True)
        column.addWidget(self.sum)
        self.go = push_button("Continue", theme=theme, kind="primary", icon="arrow-right", clicked=self._on_go)
        self._later = push_button("Later", theme=theme, clicked=self.left.emit)
        self.foot = QWidget()
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.go)
        foot.addWidget(self._later)
        foot.addStretch(1)
        column.addWidget(self.foot)

    def _on_seen(self, seen: Seen) -> None:
        if seen.error is not None and not seen.states:
            self._on_failed(seen.error)
            return
        self._rows = {row.community_id: row for row in seen.states}
        self._note.setVisible(seen.error is not None)
        if seen.error is not None:
            self._note_words.setText(f"{trouble(seen.error).title}. This is the list of the last time.")
        self.filter.clear()
        self.table.show_rows(seen.states)
        self._on_filter("")
        self._tell()
        if not seen.states:
            self._say_empty()
            return
        self._parts.turn_to(self._choosing)
        if self.isVisible():
            self.take_focus()

    def _say_empty(self) -> None:
        said = ("Join a community on the platform first, or sign in as somebody who belongs to one.",)
        self.failed.show_trouble(Trouble("This account shows no community", said, ""), self._ways_on())
        self._parts.turn_to(self.failed)

    def _on_failed(self, error: Exception) -> None:
        self.failed.show_trouble(trouble(error), self._ways_on(error))
        self._parts.turn_to(self.failed)
        if self.isVisible():
            self.take_focus()

    def _ways_on(self, error: Exception | None = None) -> list[Way]:
        again: Way = ("Sign in again", self.sign_in_wanted.emit)
        ways: list[Way] = [("Try again", self.look), again, ("Later", self.left.emit)]
        return [again, *ways[2:]] if isinstance(error, SignInError) else ways

    def _on_filter(self, text: str) -> None:
        self.table.rows_model.set_filter(text)
        self._nothing.setVisible(bool(text) and not self.table.rows_model.rowCount())

    def _tell(self) -> None:
        """How many are ticked, and what the platform says they hold."""
        picked = [self._rows[one] for one in self.table.picked if one in self._rows]
        self.go.setEnabled(bool(picked) or any(row.is_followed for row in self._rows.values()))
        if not picked:
            self.sum.setText("Tick the communities to follow.")
            return
        parts = [numbers.plural(len(picked), "community", "communities")]
        told = [row.platform_messages for row in picked if row.platform_messages is not None]
        if any(told):
            parts.append(numbers.plural(sum(told), "message", "messages"))
        left = [row for row in self._rows.values() if row.is_followed and row.community_id not in self.table.picked]
        stays = " What was fetched of those you leave out stays here." if any(row.messages for row in left) else ""
        self.sum.setText(f"{' with '.join(parts)}.{stays}")

    def _on_go(self) -> None:
        if self._account is None:
            return
        job = partial(follow, self._context.workspace, self._account.row.id, frozenset(self.table.picked))
        self.go.setEnabled(False)
        self._context.jobs.run(self, "follow", job, self._on_kept, self._on_failed)

    def _on_kept(self, account: Tended) -> None:
        self._context.bus.publish(Changes.ACCOUNTS | Changes.COMMUNITIES)
        self._tell()
        self.chosen.emit(account)
