"""AccountCard: one account on the Sync page: how it stands, how far its communities are known, and what can be done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.models.kinds import AccountKind
from workbench.operations.sources import SAMPLE_ACCOUNT
from workbench.ui.context import Context
from workbench.ui.pages.sync_data import AccountView, Cover
from workbench.ui.pages.sync_remove import RemoveForm
from workbench.ui.pages.sync_words import KIND_ICONS, LIVE, about, cover_words, standing, whole_words
from workbench.ui.source_work import SourceWork, Work, WorkKind
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.coverage_strip import CoverageStrip
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy
from workbench.ui.widgets.work_progress import WorkProgress

_NAME_SHARE: Final = 3
_STRIP_SHARE: Final = 4
_BELOW: Final = 16


class AccountCard(Card):
    """`held_back_wanted` asks the page to show what was held back."""

    held_back_wanted = Signal()
    question_opened = Signal(QWidget)

    def __init__(self, context: Context, sources: SourceWork, view: AccountView) -> None:
        super().__init__()
        self._context, self._sources, self._view = context, sources, view
        self._details = ""
        self._is_open = False
        self._now: datetime | None = None
        theme = context.theme
        self._name = PlainLabel(view.account.name, role="strong", elides=True)
        self._chip = Chip(theme)
        self._about = PlainLabel("", role="small", wraps=True)
        self._reason = PlainLabel("", role="second", wraps=True)
        self._see = push_button("See what was held back", theme=theme, kind="link", clicked=self.held_back_wanted.emit)
        self._copy = push_button(
            "Copy details", theme=theme, kind="link", icon="copy", clicked=lambda: copy(self._details)
        )
        self._sync = push_button("Sync now", theme=theme, icon="arrows-clockwise", clicked=self._on_sync)
        self._again = push_button("Bring in more", theme=theme, icon="tray", clicked=self._on_again)
        self._pause = push_button("Pause", theme=theme, kind="plain", icon="pause", clicked=self._on_pause)
        self._remove = push_button("Remove…", theme=theme, kind="plain", icon="trash", clicked=self._on_remove)
        self._more = push_button("Show communities", theme=theme, kind="link", icon="caret-down", clicked=self._on_more)
        self._whole = PlainLabel("", role="small")
        self._progress = WorkProgress(theme, sources)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._form: RemoveForm | None = None
        self._build()
        self.setAccessibleName(view.account.name)

    def show_view(self, view: AccountView, *, now: datetime) -> None:
        """Shows newer data."""
        is_other = view.covers != self._view.covers or self._now is None
        self._view, self._now = view, now
        self._name.setText(view.account.name)
        self._about.setText(about(view, now=now))
        self._show_standing()
        if is_other:
            self._fill()

    def follow(self) -> None:
        """Shows the work on this account, if there is any."""
        self._progress.follow(self._work())
        self._show_standing()

    def _build(self) -> None:
        theme = self._context.theme
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(KIND_ICONS[self._view.account.kind], theme, size=20))
        head.addWidget(self._name)
        head.addWidget(self._chip)
        head.addStretch(1)
        for button in (self._sync, self._again, self._pause, self._remove):
            head.addWidget(button)
        links = QHBoxLayout()
        links.setSpacing(4)
        for button in (self._see, self._copy):
            links.addWidget(button)
        links.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._whole)
        foot.addWidget(self._more)
        foot.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self._about)
        self.body.addWidget(self._reason)
        self.body.addLayout(links)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._holder)
        self.body.addLayout(foot)

    def _show_standing(self) -> None:
        if self._now is None:
            return
        account, work = self._view.account, self._work()
        stands = standing(self._view, now=self._now, is_running=work is not None)
        icon = "arrows-clockwise" if work is not None else "pause" if account.is_paused else None
        self._chip.show_text(stands.title, meaning=stands.meaning, icon=icon)
        self._reason.setText(stands.sentence)
        self._reason.setVisible(bool(stands.sentence))
        self._details = stands.details
        self._copy.setVisible(bool(stands.details))
        self._see.setVisible(stands.shows_held_back)
        is_live = account.kind in LIVE
        self._sync.setVisible(is_live)
        self._sync.setEnabled(work is None)
        self._again.setVisible(account.kind is AccountKind.MAILING_LIST)
        self._again.setEnabled(work is None)
        self._pause.setVisible(is_live)
        self._pause.setText("Resume" if account.is_paused else "Pause")
        self._pause.setAccessibleName(f"{self._pause.text()} {account.name}")
        self._remove.setText("Remove" if account.kind is AccountKind.SAMPLE else "Remove…")
        self._remove.setAccessibleName(f"Remove {account.name}")
        self._remove.setEnabled(work is None)

    def _fill(self) -> None:
        """One strip with years for one community; a line for each of several once they are asked for."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        covers = self._view.covers
        self._more.setVisible(len(covers) > 1)
        self._whole.setVisible(len(covers) > 1)
        self._whole.setText(whole_words(covers))
        self._more.setText("Hide communities" if self._is_open else "Show communities")
        has_one = len(covers) == 1 and (covers[0].messages > 0 or bool(covers[0].known))
        self._holder.setVisible(has_one or (self._is_open and len(covers) > 1))
        if has_one:
            self._place_one(covers[0])
        elif self._is_open:
            self._place_many(covers)

    def _place_one(self, cover: Cover) -> None:
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._strip(cover, has_years=True), 0, 0, 1, 2)
        self._grid.addWidget(PlainLabel(cover_words(cover), role="small", elides=True), 1, 0)
        self._grid.addWidget(self._link("Open dashboard", cover), 1, 1, Qt.AlignmentFlag.AlignTrailing)

    def _place_many(self, covers: Sequence[Cover]) -> None:
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        for column, share in enumerate((_NAME_SHARE, _STRIP_SHARE, _NAME_SHARE)):
            self._grid.setColumnStretch(column, share)
        for row, cover in enumerate(covers):
            link = self._link(cover.name, cover)
            self._grid.addWidget(link, row, 0, Qt.AlignmentFlag.AlignLeading)
            self._grid.addWidget(self._strip(cover, has_years=False), row, 1, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(PlainLabel(cover_words(cover), role="small", elides=True), row, 2)

    def _strip(self, cover: Cover, *, has_years: bool) -> CoverageStrip:
        strip = CoverageStrip(self._context.theme, has_years=has_years)
        strip.show_days(cover.first, cover.last, cover.known, words=f"{cover.name}: {cover_words(cover)}")
        return strip

    def _link(self, title: str, cover: Cover) -> QWidget:
        def go() -> None:
            self._context.open_page("dashboard", cover.community_id)

        button = push_button(title, theme=self._context.theme, kind="link", clicked=go)
        button.setAccessibleName(f"Open the dashboard of {cover.name}")
        return button

    def _work(self) -> Work | None:
        return next((work for work in self._sources.running() if self._is_mine(work)), None)

    def _is_mine(self, work: Work) -> bool:
        account = self._view.account
        if work.kind is WorkKind.SYNC:
            return account.kind in LIVE and (
                work.subject == account.name or (not work.subject and not account.is_paused)
            )
        if work.kind is WorkKind.IMPORT:
            return any(cover.name.casefold() == work.subject.casefold() for cover in self._view.covers)
        if work.kind is WorkKind.SAMPLE:
            return account.kind is AccountKind.SAMPLE and account.name == SAMPLE_ACCOUNT
        return work.subject == account.name

    def _on_sync(self) -> None:
        self._sources.sync(self._view.account.name)

    def _on_again(self) -> None:
        name = self._view.covers[0].name if self._view.covers else self._view.account.name
        self._context.open_page("sync", f"import:{name}")

    def _on_pause(self) -> None:
        account = self._view.account
        self._sources.pause(account.id, is_paused=not account.is_paused)

    def _on_more(self) -> None:
        self._is_open = not self._is_open
        self._fill()

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
            self._remove.setFocus()


class AccountsView(QScrollArea):
    """All cards under one another; a card stays itself while its account does."""

    held_back_wanted = Signal()

    def __init__(self, context: Context, sources: SourceWork) -> None:
        super().__init__()
        self._context, self._sources = context, sources
        self._cards: dict[int, AccountCard] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        inner = QWidget()
        inner.setProperty("ground", "clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._column.addStretch(1)
        self.setWidget(inner)
        sources.changed.connect(self._follow)

    def show_accounts(self, views: Sequence[AccountView], *, now: datetime) -> None:
        """Shows newer data of all accounts."""
        for gone in set(self._cards) - {view.account.id for view in views}:
            self._cards.pop(gone).deleteLater()
        for place, view in enumerate(views):
            card = self._cards.get(view.account.id)
            if card is None:
                card = AccountCard(self._context, self._sources, view)
                card.held_back_wanted.connect(self.held_back_wanted)
                card.question_opened.connect(self._scroll_to)
                self._cards[view.account.id] = card
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
            card.show_view(view, now=now)
        self._follow()

    def _scroll_to(self, question: QWidget) -> None:
        # The card has its new height once the layouts have run.
        QTimer.singleShot(0, question, lambda: self.ensureWidgetVisible(question, 0, _BELOW))

    def _follow(self) -> None:
        for card in self._cards.values():
            card.follow()
