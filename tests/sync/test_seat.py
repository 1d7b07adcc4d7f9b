"""Seat: a setting that is missing is said by its name."""

import pytest

from tests.builders import a_clock
from workbench.errors import BadInputError
from workbench.sync.seat import Reach, Seat


def a_bare_seat(**settings: str) -> Seat:
    def nothing(*_: object, **__: object):
        raise AssertionError

    return Seat("https://forum.example.org", a_clock(), nothing, settings)


def test_a_setting_is_given_without_blanks():
    assert a_bare_seat(tenant=" example.org ").setting("tenant") == "example.org"


@pytest.mark.parametrize("settings", [{}, {"tenant": "  "}])
def test_a_missing_setting_is_named(settings: dict[str, str]):
    with pytest.raises(BadInputError) as caught:
        a_bare_seat(**settings).setting("tenant")
    assert caught.value.details == {"setting": "tenant"}


def test_without_being_told_a_pull_goes_to_the_beginning_with_everything():
    assert a_bare_seat().reach == Reach(oldest=None, is_text_only=False)
