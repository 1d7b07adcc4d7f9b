"""OutcomeView: what came of an import: added, there already, held back, and where to go from here."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.ui import numbers
from workbench.ui.source_work import Work
from workbench.ui.theme import MEANING_ICONS, Meaning, Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy
from workbench.ui.words import error_words


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """The end of an import in words."""

    title: str
    meaning: Meaning
    sentence: str
    details: str = ""
    can_go_on: bool = False


class OutcomeView(QWidget):
    """`again` goes on with the same files, `more` begins with others."""

    again = Signal()
    more = Signal()
    left = Signal()
    held_back_wanted = Signal()
    dashboard_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._community_id: int | None = None
        self._details = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(12)
        self._icon = IconLabel("check-circle", theme, token="good", size=20)
        self._title = PlainLabel("", role="strong", wraps=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._title, 1)
        column.addLayout(row)
        figures = QHBoxLayout()
        figures.setSpacing(40)
        self._figures = {name: _Figure(title) for name, title in _FIGURES}
        for figure in self._figures.values():
            figures.addWidget(figure)
        figures.addStretch(1)
        column.addLayout(figures)
        self._sentence = PlainLabel("", role="second", wraps=True)
        column.addWidget(self._sentence)
        self._open = push_button(
            "Open dashboard", theme=theme, kind="primary", icon="chart-line", clicked=self._on_open
        )
        self._again = push_button("Go on", theme=theme, icon="play", clicked=self.again.emit)
        self._see = push_button("See what was held back", theme=theme, icon="tray", clicked=self.held_back_wanted.emit)
        self._copy = push_button("Copy details", theme=theme, icon="copy", clicked=lambda: copy(self._details))
        more = push_button("Import another", theme=theme, icon="plus", clicked=self.more.emit)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._open, self._again, self._see, self._copy, more):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def show_work(self, work: Work) -> None:
        """Shows how an import ended."""
        words = outcome_words(work)
        self._icon.set_icon(MEANING_ICONS[words.meaning], token=words.meaning.value)
        self._title.setText(words.title)
        self._sentence.setText(words.sentence)
        self._sentence.setVisible(bool(words.sentence))
        self._details = words.details
        for name, figure in self._figures.items():
            figure.show_number(work.total(name))
        self._figures["changed"].setVisible(work.total("changed") > 0)
        self._community_id = work.results[0].community_id if work.results else None
        self._open.setVisible(self._community_id is not None and _has_messages(work) and not _is_traffic(work))
        self._again.setVisible(words.can_go_on)
        self._see.setVisible(work.total("rejected") > 0)
        self._copy.setVisible(bool(words.details))
        self.setAccessibleName(words.title)

    def take_focus(self) -> None:
        """Puts the keyboard on the first thing to do."""
        first = next((button for button in (self._open, self._again, self._see) if not button.isHidden()), None)
        if first is not None:
            first.setFocus()

    def _on_open(self) -> None:
        if self._community_id is not None:
            self.dashboard_wanted.emit(self._community_id)


class _Figure(QWidget):
    """A number over its name."""

    def __init__(self, title: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title = title
        self._number = PlainLabel("", role="number")
        column.addWidget(self._number)
        column.addWidget(PlainLabel(title, role="small"))

    def show_number(self, number: int) -> None:
        self._number.setText(numbers.count(number))
        self.setAccessibleName(f"{self._title}: {numbers.count(number)}")


_FIGURES = (
    ("added", "added"),
    ("changed", "brought up to date"),
    ("unchanged", "there already"),
    ("rejected", "held back"),
)


def outcome_words(work: Work) -> OutcomeWords:
    """How an import ended; asked only once it has."""
    result = work.results[0] if work.results else None
    if result is None or result.state is RunState.CANCELLED:
        sentence = "What was read up to there is kept. Go on at any time: only what is missing is added."
        return OutcomeWords(f"Stopped. A part of {work.subject} is here.", Meaning.NEUTRAL, sentence, can_go_on=True)
    if result.error is not None:
        words, details = error_words(result.error)
        meaning = Meaning.BAD if result.state is RunState.FAILED else Meaning.WATCH
        return OutcomeWords(words[0], meaning, " ".join(words[1:]), details, can_go_on=result.state is RunState.PARTLY)
    if result.totals.rejected:
        sentence = "What could not be read is listed with file, place and reason; the rest is complete."
        return OutcomeWords(f"{work.subject} is here, but for a few items", Meaning.WATCH, sentence)
    if not result.totals.added and not result.totals.changed:
        if Changes.FILES in result.totals.changes:
            title, sentence = "has its files now", "The mails were here already; what is attached to them was added."
        else:
            title, sentence = "was up to date already", "These files hold nothing new."
        return OutcomeWords(f"{work.subject} {title}", Meaning.GOOD, sentence)
    if _is_traffic(work):
        return OutcomeWords(f"{work.subject} is here", Meaning.GOOD, "Its page views stand beside your communities.")
    return OutcomeWords(f"{work.subject} is here", Meaning.GOOD, "Everything in the files was read.")


def _is_traffic(work: Work) -> bool:
    """Whether it brought page views: a web site has no dashboard of people."""
    return any(Changes.VIEWS in result.totals.changes for result in work.results)


def _has_messages(work: Work) -> bool:
    return work.total("added") + work.total("changed") + work.total("unchanged") > 0
