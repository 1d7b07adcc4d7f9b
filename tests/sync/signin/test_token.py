"""Token: how long it lives, when it is due, and how it is kept."""

from datetime import timedelta

import pytest

from tests.builders import NOW
from workbench.sync.signin.token import Token

ANSWER = {"access_token": "access-secret", "expires_in": 1000, "refresh_token": "renewal-secret"}


@pytest.fixture
def token():
    return Token.of(ANSWER, now=NOW)


@pytest.mark.parametrize(
    ("seconds", "is_due", "is_over"),
    [(0, False, False), (799, False, False), (800, True, False), (999, True, False), (1000, True, True)],
)
def test_it_is_due_after_four_fifths_of_its_life(token, seconds, is_due, is_over):
    now = NOW + timedelta(seconds=seconds)
    assert (token.is_due(now), token.is_over(now)) == (is_due, is_over)


def test_a_clock_that_was_put_back_makes_it_due(token):
    assert token.is_due(NOW - timedelta(days=1))


def test_without_a_renewal_it_signs_to_its_end(token):
    finished = token.finished("invalid_grant")
    assert not finished.is_due(NOW + timedelta(seconds=999))
    assert finished.is_due(NOW + timedelta(seconds=1000))
    assert (finished.headers(), finished.ended) == (token.headers(), "invalid_grant")


@pytest.mark.parametrize("told", [None, "soon", -1, 1.5, True, "٣"])
def test_a_life_that_is_not_told_ends_with_a_refusal_only(told):
    token = Token.of({**ANSWER, "expires_in": told}, now=NOW)
    assert token.expires_at is None
    assert not token.is_due(NOW + timedelta(days=999))


def test_a_life_may_be_told_as_text_and_is_held_to_a_year():
    assert Token.of({**ANSWER, "expires_in": "300"}, now=NOW).expires_at == NOW + timedelta(seconds=300)
    assert Token.of({**ANSWER, "expires_in": 10**12}, now=NOW).expires_at == NOW + timedelta(days=366)


def test_the_older_renewal_stays_where_no_newer_one_came():
    assert Token.of({"access_token": "a"}, now=NOW, refresh="older").refresh == "older"
    assert Token.of(ANSWER, now=NOW, refresh="older").refresh == "renewal-secret"


def test_it_is_kept_as_it_is_and_shown_nowhere(token):
    assert Token.load(token.dump()) == token
    assert Token.load(token.finished("x").dump()).ended == "x"
    assert "secret" not in repr(token)
