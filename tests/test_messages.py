"""Messages: every error in words of its own."""

from pathlib import Path

import pytest

from tests.test_errors import OURS
from workbench.errors import (
    BadInputError,
    ClockError,
    KeyMissingError,
    NoSpaceError,
    PlatformBusyError,
    RefusedError,
    SourceError,
    StoreError,
    WrongKeyError,
)
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


def test_what_is_a_mistake_of_ours_is_told_by_its_class_only():
    words = wording(KeyError("Amina Example"))
    assert (words.code, words.details) == ("unexpected", "KeyError")
    assert "Amina" not in words.lines()


def test_reasons_that_are_sentences_are_said():
    assert wording(BadInputError("a plan needs a purpose")).happened == "A plan needs a purpose."
    assert wording(SourceError("it ends too early", path="archive/2004.mbox.gz")).happened == (
        "A file could not be read to its end: 2004.mbox.gz. It ends too early."
    )


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("key-file", "--key-file"),
        ("passphrase", "recovery code"),
        ("vault", "Unlock the vault"),
        ("", "--passphrase-fd"),
    ],
)
def test_missing_key_names_the_step_for_its_keeper(kind, step):
    assert step in wording(KeyMissingError("it is elsewhere", kind=kind)).next


def test_numbers_are_put_into_words():
    assert "3 min" in wording(PlatformBusyError(seconds=170)).next
    assert "120 MB" in wording(NoSpaceError(needed=120_000_000, free=1)).next
    assert wording(PlatformBusyError()).next != wording(PlatformBusyError(seconds=60)).next


def test_a_refusal_says_what_the_platform_said():
    assert wording(RefusedError("422", said="Body is too short")).happened.endswith("It says: “Body is too short”.")
    assert "says" not in wording(RefusedError("422", said="")).happened


def test_details_can_be_copied_without_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    details = wording(StoreError("odd", path=str(tmp_path / "profile"))).details
    assert str(tmp_path) not in details
    assert details.startswith("odd; path: ~")


def test_lines_are_for_a_terminal():
    lines = wording(WrongKeyError("no")).lines().splitlines()
    assert len(lines) == 4
    assert lines[-1] == "(no)"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(86_400, "1 day behind"), (-86_400 * 30, "30 days ahead"), (7_300, "2 hours behind"), (-301, "5 minutes ahead")],
)
def test_a_wrong_clock_is_told_with_how_far_it_is_off(seconds, said):
    assert wording(ClockError("", seconds=seconds)).happened == f"The clock of this computer is {said}."
