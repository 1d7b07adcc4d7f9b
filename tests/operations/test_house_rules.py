"""House rules: each language names the community, says how one objects, and leaves nothing unfilled but brackets."""

import pytest

from workbench.operations.house_rules import house_rules
from workbench.operations.letters import Language


@pytest.mark.parametrize("language", Language)
def test_a_page_of_rules_names_the_community(language: Language):
    text = house_rules(language, community="Water Net")
    assert ("Water Net" in text.splitlines()[0], "{" in text, "14" in text, "[" in text) == (True, False, True, True)
