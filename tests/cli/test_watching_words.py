"""The grammar of watch, output, idea and house-rules: the words that can be typed are those of the program."""

from workbench.cli.watching_words import KINDS, LANGUAGES, OUTCOMES
from workbench.notes import watching
from workbench.operations.letters import Language


def test_what_can_be_typed_is_what_the_program_knows():
    assert watching.OUTPUT_KINDS == KINDS
    assert set(watching.OUTCOMES) == set(OUTCOMES)
    assert [language.name.casefold() for language in Language] == list(LANGUAGES)
