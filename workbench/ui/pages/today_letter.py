"""TodayLetter: the words a greeting or a line begins with, in a language, for everybody or for one community."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import CommunityId
from workbench.models.database import Database
from workbench.operations.letters import (
    TEXTS,
    Language,
    Letter,
    Letters,
    OwnLetter,
    addressed,
    letter_key,
    own_letter_json,
    own_letter_key,
    read_letters,
)
from workbench.operations.today_items import TodayPerson
from workbench.ui.context import Context
from workbench.ui.directions import isolated
from workbench.ui.sanitiser import line
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.words import error_words

_LANGUAGE: Final = "today/language"
_TEXT_HEIGHT: Final = 112
_HINT: Final = (
    "{name} and {community} are filled in. Nothing is sent before you send it. Emptied, the usual words come back."
)


class LetterEdit(QPlainTextEdit):
    """`left` when the keyboard goes elsewhere: the moment to keep what was written."""

    left = Signal()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TodayLetter(QWidget):
    """Words are kept as the coordinator's own once they are left, of a community apart where one was chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, theme = context, context.theme
        self._letter = Letter.GREETING
        self._letters = Letters(TEXTS[self._letter])
        self._at: CommunityId | None = None
        self._shown = ""
        self.language = ChoiceBox(theme, name="Language of the letter")
        for language in Language:
            self.language.addItem(language.value, language)
        chosen = str(QSettings().value(_LANGUAGE, Language.ENGLISH.value))
        self.language.setCurrentIndex(max(0, self.language.findText(chosen)))
        self._usual = Language(self.language.currentText())
        self.language.activated.connect(lambda: self.choose(Language(self.language.currentText())))
        self.place = ChoiceBox(theme, name="Community the words are for")
        self.place.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.place.activated.connect(lambda: self.choose_place(self.place.currentData()))
        self.edit = LetterEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName("Words to begin with")
        self.edit.setFixedHeight(theme.px(_TEXT_HEIGHT))
        self.edit.left.connect(self.keep)
        head = QHBoxLayout()
        head.addWidget(PlainLabel("Words to begin with", role="captionstrong"), 1)
        head.addWidget(self.language)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.place)
        column.addWidget(self.edit)
        column.addWidget(PlainLabel(_HINT, role="caption", wraps=True))

    def show_letter(self, letter: Letter, communities: Mapping[CommunityId, str]) -> None:
        """Shows a letter as everybody gets it; one of `communities`, by name, may be chosen to be written otherwise."""
        self._letter, self._at = letter, None
        self.place.clear()
        self.place.addItem("Every community", None)
        for community, name in sorted(communities.items(), key=lambda one: one[1].casefold()):
            self.place.addItem(isolated(line(name)), community)
        job = partial(_read, self._context.workspace.database, letter, frozenset(communities))
        self._context.jobs.run(self, "letter", job, self._on_letters, self._on_failed)

    def words_to(self, person: TodayPerson) -> str:
        """What a letter to this person begins with, also while it is being written."""
        community = person.community_id
        is_shown = self._at == community or (self._at is None and community not in self._letters.own)
        text = self.edit.toPlainText() if is_shown else self._letters.text(community, language=self._usual)
        return addressed(text, name=person.name, community=person.community)

    def choose(self, language: Language) -> None:
        """Shows the words in another language; those of the one before are kept."""
        self.keep()
        if self._at is None:
            self._usual = language
            QSettings().setValue(_LANGUAGE, language.value)
        else:
            self._write_own(self._at, OwnLetter(language))
        self._show()

    def choose_place(self, community: CommunityId | None) -> None:
        """Shows how one community is written, or with None everybody else; what was written so far is kept."""
        self.keep()
        self._at = community
        self._show()

    def keep(self) -> None:
        """Keeps the words as the coordinator's own; emptied, those before them come back."""
        text = self.edit.toPlainText().strip()
        if text == self._shown:
            return
        self._shown = text
        if self._at is not None:
            own = OwnLetter(Language(self.language.currentText()), text)
            self._write_own(self._at, own if text else None)
        else:
            usual = {**self._letters.usual, self._usual: text or TEXTS[self._letter][self._usual]}
            self._letters = replace(self._letters, usual=usual)
            self._write(letter_key(self._letter, self._usual), json.dumps(text) if text else None)

    def _write_own(self, community: CommunityId, own: OwnLetter | None) -> None:
        others = {one: kept for one, kept in self._letters.own.items() if one != community}
        self._letters = replace(self._letters, own=others if own is None else {**others, community: own})
        place = self._letters.places.get(community)
        if place is not None:
            self._write(own_letter_key(self._letter, place), None if own is None else own_letter_json(own))

    def _write(self, key: str, value: str | None) -> None:
        job = partial(self._context.workspace.notes.set_preference, key, value)
        self._context.jobs.run(self, f"keep:{key}", job, self._context.bus.publish, self._on_failed, lane="plan")

    def _on_letters(self, letters: Letters) -> None:
        self._letters = letters
        self._show()

    def _show(self) -> None:
        own = self._letters.own.get(self._at) if self._at is not None else None
        self.language.setCurrentText((self._usual if own is None else own.language).value)
        self.place.setCurrentIndex(max(0, self.place.findData(self._at)))
        self._shown = self._letters.text(self._at, language=self._usual)
        self.edit.setPlainText(self._shown)

    def _on_failed(self, error: Exception) -> None:
        words, _details = error_words(error)
        self._context.tell(words[0])


def _read(database: Database, letter: Letter, communities: frozenset[CommunityId]) -> Letters:
    with database.read() as reader:
        return read_letters(reader, letter, communities)
