"""Words over columns: no name means two things."""

from itertools import combinations

from workbench.sync.importers.analytics_words import DAY_NUMBERS, EXPLAINED, PAGES


def test_no_name_means_two_things_and_all_are_folded():
    sets = [words for _, words in EXPLAINED] + [PAGES, DAY_NUMBERS]
    for one, other in combinations(sets, 2):
        assert not one & other
    assert all(word == word.casefold().strip() and word for words in sets for word in words)
