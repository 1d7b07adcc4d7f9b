"""Refusal: every word of a platform leads to one of few errors, and none repeats what the platform said."""

import pytest

from workbench.errors import BadInputError, ForbiddenError, LineError, PlatformBusyError, SignInError
from workbench.sync.signin.refusal import closed, is_consent, refusal, word_of

SAID = "AADSTS70000: amina@example.org in tenant 1234"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("invalid_grant", SignInError),
        ("interaction_required", SignInError),
        ("login_required", SignInError),
        ("access_denied", SignInError),
        ("authorization_declined", SignInError),
        ("expired_token", SignInError),
        ("server_error", LineError),
        ("temporarily_unavailable", LineError),
        ("slow_down", PlatformBusyError),
        ("invalid_client", BadInputError),
        ("invalid_scope", BadInputError),
        ("something_new", BadInputError),
    ],
)
def test_a_word_is_an_error(word, kind):
    error = refusal(word_of({"error": word, "error_description": SAID}))
    assert type(error) is kind
    assert "amina" not in repr(error) + repr(error.details)


@pytest.mark.parametrize("told", [None, 7, "Amina was here", "x" * 41, ["invalid_grant"]])
def test_what_is_no_code_word_is_not_repeated(told):
    assert word_of({"error": told}) == "unknown"


@pytest.mark.parametrize(
    ("answer", "is_one"),
    [
        ({"error": "invalid_grant", "error_codes": [65001]}, True),
        ({"error": "invalid_grant", "suberror": "consent_required"}, True),
        ({"error": "access_denied"}, True),
        ({"error": "invalid_grant", "error_codes": [70008]}, False),
        ({"error": "invalid_grant", "error_codes": "65001"}, False),
        ({}, False),
    ],
)
def test_a_missing_permission_is_told_from_a_sign_in_that_is_over(answer, is_one):
    assert is_consent(answer) is is_one
    assert (word_of(answer) == "consent_required") is is_one


def test_a_part_that_was_refused_alone_is_skipped_and_an_account_without_a_sign_in_is_not():
    assert isinstance(closed("consent_required"), ForbiddenError)
    assert isinstance(closed("invalid_grant"), SignInError)
    assert isinstance(closed(""), SignInError)
