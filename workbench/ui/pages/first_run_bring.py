"""BringScreen: the last screen of the first run: a mailing list, an account, an archive, or the sample network."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.models.kinds import RunState
from workbench.ui.context import Context
from workbench.ui.pages.import_panel import ImportPanel
from workbench.ui.pages.sync_archive import ArchivePanel
from workbench.ui.source_work import Work, WorkKind
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.switch import Switch
from workbench.ui.widgets.work_progress import WorkProgress
from workbench.ui.work_words import said_at_end


class BringScreen(QWidget):
    """`finished` when the window below has something to show, or somebody wants to look around first."""

    finished = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._sources = context, context.sources
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._parts = Switch()
        self._choices, self._sample = QWidget(), QWidget()
        self._importing = ImportPanel(context, self._sources)
        self._archive = ArchivePanel(context)
        for part in (self._choices, self._importing, self._archive, self._sample):
            self._parts.add(part)
        column.addWidget(self._parts)
        self._build_choices()
        self._build_sample()
        for panel in (self._importing, self._archive):
            panel.set_leave_words("Back")
            panel.left.connect(self.go_back)
        self._importing.meanwhile.connect(self.finished)
        self._importing.dashboard_wanted.connect(self._to_dashboard)
        self._importing.held_back_wanted.connect(lambda: self._leave_to("sync", "held-back"))
        self._archive.added.connect(lambda _name: self._leave_to("sync", None))
        self._sources.ended.connect(self._on_ended)

    def take_focus(self) -> None:
        """Puts the keyboard on the first choice."""
        self._first.setFocus()

    def go_back(self) -> None:
        """Back to the choices."""
        self._parts.turn_to(self._choices)
        self._first.setFocus()

    def _build_choices(self) -> None:
        column = QVBoxLayout(self._choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(PlainLabel("Bring something in", role="headline", wraps=True))
        said = "Your profile is ready. One community is enough to begin; more can follow at any time."
        column.addWidget(PlainLabel(said, role="second", wraps=True))
        card = Card(padding=0)
        card.body.setSpacing(0)
        self._first = self._choice(
            card,
            "tray",
            ("A mailing list", "Archives as .mbox, .txt or .gz on this computer; no network needed.", "Import…"),
            self._on_import,
            is_primary=True,
        )
        self._account = self._choice(
            card,
            "plus-circle",
            ("An account on a platform", "Where you sign in, such as Viva Engage or Discourse.", "Add account…"),
            lambda: self._leave_to("sync", "account"),
        )
        self._choice(
            card,
            "globe",
            ("An archive on the web", "The address of a public HyperKitty archive.", "Add address…"),
            self._on_archive,
        )
        self._choice(
            card,
            "flask",
            (
                "The sample network",
                "25 invented communities to look around in, removed in one click.",
                "Use the sample",
            ),
            self._on_sample,
        )
        column.addWidget(card)
        row = QHBoxLayout()
        row.addStretch(1)
        later = push_button("Look around first", theme=self._context.theme, kind="link", clicked=self.finished.emit)
        row.addWidget(later)
        column.addLayout(row)

    def _choice(
        self,
        card: Card,
        icon: str,
        said: tuple[str, str, str],
        clicked: Callable[[], object],
        *,
        is_primary: bool = False,
    ) -> QPushButton:
        """Adds a row to the card: icon, title and words, and the button that does it."""
        title, words, verb = said
        theme = self._context.theme
        if card.body.count():
            line = QFrame()
            line.setProperty("rule", "true")
            line.setFixedHeight(1)
            card.body.addWidget(line)
        row = QHBoxLayout()
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(PlainLabel(title, role="strong", wraps=True))
        lines.addWidget(PlainLabel(words, role="small", wraps=True))
        button = push_button(verb, theme=theme, kind="primary" if is_primary else "", clicked=clicked)
        button.setAccessibleDescription(f"{title}. {words}")
        row.addWidget(IconLabel(icon, theme, token="accent", size=24))
        row.addLayout(lines, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        return button

    def _build_sample(self) -> None:
        theme = self._context.theme
        column = QVBoxLayout(self._sample)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(padding=24)
        column.addWidget(card)
        column.addStretch(1)
        card.body.addWidget(PlainLabel("Making the sample network", role="title", wraps=True))
        said = "Two years of 25 invented communities in five languages. Every name in it is made up and says so."
        card.body.addWidget(PlainLabel(said, role="second", wraps=True))
        self._progress = WorkProgress(theme, self._sources)
        self._said = PlainLabel("", wraps=True)
        self._said.hide()
        card.body.addWidget(self._progress)
        card.body.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._meanwhile = push_button("Look around meanwhile", theme=theme, clicked=self.finished.emit)
        self._back = push_button("Back", theme=theme, clicked=self.go_back)
        self._back.hide()
        row.addWidget(self._meanwhile)
        row.addWidget(self._back)
        row.addStretch(1)
        card.body.addLayout(row)

    def _on_import(self) -> None:
        self._importing.start()
        self._parts.turn_to(self._importing)
        self._importing.take_focus()

    def _on_archive(self) -> None:
        self._archive.start()
        self._parts.turn_to(self._archive)
        self._archive.take_focus()

    def _on_sample(self) -> None:
        self._said.hide()
        self._back.hide()
        self._parts.turn_to(self._sample)
        self._progress.follow(self._sources.install_sample())
        self._meanwhile.setFocus()

    def _on_ended(self, work: Work) -> None:
        """The sample is there: shows all of it at once; which community to look at first is not ours to choose."""
        if work.kind is not WorkKind.SAMPLE or self._parts.shown() is not self._sample:
            return
        done = [result for result in work.results if result.state is RunState.DONE]
        if done:
            self._leave_to("dashboard", None)
            return
        work.is_seen = True
        self._said.setText(said_at_end(work))
        self._said.show()
        self._back.show()

    def _to_dashboard(self, community_id: int) -> None:
        self._leave_to("dashboard", community_id)

    def _leave_to(self, page: str, argument: object) -> None:
        self._context.open_page(page, argument)
        self.finished.emit()
