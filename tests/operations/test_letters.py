"""The words greetings begin with."""

import pytest

from tests.builders import a_workspace
from workbench.operations.letters import TEXTS, Language, Letter, addressed, letter_key, letter_text


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
