"""Refined words: reasons, files, numbers and what a platform said are put into the sentences."""

import pytest

from workbench.errors import (
    BadInputError,
    ClockError,
    KeyMissingError,
    NoSpaceError,
    PlatformBusyError,
    RefusedError,
    SourceError,
)
from workbench.messages import wording


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


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(86_400, "1 day behind"), (-86_400 * 30, "30 days ahead"), (7_300, "2 hours behind"), (-301, "5 minutes ahead")],
)
def test_a_wrong_clock_is_told_with_how_far_it_is_off(seconds, said):
    assert wording(ClockError("", seconds=seconds)).happened == f"The clock of this computer is {said}."
