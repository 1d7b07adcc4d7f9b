"""AccountCard: one account on the Sync page: how it stands, what comes next, what it costs, and what can be done."""

from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.operations.sources import SAMPLE_ACCOUNT
from workbench.operations.sync import SyncOrder
from workbench.sync.platforms import DECLARES
from workbench.ui.context import Context
from workbench.ui.icons import icon
from workbench.ui.pages.account_menu import AccountMenu
from workbench.ui.pages.account_panel import AccountPanel
from workbench.ui.pages.account_raise import RaiseForm
from workbench.ui.pages.sync_cannot import CannotList
from workbench.ui.pages.sync_covers import CoverList
from workbench.ui.pages.sync_data import AccountView, Cover, keep_gone
from workbench.ui.pages.sync_remove import RemoveForm
from workbench.ui.pages.sync_words import KIND_ICONS, LIVE, about, next_words, spent_words, standing
from workbench.ui.progress_words import waits_until
from workbench.ui.source_work import SourceWork, Work, WorkKind
from workbench.ui.widgets.buttons import icon_button, push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy
from workbench.ui.widgets.work_progress import WorkProgress
from workbench.ui.words import error_words

_METER: Final = 120
_AGAIN: Final = frozenset({AccountKind.MAILING_LIST})


class AccountCard(Card):
    """`held_back_wanted` asks the page to show what was held back."""

    held_back_wanted = Signal()
    question_opened = Signal(QWidget)

    def __init__(self, context: Context, sources: SourceWork, view: AccountView) -> None:
        super().__init__()
        self._context, self._sources, self._view = context, sources, view
        self._details = ""
        self._now: datetime | None = None
        theme = context.theme
        self._name = PlainLabel(view.account.name, role="strong", elides=True)
        self._chip = Chip(theme)
        self._about = PlainLabel("", role="small", wraps=True)
        self._reason = PlainLabel("", role="second", wraps=True)
        self._next = PlainLabel("", role="small", elides=True)
        self._spent = PlainLabel("", role="small")
        self._meter = QProgressBar()
        self._raise = push_button("Raise today's limit", theme=theme, kind="link", clicked=self.ask_raise)
        self._see = push_button("See what was held back", theme=theme, kind="link", clicked=self.held_back_wanted.emit)
        self._copy = push_button(
            "Copy details", theme=theme, kind="link", icon="copy", clicked=lambda: copy(self._details)
        )
        self._sync = push_button("Sync now", theme=theme, icon="arrows-clockwise", clicked=self._on_sync)
        self._again = push_button("Bring in more", theme=theme, icon="tray", clicked=self._on_again)
        self._pause = push_button("Pause", theme=theme, kind="plain", icon="pause", clicked=self._on_pause)
        self._remove = push_button("Remove", theme=theme, kind="plain", icon="trash", clicked=self._on_remove)
        self._menu = icon_button("More", icon="dots-three", theme=theme, clicked=self._open_menu)
        self.deeds = AccountMenu(context, sources, removed=self._on_remove)
        self.panel = AccountPanel(context)
        self.covers = CoverList(context)
        self.cannot = CannotList(context, view.account.kind)
        self._more = push_button("", theme=theme, kind="link", icon="caret-down", clicked=self.covers.turn)
        lacks = "What the platform does not show" if view.account.kind in LIVE else "What these files do not hold"
        self._lacks = push_button(lacks, theme=theme, kind="link", icon="info", clicked=self.cannot.turn)
        self._whole = PlainLabel("", role="small", elides=True)
        self._progress = WorkProgress(theme, sources)
        self._form: RemoveForm | None = None
        self.raising: RaiseForm | None = None
        self._build()
        self.covers.turned.connect(self._say_covers)
        self.covers.kept.connect(self._on_kept)
        self.covers.gone.connect(self._on_gone)
        self.setAccessibleName(view.account.name)

    def show_view(self, view: AccountView, *, now: datetime) -> None:
        """Shows newer data; what did not change is left alone."""
        is_first = self._now is None
        self._view, self._now = view, now
        self._name.setText(view.account.name)
        self._about.setText(about(view, now=now))
        self.panel.show_row(view.account)
        self._show_standing()
        self._show_cost()
        self.covers.show_covers(view.covers, is_live=view.account.kind in LIVE, now=now, is_first=is_first)
        self._say_covers()

    def follow(self) -> None:
        """Shows the work on this account, if there is any."""
        self._progress.follow(self._work())
        self._show_standing()

    def _build(self) -> None:
        theme, kind = self._context.theme, self._view.account.kind
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(KIND_ICONS[kind], theme, size=20))
        head.addWidget(self._name)
        head.addWidget(self._chip)
        head.addStretch(1)
        for button in (self._sync, self._again, self._pause, self._remove, self._menu):
            head.addWidget(button)
        cost = QHBoxLayout()
        cost.setSpacing(12)
        self._meter.setTextVisible(False)
        self._meter.setFixedWidth(theme.px(_METER))
        theme.changed.connect(lambda: self._meter.setFixedWidth(theme.px(_METER)))
        # On the left: a second click on Stop, at the right end below, must not meet what raises the limit.
        cost.addWidget(self._next)
        cost.addWidget(self._raise)
        cost.addStretch(1)
        cost.addWidget(self._meter)
        cost.addWidget(self._spent)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._whole)
        foot.addWidget(self._more)
        foot.addWidget(self._lacks)
        foot.addWidget(self._see)
        foot.addWidget(self._copy)
        foot.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self._about)
        self.body.addWidget(self._reason)
        self.body.addLayout(cost)
        self.body.addWidget(self._progress)
        self.body.addWidget(self.panel)
        self.body.addWidget(self.covers)
        self.body.addLayout(foot)
        self.body.addWidget(self.cannot)
        is_live = kind in LIVE
        for part, is_shown in (
            (self._sync, is_live), (self._pause, is_live), (self._menu, is_live), (self._lacks, kind in DECLARES),
            (self._next, is_live), (self._spent, is_live), (self._remove, not is_live), (self._again, kind in _AGAIN),
        ):  # fmt: skip
            part.setVisible(is_shown)

    def _show_standing(self) -> None:
        if self._now is None:
            return
        account, work = self._view.account, self._work()
        is_live = account.kind in LIVE
        waits = work is None and is_live and self._sources.waits(account.name, is_paused=account.is_paused)
        is_held_up = work is not None and waits_until(work.progress, now=self._context.jobs.now()) is not None
        stands = standing(self._view, now=self._now, is_running=work is not None)
        if waits:
            self._chip.show_text("Next", icon="clock")
        elif is_held_up:
            self._chip.show_text("Waiting", icon="clock")
        else:
            symbol = "arrows-clockwise" if work is not None else "pause" if account.is_paused else None
            self._chip.show_text(stands.title, meaning=stands.meaning, icon=symbol)
        self._reason.setText(stands.sentence)
        self._reason.setVisible(bool(stands.sentence))
        self._details = stands.details
        self._copy.setVisible(bool(stands.details))
        self._see.setVisible(stands.shows_held_back)
        coming = next_words(self._view, link=self._sources.link.state, now=self._now)
        self._next.setText("" if work is not None or waits else coming)
        self._next.setVisible(bool(self._next.text()) and is_live)
        self._sync.setEnabled(work is None and not waits)
        self._again.setEnabled(work is None)
        say(self._pause, "Resume" if account.is_paused else "Pause")
        self._pause.setIcon(icon("play" if account.is_paused else "pause", self._context.theme))
        for button in (self._sync, self._pause, self._remove, self._menu):
            button.setAccessibleName(f"{button.text() or 'More'} {account.name}")
        self._remove.setEnabled(work is None)

    def _show_cost(self) -> None:
        """The bar fills up to the daily limit; it is words as well."""
        cap = self._view.cap
        words = spent_words(self._view)
        self._spent.setText(words)
        self._meter.setVisible(cap is not None and self._view.account.kind in LIVE)
        self._raise.setVisible(self._view.spent_until is not None and self.raising is None)
        self._raise.setAccessibleName(f"{self._raise.text()}: {self._view.account.name}")
        if cap is not None:
            self._meter.setRange(0, 1000)
            self._meter.setValue(min(1000, round(self._view.spent.today.bytes * 1000 / cap)))
            self._meter.setAccessibleName(f"Data used: {words}")

    def _say_covers(self) -> None:
        """How far the communities are known as a whole; one alone says it itself."""
        covers = self.covers
        self._more.setVisible(covers.count > 1)
        self._whole.setVisible(covers.count > 1)
        self._whole.setText(covers.words())
        say(self._more, "Hide communities" if covers.is_open else "Show communities")
        self._more.setIcon(icon("caret-up" if covers.is_open else "caret-down", self._context.theme, token="accent"))

    def _work(self) -> Work | None:
        return next((work for work in self._sources.running() if self._is_mine(work)), None)

    def _is_mine(self, work: Work) -> bool:
        account = self._view.account
        if work.kind in {WorkKind.SYNC, WorkKind.CHECK}:
            return account.kind in LIVE and work.account == account.name
        if work.kind is WorkKind.IMPORT:
            return any(cover.name.casefold() == work.subject.casefold() for cover in self._view.covers)
        if work.kind is WorkKind.SAMPLE:
            return account.kind is AccountKind.SAMPLE and account.name == SAMPLE_ACCOUNT
        return work.subject == account.name

    def _open_menu(self) -> None:
        account = self._view.account
        is_busy = self._work() is not None or self._sources.waits(account.name)
        self.deeds.open_at(self._menu, account, is_busy=is_busy, can_sign_out=self.panel.can_sign_out)

    def _on_sync(self) -> None:
        self._sources.sync(self._view.account.name)

    def _on_again(self) -> None:
        name = self._view.covers[0].name if self._view.covers else self._view.account.name
        self._context.open_page("sync", f"import:{name}")

    def ask_raise(self) -> None:
        """Asks for more data today, in place; nothing where there is no limit to raise."""
        if self._view.cap is None:
            return
        if self.raising is None:
            self.raising = RaiseForm(self._context.theme, self._view)
            self.raising.raised.connect(self._on_raised)
            self.raising.left.connect(self._close_raising)
            self.body.insertWidget(self.body.indexOf(self._progress), self.raising)
            self.raising.show()
            self._raise.hide()
        self.raising.take_focus()
        self.question_opened.emit(self.raising)

    def leave_question(self) -> bool:
        """Esc: what is asked on this card stays as it is; False where nothing is."""
        if self._form is not None:
            self._close_form()
        elif self.raising is not None:
            self._close_raising()
        else:
            return False
        return True

    def _on_raised(self, cap: int | None) -> None:
        workspace, account = self._context.workspace, self._view.account

        def done(changes: Changes) -> None:
            self._close_raising()
            self._context.bus.publish(changes)
            self._sources.sync(account.name)

        def refused(error: Exception) -> None:
            if self.raising is not None:
                self.raising.refuse(error_words(error)[0][0])

        self._context.jobs.run(self, "raise", lambda: workspace.accounts.raise_today(account.id, cap), done, refused)

    def _close_raising(self) -> None:
        if self.raising is not None:
            self.raising.deleteLater()
            self.raising = None
            self._show_cost()
            self._menu.setFocus()

    def _on_pause(self) -> None:
        account, run = self._view.account, self._view.last_run
        was_stopped = run is not None and run.state is RunState.CANCELLED
        self._sources.pause(account.id, account.name, is_paused=not account.is_paused, goes_on=was_stopped)

    def _on_kept(self, cover: Cover) -> None:
        workspace, bus = self._context.workspace, self._context.bus
        self._context.jobs.run(self, f"keep {cover.name}", partial(keep_gone, workspace, cover), bus.publish)

    def _on_gone(self, cover: Cover) -> None:
        """Members are counted by a sync, everything else by a check."""
        name, order = self._view.account.name, SyncOrder(community=cover.name, trusts_gone=True)
        if "members" in cover.held:
            self._sources.sync(name, order=order)
        if cover.held.keys() - {"members"}:
            self._sources.check(name, order=order)

    def _on_remove(self) -> None:
        """The sample goes at once, since it can be made again; anything else asks for the number of messages."""
        if self._view.account.kind is AccountKind.SAMPLE:
            self._sources.remove_sample()
            return
        if self._form is None:
            self._form = RemoveForm(self._context.theme, self._view)
            self._form.confirmed.connect(self._on_confirmed)
            self._form.kept.connect(self._close_form)
            self.body.addWidget(self._form)
            self._form.show()
        self._form.take_focus()
        self.question_opened.emit(self._form)

    def _on_confirmed(self) -> None:
        account = self._view.account
        self._close_form()
        self._sources.remove(account.id, account.name)

    def _close_form(self) -> None:
        if self._form is not None:
            self._form.deleteLater()
            self._form = None
            (self._menu if self._view.account.kind in LIVE else self._remove).setFocus()
