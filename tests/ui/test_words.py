"""Errors become three sentences; the trace and the data stay out of them."""

from workbench.errors import NoSpaceError
from workbench.ui.words import error_words


def test_expected_error_says_what_happened_what_is_safe_and_what_next():
    sentences, details = error_words(NoSpaceError())
    assert len(sentences) == 3
    assert all(sentences)
    assert details.startswith("no_space")


def test_a_bug_is_shown_as_one_without_its_text():
    sentences, details = error_words(KeyError("amina@example.org"))
    assert "amina" not in " ".join(sentences) + details
    assert details.startswith("unexpected")
