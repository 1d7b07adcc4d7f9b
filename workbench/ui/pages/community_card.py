"""CommunityCardPanel: what a coordinator says a community is, edited in place at the side of its dashboard."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.kinds import AskedBy, CommunityLevel
from workbench.operations.house_rules import house_rules
from workbench.operations.letters import Language
from workbench.queries.community_card import CommunityCardRow
from workbench.ui.pages.plan_inspector_fields import Choice, SavedLine, SavedText
from workbench.ui.qt_models.community_table import TYPE_TITLES
from workbench.ui.sanitiser import line, shown
from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel

LEVEL_TITLES: Final = {
    CommunityLevel.GLOBAL: "Global",
    CommunityLevel.REGIONAL: "Regional",
    CommunityLevel.COUNTRY: "Country",
}
ASKED_TITLES: Final = {
    AskedBy.MEMBERS: "Its members",
    AskedBy.OFFICE: "An office",
    AskedBy.HEADQUARTERS: "Headquarters",
    AskedBy.PARTNER: "A partner",
}
NO_COORDINATOR: Final = "No coordinator"
_NOT_SAID: Final = "Not said"
_CHOICES: Final[Mapping[str, tuple[str, Mapping[Any, str]]]] = {
    "type": ("Type", TYPE_TITLES),
    "level": ("Level", LEVEL_TITLES),
    "asked_by": ("Who asked for it", ASKED_TITLES),
}
_TEXTS: Final = {
    "purpose": ("What it is for", "In your words; the platform's own stay as they are."),
    "themes": ("Themes", ""),
    "spaces": ("Spaces", "Where it meets and keeps things: channels, folders, calls."),
    "policies": ("Policies", "Who may join, what may be shared."),
    "partners": ("External partners", ""),
}
TITLES: Final = {
    "coordinator": "Coordinator",
    **{name: title for name, (title, _) in _CHOICES.items()},
    **{name: title for name, (title, _) in _TEXTS.items()},
}
"""What each field is called."""
_HINTS: Final = {
    "type": "Decides the targets beside the numbers.",
    "asked_by": "Communities members asked for grew from the bottom up.",
}


class CommunityCardPanel(QWidget):
    """`edited(field, before, after)` with values as they are stored; `closed` by its button, which never scrolls."""

    edited = Signal(str, object, object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("About this community")
        self._card: CommunityCardRow | None = None
        self.choices = {
            name: Choice(theme, name=title, titles={None: _NOT_SAID, **titles})
            for name, (title, titles) in _CHOICES.items()
        }
        self.coordinator = SavedLine()
        self.coordinator.setPlaceholderText("A name")
        self.texts = {name: SavedText(lines=2) for name in _TEXTS}
        self.rules = push_button("Begin with house rules", theme=theme, kind="link", icon="scales")
        self.rules.setToolTip("A page of light governance to adapt: who decides, what is welcome, how one objects")
        menu = QMenu(self.rules)
        for language in Language:
            menu.addAction(language.value, lambda one=language: self.begin_rules(one))
        self.rules.setMenu(menu)
        self._missing = Chip(theme, NO_COORDINATOR, meaning=Meaning.BAD)
        self._description = PlainLabel("", role="small", wraps=True)
        self._led = Field(theme, "Coordinator", self.coordinator, hint=" ")
        self._build(theme)
        for name, choice in self.choices.items():
            choice.edited.connect(lambda one=name: self._on_choice(one))
        self.coordinator.left.connect(self.keep)
        for text in self.texts.values():
            text.left.connect(self.keep)

    @property
    def card(self) -> CommunityCardRow | None:
        """The card shown."""
        return self._card

    def show_card(self, card: CommunityCardRow, *, is_writable: bool) -> None:
        """Shows a card; what is being typed into the same one stays until it is kept."""
        is_same = self._card is not None and self._card.community_id == card.community_id
        past, self._card = self._card, card
        for name, choice in self.choices.items():
            choice.show_values({getattr(card, name)})
            choice.setEnabled(is_writable)
        fields: dict[str, SavedLine | SavedText] = {"coordinator": self.coordinator, **self.texts}
        for name, control in fields.items():
            stored = getattr(card, name)
            was_stored = is_same and past is not None and getattr(past, name) == stored
            if not (was_stored and control.hasFocus()) and _text_of(control) != stored:
                _set_text(control, stored)
            control.setReadOnly(not is_writable)
        self.rules.setVisible(is_writable and not card.policies.strip())
        self._missing.setVisible(not card.has_coordinator)
        self._description.setText(shown(card.description))
        self._description.setVisible(bool(card.description.strip()))
        led = ", ".join(line(name) for name in card.leaders)
        self._led.set_hint(f"By their role here: {led}" if led else "Nobody here has a leading role.")

    def begin_rules(self, language: Language) -> None:
        """Writes the house rules in this language into the policies that are empty, to be changed there."""
        policies = self.texts["policies"]
        if self._card is not None and not policies.toPlainText().strip():
            policies.setPlainText(house_rules(language, community=self._card.name))
            policies.setFocus()
            self.rules.hide()
            self.keep()

    def keep(self) -> None:
        """Sends what was typed and is not kept yet."""
        if self._card is None:
            return
        fields: dict[str, SavedLine | SavedText] = {"coordinator": self.coordinator, **self.texts}
        for name, control in fields.items():
            before, after = getattr(self._card, name), _text_of(control).strip()
            if before != after:
                written: dict[str, Any] = {name: after}
                self._card = replace(self._card, **written)
                self.edited.emit(name, before, after)

    def take_focus(self) -> None:
        """Puts the keyboard where what is missing most is written."""
        has_one = self._card is None or self._card.has_coordinator
        (self.choices["type"] if has_one else self.coordinator).setFocus()

    @override
    def setVisible(self, visible: bool) -> None:
        if not visible:
            self.keep()
        super().setVisible(visible)

    def _build(self, theme: Theme) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 16, 8)
        head.addWidget(PlainLabel("About this community", role="title", wraps=True), 1)
        close = icon_button("Close", icon="x", theme=theme, clicked=self.closed.emit)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(head)
        whole.addWidget(self._fields(theme), 1)

    def _fields(self, theme: Theme) -> QScrollArea:
        area, inner = QScrollArea(), QWidget()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inner.setProperty("ground", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 4, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._missing)
        column.addWidget(self._description)
        column.addWidget(self._led)
        for name, choice in self.choices.items():
            column.addWidget(Field(theme, _CHOICES[name][0], choice, hint=_HINTS.get(name, "")))
        for name, text in self.texts.items():
            title, hint = _TEXTS[name]
            column.addWidget(Field(theme, title, text, hint=hint))
            if name == "policies":
                column.addWidget(self.rules, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        area.setWidget(inner)
        return area

    def _on_choice(self, name: str) -> None:
        if self._card is not None:
            before, after = getattr(self._card, name), self.choices[name].value()
            if before != after:
                self._card = replace(self._card, **{name: after})
                self.edited.emit(name, _stored(before), _stored(after))


def _stored(value: object) -> str | None:
    return None if value is None else str(value)


def _text_of(control: SavedLine | SavedText) -> str:
    return control.text() if isinstance(control, SavedLine) else control.toPlainText()


def _set_text(control: SavedLine | SavedText, words: str) -> None:
    if isinstance(control, SavedLine):
        control.setText(words)
    else:
        control.setPlainText(words)
