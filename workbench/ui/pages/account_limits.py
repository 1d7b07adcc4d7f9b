"""LimitsForm: how far back an account goes, what a day may cost, and how often it syncs by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.operations.sync import standing_of
from workbench.queries.sync_status import AccountRow, CommunityStateRow
from workbench.sync.accounts import AccountLimits
from workbench.sync.schedule import budget_from
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.icons import icon
from workbench.ui.pages.account_data import Tended, keep_limits
from workbench.ui.pages.account_words import days_words, estimate_words
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.choices import ChoiceRow
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.tab_order import in_tab_order
from workbench.ui.widgets.ticks import TickBox
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.sync.budget import Estimate

_COUNTS: Final = frozenset({AccountKind.GOOGLE_ANALYTICS})
"""Kinds that bring numbers, not texts."""
_MEGABYTE: Final = 1_000_000
_CAPS: Final[tuple[int | None, ...]] = (None, 5, 20, 100)
_OTHER: Final = -1
_EVERY: Final = ((None, "Only when I ask"), (60, "Every hour"), (360, "Every 6 hours"), (1440, "Once a day"))
_FIRST_EVERY: Final = 360
_FILES: Final[tuple[int | None, ...]] = (None, 100_000, 1_000_000, 10_000_000)
_MOST_MEGABYTES: Final = 100_000
_NUMBER_WIDTH: Final = 112


@dataclass(frozen=True, slots=True)
class Span:
    """How far back: `days` from today, None to the beginning; `kept` is the day an account goes back to already."""

    title: str
    days: int | None
    kept: date | None = None

    def start(self, today: date) -> date | None:
        """The first day, None for the beginning."""
        if self.kept is not None:
            return self.kept
        return None if self.days is None else today - timedelta(days=self.days)


SPANS: Final = (Span("Last 90 days", 90), Span("Last year", 365), Span("Everything", None))


class LimitsForm(QWidget):
    """`started` once the first sync may begin, `kept` once limits were changed later; `left` when it is put off."""

    started = Signal()
    kept = Signal()
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._account: Tended | None = None
        self._is_first = False
        self._spans: Sequence[Span] = ()
        self.rows: list[ChoiceRow] = []
        self._group = QButtonGroup(self)
        theme = context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)  # the buttons are to be seen on a small screen without scrolling
        self._said = PlainLabel("", role="second", wraps=True)
        column.addWidget(self._said)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(6)
        column.addLayout(self._choices)
        self.text_only = TickBox(theme, "Text only: without likes, pictures and files")
        self.text_only.toggled.connect(self._tell)
        self.text_only.toggled.connect(lambda is_text_only: self.files.setEnabled(not is_text_only))
        column.addWidget(self.text_only)
        column.addLayout(self._boxes())
        self._days = PlainLabel("", role="second", wraps=True)
        column.addWidget(self._days)
        self.go = push_button("", theme=theme, kind="primary", icon="arrows-clockwise", clicked=self._on_go)
        self._later = push_button("Later", theme=theme, clicked=self._on_later)
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.go)
        row.addWidget(self._later)
        row.addStretch(1)
        column.addSpacing(4)
        column.addWidget(self.foot)

    def show_first(self, account: Tended) -> None:
        """Offers the first sync: 90 days of text."""
        self._is_first = True
        self._fill(account, SPANS, AccountLimits(None, is_text_only=True, every_minutes=_FIRST_EVERY))
        self.rows[0].setChecked(True)
        self._say("Start the first sync", "Later")
        self._said.setText(
            "News come first, then members, then history backwards. Stop it at any time; it goes on from there."
        )

    def show_limits(self, account: Tended) -> None:
        """Shows the limits an account has."""
        self._is_first = False
        row = account.row
        spans: tuple[Span, ...] = SPANS
        if row.history_from is not None:
            spans = (Span(f"As it is: since {numbers.long_day(row.history_from)}", None, row.history_from), *SPANS)
        self._fill(account, spans, _limits_of(row))
        self.rows[0 if row.history_from is not None else -1].setChecked(True)
        self._say("Keep these limits", "Cancel")
        self._said.setText(
            "Going further back than before makes the next sync look at everything again. What is here stays."
        )

    def take_focus(self) -> None:
        """Puts the keyboard on the choice that is made."""
        next((row for row in self.rows if row.isChecked()), self.go).setFocus()

    def limits(self) -> AccountLimits:
        """What is chosen."""
        span = self._span()
        today = self._now().astimezone(UTC).date()
        start, is_text_only = span.start(today), self.text_only.isChecked()
        return AccountLimits(start, is_text_only, self._cap(), self.every.currentData(), self.files.currentData())

    def _boxes(self) -> QHBoxLayout:
        theme = self._context.theme
        self.cap = ChoiceBox(theme, name="Data a day")
        for amount in _CAPS:
            self.cap.addItem("No limit" if amount is None else _megabytes(amount), amount)
        self.cap.addItem("Another amount…", _OTHER)
        self.cap.currentIndexChanged.connect(self._on_cap)
        self.amount = QLineEdit()
        self.amount.setFixedWidth(theme.px(_NUMBER_WIDTH))
        self.amount.textChanged.connect(self._tell)
        self.every = ChoiceBox(theme, name="Sync by itself")
        for minutes, title in _EVERY:
            self.every.addItem(title, minutes)
        cap_hint = "Both ways; the rest comes tomorrow."
        self._amount_field = Field(theme, "Megabytes a day", self.amount)
        self._cap_field = Field(theme, "Data a day", self.cap, hint=cap_hint)
        every_field = Field(theme, "Sync by itself", self.every, hint="While the program is open.")
        self.files = ChoiceBox(theme, name="Files on messages")
        for most in _FILES:
            self.files.addItem(_file_words(most), most)
        self.files.currentIndexChanged.connect(self._tell)
        files_hint = "Last of all; any can be had by hand."
        self._files_field = Field(theme, "Files on messages", self.files, hint=files_hint)
        row = QHBoxLayout()
        row.setSpacing(16)
        for field, share in (
            (self._cap_field, 1), (self._amount_field, 0), (every_field, 1), (self._files_field, 1),
        ):  # fmt: skip
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        return row

    def _fill(self, account: Tended, spans: Sequence[Span], limits: AccountLimits) -> None:
        self._account, self._spans = account, spans
        for row in self.rows:
            self._group.removeButton(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for span in spans:
            row = ChoiceRow(self._context.theme, span.title, "", is_low=True)
            row.toggled.connect(self._tell)
            self._group.addButton(row)
            self._choices.addWidget(row)
            self.rows.append(row)
        in_tab_order([*self.rows, self.text_only, self.cap, self.amount, self.every, self.files, self.go, self._later])
        self.text_only.setChecked(limits.is_text_only)
        _choose(self.every, limits.every_minutes)
        if self.files.findData(limits.file_limit) < 0:
            self.files.addItem(_file_words(limits.file_limit), limits.file_limit)
        self.files.setCurrentIndex(self.files.findData(limits.file_limit))
        cap = None if limits.daily_cap is None else limits.daily_cap / _MEGABYTE
        self.cap.setCurrentIndex(_CAPS.index(cap) if cap in _CAPS else len(_CAPS))
        self.amount.setText("" if cap is None else numbers.written(cap, "g", 6))
        self._on_cap()

    def _say(self, words: str, later: str) -> None:
        say(self.go, words)
        say(self._later, later)
        name = "arrows-clockwise" if self._is_first else "check"
        self.go.setIcon(icon(name, self._context.theme, token="on_accent"))
        self.text_only.setVisible(self._has_texts())
        self._files_field.setVisible(self._has_texts())
        self._tell()

    def _has_texts(self) -> bool:
        """Whether there is anything beside text that could be left out."""
        return self._account is not None and self._account.row.kind not in _COUNTS

    def _span(self) -> Span:
        return next((span for span, row in zip(self._spans, self.rows, strict=True) if row.isChecked()), self._spans[0])

    def _cap(self) -> int | None:
        """Bytes a day; None for no limit and for what is no amount."""
        amount = self.cap.currentData()
        if amount != _OTHER:
            return None if amount is None else int(amount) * _MEGABYTE
        typed = _amount(self.amount.text())
        return None if typed is None else max(1, round(typed * _MEGABYTE))

    def _wrong_amount(self) -> str:
        if self.cap.currentData() != _OTHER or _amount(self.amount.text()) is not None:
            return ""
        return "Give a number above 0."

    def _now(self) -> datetime:
        return self._context.workspace.clock.now()

    def _kept_words(self) -> str:
        """What comes next without going further back."""
        if self._account is None:
            return ""
        row, cap = self._account.row, self._cap()
        standing = replace(standing_of(row, spent_today=self._account.spent_today), daily_cap=cap)
        if row.daily_cap is not None and (cap is None or cap > row.daily_cap):
            standing = replace(standing, error_code=None)  # as keeping these limits makes it
        until = budget_from(standing, now=self._now())
        is_unread = any(state.synced_at is None for state in _followed(self._account.states))
        coming = "Goes on where it stopped: what is new, then the history." if is_unread else "Fetches what is new."
        if until is None or cap is None:
            return coming
        used = f"{numbers.size(self._account.spent_today)} of {numbers.whole_size(cap)}"
        when = numbers.when(until, now=self._now())
        return f"Today's data is used up ({used}), so nothing is fetched before {when.removeprefix('at ')}."

    def _estimate(self, span: Span) -> "Estimate | None":
        """What is still to fetch with this choice; None where nothing can be said."""
        from workbench.operations.first_sync import first_sync_estimate  # noqa: PLC0415 - once it is shown

        if self._account is None or span.kept is not None:
            return None
        rows = _followed(self._account.states)
        if not rows:
            return None
        return first_sync_estimate(
            rows,
            days=span.days,
            is_text_only=self.text_only.isChecked(),
            declared=self._account.platform,
            settings=self._account.settings,
        )

    def _tell(self) -> None:
        """Puts into words what each choice costs."""
        if self._account is None:
            return
        for span, row in zip(self._spans, self.rows, strict=True):
            found = self._estimate(span)
            if self._is_first and self._has_texts():
                row.setText(f"{span.title}, text only" if self.text_only.isChecked() else span.title)
            row.set_words(
                self._kept_words() if span.kept is not None else "" if found is None else estimate_words(found)
            )
        chosen = self._estimate(self._span())
        words = "" if chosen is None else days_words(chosen, self._cap())
        if chosen is not None and self._has_texts() and self.files.currentData() and not self.text_only.isChecked():
            words = f"{words} Files come on top of this.".strip()
        self._days.setText(words)
        self._days.setVisible(bool(words))
        if self.amount.text():
            self._amount_field.say_problem(self._wrong_amount())

    def _on_cap(self) -> None:
        is_other = self.cap.currentData() == _OTHER
        self._amount_field.setVisible(is_other)
        self._amount_field.say_problem("")
        self._tell()

    def _on_go(self) -> None:
        wrong = self._wrong_amount()
        self._amount_field.say_problem(wrong)
        if wrong:
            self.amount.setFocus()
            return
        self._keep(self._on_kept)

    def _on_later(self) -> None:
        """What was chosen for the first sync is kept for when it comes."""
        if self._is_first and not self._wrong_amount():
            self._keep(self._on_put_off)
        else:
            self.left.emit()

    def _keep(self, done: Callable[[Changes], None]) -> None:
        if self._account is not None:
            job = partial(keep_limits, self._context.workspace, self._account.row.id, self.limits())
            self._context.jobs.run(self, "limits", job, done, self._on_refused)

    def _on_kept(self, changes: Changes) -> None:
        self._context.bus.publish(changes)
        (self.started if self._is_first else self.kept).emit()

    def _on_put_off(self, changes: Changes) -> None:
        self._context.bus.publish(changes)
        self.left.emit()

    def _on_refused(self, error: Exception) -> None:
        self._cap_field.say_problem(" ".join(error_words(error)[0]))


def _followed(states: Sequence[CommunityStateRow]) -> list[CommunityStateRow]:
    return [row for row in states if row.is_followed and row.is_visible]


def _limits_of(row: AccountRow) -> AccountLimits:
    return AccountLimits(row.history_from, row.is_text_only, row.daily_cap, row.every_minutes, row.file_limit)


def _choose(box: ChoiceBox, minutes: int | None) -> None:
    """Chooses an interval; one that was set elsewhere joins the list."""
    there = [box.itemData(place) for place in range(box.count())]
    if minutes not in there:
        box.addItem(f"Every {numbers.hours((minutes or 0) / 60)}", minutes)
        there.append(minutes)
    box.setCurrentIndex(there.index(minutes))


def _file_words(most: int | None) -> str:
    return "Only by hand" if most is None else f"Up to {numbers.size(most)} each"


def _megabytes(amount: int) -> str:
    return f"{numbers.count(amount)}\N{NO-BREAK SPACE}MB"


def _amount(text: str) -> float | None:
    """A number above zero as it is written in this language or with a point; None for anything else."""
    value, is_number = QLocale().toDouble(text.strip())
    if not is_number:
        value, is_number = QLocale.c().toDouble(text.strip())
    return value if is_number and 0 < value <= _MOST_MEGABYTES else None
