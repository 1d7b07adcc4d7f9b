"""NewcomersCard: the hashtags by which people say that they joined, so that they are greeted."""

from functools import partial

from PySide6.QtWidgets import QLineEdit

from workbench.models.changes import Changes
from workbench.operations.questions import choose_joined_tags
from workbench.ui.context import Context
from workbench.ui.pages.settings_data import SettingsData
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel


class NewcomersCard(Card):
    """Takes effect at once; what is no hashtag is said, and what was kept stays."""

    def __init__(self, context: Context) -> None:
        super().__init__("Newcomers")
        self._context = context
        self._saved = ""
        label = PlainLabel("Hashtags that say “I joined”", role="captionstrong")
        self._tags = QLineEdit()
        self._tags.setMaxLength(300)
        self._tags.setPlaceholderText("None: only joining and first messages count")
        self._tags.setAccessibleName("Hashtags that say “I joined”")
        self._tags.editingFinished.connect(self._on_tags)
        label.setBuddy(self._tags)
        self._said = PlainLabel("Who writes one of them and never wrote there before is new for 14 days, and Today "
                                "asks you to greet them.", role="small", wraps=True)  # fmt: skip
        for widget in (label, self._tags, self._said):
            self.body.addWidget(widget)

    def show_data(self, data: SettingsData) -> None:
        """Shows what is kept; what is being typed is left alone."""
        self._saved = " ".join(f"#{tag}" for tag in data.joined_tags)
        if not self._tags.hasFocus():
            self._tags.setText(self._saved)

    def _on_tags(self) -> None:
        context, text = self._context, self._tags.text()
        if text == self._saved:
            return

        def done(changes: Changes) -> None:
            self._saved = text
            context.bus.publish(changes)

        job = partial(choose_joined_tags, context.workspace, tags=text.replace(",", " ").split())
        context.jobs.run(self, "tags", job, done, self._on_failed, lane="plan")

    def _on_failed(self, error: Exception) -> None:
        self._tags.setText(self._saved)
        self._context.tell_error(error)
