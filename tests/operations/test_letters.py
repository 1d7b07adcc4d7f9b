"""The words greetings begin with."""

import pytest

from tests.builders import a_workspace
from workbench.models.kinds import AccountKind
from workbench.operations.letters import (
    TEXTS,
    Language,
    Letter,
    OwnLetter,
    addressed,
    letter_key,
    letter_text,
    own_letter_json,
    own_letter_key,
    read_letters,
)
from workbench.sync.records import CommunityRecord


@pytest.mark.parametrize("letter", Letter)
@pytest.mark.parametrize("language", Language)
def test_every_letter_names_the_person_and_the_community_in_every_language(letter: Letter, language: Language):
    said = addressed(TEXTS[letter][language], name="Amina Example", community="WASH")
    assert "Amina Example" in said
    assert "WASH" in said
    assert "{" not in said


def test_own_words_take_the_place_of_those_shipped(tmp_path):
    workspace = a_workspace(tmp_path)
    workspace.notes.set_preference(letter_key(Letter.GREETING, Language.FRENCH), '"Salut {name} {"')
    with workspace.database.read() as reader:
        assert letter_text(reader, Letter.GREETING, Language.FRENCH) == "Salut {name} {"
        assert letter_text(reader, Letter.NUDGE, Language.FRENCH) == TEXTS[Letter.NUDGE][Language.FRENCH]
    assert addressed("Salut {name} {", name="{community}", community="WASH") == "Salut WASH {"
    workspace.close()


def test_a_community_is_written_in_its_own_language_or_words_and_the_others_as_usual(tmp_path):
    with a_workspace(tmp_path) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        water, health, other = (
            workspace.mirror.ensure_community(account, CommunityRecord(name, name))
            for name in ("water", "health", "other")
        )

        def read():
            with workspace.database.read() as reader:
                return read_letters(reader, Letter.GREETING, (water, health, other))

        for community, own in ((water, OwnLetter(Language.FRENCH)), (health, OwnLetter(Language.ARABIC, "Salam"))):
            place = read().places[community]
            workspace.notes.set_preference(own_letter_key(Letter.GREETING, place), own_letter_json(own))
        letters, french = read(), TEXTS[Letter.GREETING][Language.FRENCH]
        told = [letters.text(one, language=Language.SPANISH) for one in (water, health, other, None)]
        assert told == [french, "Salam", *[TEXTS[Letter.GREETING][Language.SPANISH]] * 2]
