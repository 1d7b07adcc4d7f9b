"""SettingsForm: fields made from what a connector declares, checked as typed; what has a default can be folded away."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workbench.sync.platforms import Setting, SettingKind
from workbench.sync.typed_address import whole_address
from workbench.ui.pages.account_words import wrong_with
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, on_enter
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.ticks import TickBox

_NUMBER_WIDTH: Final = 140
_YES, _NO = "yes", "no"
KEPT_HINT: Final = "Leave it empty to keep the one that is stored."


class SettingField(QWidget):
    """One setting as a labelled control; `is_kept` says that a secret is stored already and may stay as it is."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, setting: Setting, *, value: str | None = None, is_kept: bool = False) -> None:
        super().__init__()
        self.setting = setting
        self._theme, self._is_kept, self._is_left = theme, is_kept, False
        self.control = self._made()
        self.stops: list[QWidget] = [self.control]
        self._field: Field | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        hint = KEPT_HINT if is_kept else setting.hint
        if isinstance(self.control, TickBox):
            self.control.setAccessibleDescription(hint)
            column.addWidget(self.control)
            if hint:
                column.addWidget(PlainLabel(hint, role="caption", wraps=True))
        else:
            self._field = Field(theme, self._title(), self.control, hint=hint, beside=self._beside())
            column.addWidget(self._field)
        self.set_text(setting.default if value is None else value)

    @property
    def text(self) -> str:
        """The value as the account keeps it; empty for a secret that is to stay."""
        control = self.control
        if isinstance(control, TickBox):
            return _YES if control.isChecked() else _NO
        if isinstance(control, ChoiceBox):
            return str(control.currentData())
        typed = control.text().strip()
        return whole_address(typed) if self.setting.kind is SettingKind.ADDRESS else typed

    @property
    def problem(self) -> str:
        """What is said to be wrong now."""
        return "" if self._field is None else self._field.problem

    def set_text(self, text: str) -> None:
        """Fills it in."""
        control = self.control
        if isinstance(control, TickBox):
            control.setChecked(text == _YES)
        elif isinstance(control, ChoiceBox):
            control.setCurrentIndex(max(0, control.findData(text)))
        else:
            control.setText(text)

    def check(self) -> str:
        """Says what is wrong beside the control and answers it; empty for nothing."""
        self._is_left = True
        return self._tell()

    def _wrong(self) -> str:
        if isinstance(self.control, TickBox | ChoiceBox) or (self._is_kept and not self.text):
            return ""
        return wrong_with(self.setting, self.text)

    def _tell(self) -> str:
        wrong = self._wrong()
        if self._field is not None:
            self._field.say_problem(wrong)
        return wrong

    def _title(self) -> str:
        return self.setting.title if self.setting.is_required else f"{self.setting.title} (can stay empty)"

    def _made(self) -> QLineEdit | ChoiceBox | TickBox:
        setting = self.setting
        if setting.kind is SettingKind.SWITCH:
            box = TickBox(self._theme, setting.title)
            box.toggled.connect(lambda _is_on: self.changed.emit())
            return box
        if setting.kind is SettingKind.CHOICE:
            choice = ChoiceBox(self._theme, name=setting.title)
            for value, title in setting.choices:
                choice.addItem(title, value)
            choice.currentIndexChanged.connect(lambda _place: self.changed.emit())
            return choice
        line = QLineEdit()
        if setting.kind is SettingKind.SECRET:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        if setting.kind is SettingKind.NUMBER:
            line.setMaximumWidth(self._theme.px(_NUMBER_WIDTH))
        line.textChanged.connect(self._on_typed)
        line.editingFinished.connect(self._on_left)
        on_enter(line, self.submitted.emit)
        return line

    def _beside(self) -> QWidget | None:
        """A secret can be looked at while it is typed; a number stands at the start of its row."""
        line = self.control
        if self.setting.kind is SettingKind.NUMBER:
            return QWidget()
        if self.setting.kind is not SettingKind.SECRET or not isinstance(line, QLineEdit):
            return None

        def show_or_hide() -> None:
            is_hidden = line.echoMode() is QLineEdit.EchoMode.Password
            line.setEchoMode(QLineEdit.EchoMode.Normal if is_hidden else QLineEdit.EchoMode.Password)

        eye = icon_button(f"Show or hide: {self.setting.title}", icon="eye", theme=self._theme, clicked=show_or_hide)
        self.stops.append(eye)
        return eye

    def _on_typed(self) -> None:
        # While the first letters are typed nothing is wrong yet; a field that was left is checked at each letter.
        if self._is_left:
            self._tell()
        self.changed.emit()

    def _on_left(self) -> None:
        if self.text:
            self.check()


