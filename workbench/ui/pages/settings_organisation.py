"""OrganisationCard: which organisations are the coordinator's own; people of others are external."""

from functools import partial

from PySide6.QtWidgets import QLineEdit

from workbench.models.changes import Changes
from workbench.operations.own_organisations import choose_own
from workbench.ui.context import Context
from workbench.ui.pages.settings_data import SettingsData
from workbench.ui.sanitiser import line
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel

_BETWEEN = ";"


class OrganisationCard(Card):
    """Takes effect at once; until something is said, the organisation of most people is proposed."""

    def __init__(self, context: Context) -> None:
        super().__init__("Your organisation")
        self._context = context
        self._saved, self._most = "", ""
        label = PlainLabel("Organisations of your own", role="captionstrong")
        self._names = QLineEdit()
        self._names.setMaxLength(500)
        self._names.setPlaceholderText("One name; another name")
        self._names.setAccessibleName("Organisations of your own")
        self._names.editingFinished.connect(self._on_names)
        label.setBuddy(self._names)
        self._taker = push_button("", theme=context.theme, clicked=self._take)
        self._taker.hide()
        said = PlainLabel("People of any other organisation are external in Members.", role="small", wraps=True)
        for widget in (label, self._names, self._taker, said):
            self.body.addWidget(widget)

    def show_data(self, data: SettingsData) -> None:
        """Shows what is kept; what is being typed is left alone."""
        self._saved = f"{_BETWEEN} ".join(data.own_organisations or ())
        if not self._names.hasFocus():
            self._names.setText(self._saved)
        self._most = data.most_told or ""
        self._taker.setText(f"Take “{line(self._most)}”, which most people have")
        self._taker.setVisible(data.own_organisations is None and bool(self._most))

    def _take(self) -> None:
        self._names.setText(self._most)
        self._on_names()

    def _on_names(self) -> None:
        context, text = self._context, self._names.text()
        if text == self._saved:
            return

        def done(changes: Changes) -> None:
            self._saved = text
            context.bus.publish(changes)

        job = partial(choose_own, context.workspace, names=text.split(_BETWEEN))
        context.jobs.run(self, "organisations", job, done, context.tell_error, lane="plan")
