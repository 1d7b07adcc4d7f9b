"""How the palette weighs what was typed."""

import pytest

from workbench.ui.fuzzy import fit


def best(typed: str, *titles: str) -> str:
    return max((title for title in titles if fit(typed, title) is not None), key=lambda title: fit(typed, title))


def test_letters_out_of_order_do_not_fit():
    assert fit("xyz", "Sync now") is None
    assert fit("cnys", "Sync now") is None
    assert fit("", "Sync now") == 0


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("sync", ("Sync now", "Show asynchronous things")),
        ("sn", ("Sync now", "Design notes")),
        ("iml", ("Import a mailing list", "Choose communities: small")),
        ("water", ("Water in schools", "Underwater plan")),
    ],
)
def test_beginnings_of_words_come_first(typed: str, titles: tuple[str, ...]):
    assert best(typed, *titles) == titles[0]