class SettingsForm(QWidget):
    """`fill` it with declared settings; those that need no answer stand in `rest`, to be placed and folded elsewhere.

    `rest_wanted` when something in there is wrong.
    """

    changed = Signal()
    submitted = Signal()
    rest_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.fields: dict[str, SettingField] = {}
        self.rest = QWidget()
        self._columns: list[QVBoxLayout] = []
        for part in (self, self.rest):
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(12)
            self._columns.append(column)

    @property
    def has_rest(self) -> bool:
        """Whether there is anything to fold away."""
        return any(_can_wait(field.setting) for field in self.fields.values())

    def fill(
        self,
        settings: Sequence[Setting],
        *,
        values: Mapping[str, str],
        locked: bool = False,
        kept: Collection[str] = (),
    ) -> None:
        """Shows these settings. `locked`: addresses stay as they are; `kept` names secrets that are stored."""
        for field in self.fields.values():
            field.hide()
            field.deleteLater()
        self.fields = {}
        first, rest = self._columns
        for setting in settings:
            is_kept = setting.name in kept and _is_secret(setting)
            field = SettingField(self._theme, setting, value=values.get(setting.name), is_kept=is_kept)
            field.control.setEnabled(not (locked and setting.kind is SettingKind.ADDRESS))
            field.changed.connect(self.changed)
            field.submitted.connect(self.submitted)
            self.fields[setting.name] = field
            (rest if _can_wait(setting) else first).addWidget(field)
        self.setVisible(any(not _can_wait(setting) for setting in settings))

    def values(self) -> dict[str, str]:
        """{name: value} of everything that is no secret; a number or switch left as it was stays the program's."""
        return {
            name: field.text
            for name, field in self.fields.items()
            if not _is_secret(field.setting) and not (_is_tuning(field.setting) and field.text == field.setting.default)
        }

    def secrets(self) -> dict[str, str]:
        """{name: value} of the secrets that were typed."""
        return {name: field.text for name, field in self.fields.items() if _is_secret(field.setting) and field.text}

    def first_wrong(self) -> QWidget | None:
        """Checks everything, says what is wrong beside each field, and answers the control of the first."""
        wrong = [field for field in self.fields.values() if field.check()]
        if any(_can_wait(field.setting) for field in wrong):
            self.rest_wanted.emit()
        return wrong[0].control if wrong else None

    def stops(self, *, of_rest: bool) -> list[QWidget]:
        """The controls in their order, of those folded away or of the others."""
        fields = [field for field in self.fields.values() if _can_wait(field.setting) is of_rest]
        return [stop for field in fields for stop in field.stops]

    def first_control(self) -> QWidget | None:
        """Where typing begins."""
        fields = (field for field in self.fields.values() if not _can_wait(field.setting))
        return next((field.control for field in fields if field.control.isEnabled()), None)


def _is_secret(setting: Setting) -> bool:
    return setting.kind is SettingKind.SECRET


def _is_tuning(setting: Setting) -> bool:
    return setting.kind in {SettingKind.NUMBER, SettingKind.SWITCH}


def _can_wait(setting: Setting) -> bool:
    """Whether most people leave it as it is."""
    return bool(setting.default) or not setting.is_required
