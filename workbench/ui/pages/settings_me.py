"""MeCard: which person of the communities the coordinator is, and the name they plan under."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.settings_data import PersonChoice, SettingsData, find_people, save_me, save_my_name
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.top_bar import SEARCHES

_LOOK_MILLISECONDS = 150


class MeCard(Card):
    """Both stay in this profile; neither is sent anywhere."""

    def __init__(self, context: Context) -> None:
        super().__init__("You")
        self._context = context
        self._found: list[PersonChoice] = []
        self._saved_name = ""
        self.body.addWidget(PlainLabel("Who you are in your communities", role="captionstrong"))
        self._build_person()
        self.body.addSpacing(4)
        label = PlainLabel("Your name as owner of plans and cards", role="captionstrong")
        self._name = QLineEdit()
        self._name.setMaxLength(120)
        self._name.setAccessibleName("Your name as owner of plans and cards")
        self._name.editingFinished.connect(self._on_name)
        label.setBuddy(self._name)
        self.body.addWidget(label)
        self.body.addWidget(self._name)

    def show_data(self, data: SettingsData) -> None:
        """Shows what is kept; a name being typed is left alone."""
        self._saved_name = data.my_name
        if not self._name.hasFocus():
            self._name.setText(data.my_name)
        self._name.setPlaceholderText(data.me.name if data.me is not None else "As it should stand in reports")
        self._chosen.setVisible(data.me is not None)
        self._asking.setVisible(data.me is None)
        if data.me is not None:
            self._who.setText(data.me.name)
            self._whence.setText(_about(data.me))

    def _build_person(self) -> None:
        theme = self._context.theme
        self._chosen = QWidget()
        row = QHBoxLayout(self._chosen)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._who = PlainLabel("", role="strong", elides=True)
        self._whence = PlainLabel("", role="small", elides=True)
        row.addWidget(IconLabel("user-circle", theme, size=20))
        row.addWidget(self._who)
        row.addWidget(self._whence)
        row.addStretch(1)
        row.addWidget(push_button("Change", theme=theme, kind="link", clicked=lambda: self._save(None)))
        self._asking = QWidget()
        column = QVBoxLayout(self._asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._typed = QLineEdit()
        self._typed.setProperty(SEARCHES, True)  # noqa: FBT003 - Qt takes it by position
        self._typed.setPlaceholderText("Type a part of your name")
        self._typed.setAccessibleName("Who you are: type a part of your name")
        self._typed.setClearButtonEnabled(True)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_LOOK_MILLISECONDS)
        self._wait.timeout.connect(self._look)
        self._typed.textChanged.connect(self._on_typed)
        self._typed.returnPressed.connect(self._on_enter)
        self._list = QListWidget()
        self._list.setAccessibleName("People of this name")
        self._list.itemActivated.connect(self._on_item)
        self._list.itemClicked.connect(self._on_item)
        self._list.hide()
        self._said = PlainLabel("Used for “mine”, and so that your own posts are told apart.", role="small", wraps=True)
        for widget in (self._typed, self._list, self._said):
            column.addWidget(widget)
        self.body.addWidget(self._chosen)
        self.body.addWidget(self._asking)

    def _on_typed(self) -> None:
        self._wait.start()

    def _look(self) -> None:
        text = self._typed.text().strip()
        if not text:
            self._show_people([])
            return
        self._context.jobs.run(
            self, "look", partial(find_people, self._context.workspace.database, text), self._show_people
        )

    def _show_people(self, found: list[PersonChoice]) -> None:
        self._found = found
        self._list.clear()
        for person in found:
            self._list.addItem(QListWidgetItem(f"{person.name}  ·  {_about(person)}"))
        self._list.setVisible(bool(found))
        if found:
            self._list.setFixedHeight(self._list.sizeHintForRow(0) * len(found) + 4)
            self._list.setCurrentRow(0)
        is_unknown = bool(self._typed.text().strip()) and not found
        self._said.setText(
            "Nobody of this name is in your communities." if is_unknown else "Enter takes the first one."
        )

    def _on_enter(self) -> None:
        if self._found:
            self._save(self._found[max(0, self._list.currentRow())])

    def _on_item(self, item: QListWidgetItem) -> None:
        self._save(self._found[self._list.row(item)])

    def _save(self, person: PersonChoice | None) -> None:
        context = self._context
        self._typed.clear()
        job = partial(save_me, context.workspace, None if person is None else person.person_id)
        context.jobs.run(self, "me", job, context.bus.publish)

    def _on_name(self) -> None:
        context, name = self._context, " ".join(self._name.text().split())
        if name != self._saved_name:
            self._saved_name = name
            context.jobs.run(self, "name", partial(save_my_name, context.workspace, name), context.bus.publish)


def _about(person: PersonChoice) -> str:
    messages = numbers.plural(person.messages, "message", "messages")
    return f"{person.office} · {messages}" if person.office else messages
