"""Words to begin with: in a language, in one's own, and for one community otherwise than for the rest."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings

from tests.ui.settled import settle
from workbench.ids import CommunityId, PersonId
from workbench.models.kinds import AccountKind
from workbench.operations.letters import TEXTS, Language, Letter, addressed
from workbench.operations.today_items import TodayPerson
from workbench.sync.records import CommunityRecord
from workbench.ui.pages.today_letter import TodayLetter

GREETINGS = TEXTS[Letter.GREETING]


@pytest.fixture
def places(workspace) -> dict[CommunityId, str]:
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    return {workspace.mirror.ensure_community(account, CommunityRecord(name, name)): name for name in ("Eau", "Water")}


@pytest.fixture
def opened(qtbot, context, places) -> Callable[[], TodayLetter]:
    def show() -> TodayLetter:
        letter = TodayLetter(context)
        qtbot.addWidget(letter)
        letter.show_letter(Letter.GREETING, places)
        settle(qtbot, context.jobs)
        return letter

    return show


def test_words_follow_the_language_and_own_ones_are_kept(opened, qtbot, context):
    letter = opened()
    assert letter.edit.toPlainText() == GREETINGS[Language.ENGLISH]
    letter.edit.setPlainText("My own {name}")
    letter.choose(Language.ARABIC)
    assert letter.edit.toPlainText() == GREETINGS[Language.ARABIC]
    letter.choose(Language.ENGLISH)
    assert letter.edit.toPlainText() == "My own {name}"
    letter.edit.setPlainText(" ")
    letter.keep()
    settle(qtbot, context.jobs)
    assert opened().edit.toPlainText() == GREETINGS[Language.ENGLISH]


def test_one_community_is_written_otherwise_and_the_rest_as_usual(opened, qtbot, context, places):
    letter, (eau, water) = opened(), places
    assert letter.place.itemText(0) == "Every community"
    letter.choose_place(eau)
    letter.choose(Language.FRENCH)
    letter.choose_place(None)
    assert letter.language.currentText() == Language.ENGLISH.value

    def told(one: TodayLetter) -> list[str]:
        people = (TodayPerson("greet:1", PersonId(1), "Noor", place, places[place], None) for place in (eau, water))
        return [one.words_to(person) for person in people]

    letter.edit.setPlainText("Hello {name}")
    assert told(letter) == [addressed(GREETINGS[Language.FRENCH], name="Noor", community="Eau"), "Hello Noor"]
    letter.choose_place(eau)
    letter.edit.setPlainText("Salut {name}")
    assert told(letter) == ["Salut Noor", "Hello Noor"], "as it is being written"
    letter.keep()
    settle(qtbot, context.jobs)
    again = opened()
    assert (told(again), again.language.currentText()) == (["Salut Noor", "Hello Noor"], Language.ENGLISH.value)
    again.choose_place(eau)
    assert again.language.currentText() == Language.FRENCH.value
    again.edit.clear()
    again.choose_place(water)
    assert told(again) == ["Hello Noor"] * 2, "emptied, the usual words come back"
    assert QSettings().value("today/language", Language.ENGLISH.value) == Language.ENGLISH.value
