"""Changes: what a write touched."""

from workbench.models.changes import Changes


def test_everything_is_the_union_of_all_flags():
    union = Changes.NOTHING
    for flag in Changes:
        union |= flag
    assert union is Changes.EVERYTHING


def test_nothing_touches_nobody():
    assert not Changes.NOTHING & Changes.EVERYTHING
