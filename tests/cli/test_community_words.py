"""What can be typed about communities is what models and notes know."""

from workbench.cli import community_words as words
from workbench.models.kinds import AskedBy, CommunityLevel, CommunityType
from workbench.notes import community_cards


def test_the_choices_are_those_of_the_models():
    assert tuple(kind.value for kind in CommunityType) == words.TYPES
    assert tuple(level.value for level in CommunityLevel) == words.LEVELS
    assert tuple(by.value for by in AskedBy) == words.ASKED_BY
    assert community_cards.WORDS == words.WORDS
