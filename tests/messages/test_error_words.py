"""Error words: every error has its own."""

import pytest

from tests.test_errors import OURS
from workbench.messages import wording


@pytest.mark.parametrize("kind", OURS)
def test_every_error_says_what_happened_what_is_safe_and_what_next(kind):
    words = wording(kind())
    assert words.code == kind.code
    for sentence in (words.happened, words.safe, words.next):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "!" not in sentence
        assert "please" not in sentence.lower()


def test_no_two_errors_share_their_words():
    happened = [wording(kind()).happened for kind in OURS]
    assert len(set(happened)) == len(OURS)
