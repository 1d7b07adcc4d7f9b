"""Sign-in against a real OpenID provider when something goes wrong: what is said, and what is kept all the same."""

import json
import logging
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.rig.oidc import Person
from tests.rig.sign_ins import at_browser, by_browser, stored
from tests.sync.signin.desks import Asked, all_at_once
from tests.sync.signin.processes import DIED, context, die_with_a_token
from workbench.cancel import CancelToken
from workbench.errors import (
    BadInputError,
    ClockError,
    LineError,
    ProfileBusyError,
    RetryLaterError,
    SignInError,
    WorkbenchError,
)
from workbench.sync.signin import microsoft, oauth

PORTAL = "sign-in page suspected"


def test_a_dead_renewal_token_is_tried_once_and_a_new_sign_in_mends_it(desk, entra, provider):
    by_browser(desk, entra, Person(provider))
    [renewal] = json.loads(desk.get("msal"))["RefreshToken"].values()
    with desk.wire(provider.authority) as wire:
        form = {"token": renewal["secret"], "client_id": provider.client}
        assert wire.send("POST", f"{provider.authority}/oauth2/v2.0/revoke", form=form).status == 200
    signer = microsoft.signer(desk, entra, "talk")
    refused = signer.headers()
    before = provider.asked()["refresh"]
    given = all_at_once(20, lambda: signer.renew(refused))
    assert {type(error) for error in given} == {SignInError}
    assert "sign in again" in str(given[0])
    assert provider.asked()["refresh"] - before == 1
    assert by_browser(desk, entra, Person(provider))[0].granted == ("talk", "people")


def test_a_portal_signs_nobody_out(desk, entra, provider):
    by_browser(desk, entra, Person(provider))
    signer = microsoft.signer(desk, entra, "talk")
    refused = signer.headers()
    kept = stored(desk)
    provider.behave(portal=True)
    with pytest.raises(LineError, match=PORTAL):
        signer.renew(refused)
    with pytest.raises(LineError, match=PORTAL):
        by_browser(desk, entra, Person(provider))
    assert stored(desk) == kept
    provider.behave()
    assert signer.renew(refused)


@pytest.mark.parametrize(
    "answer",
    [
        (503, {"error": "temporarily_unavailable"}),
        (400, {"error": "temporarily_unavailable"}),
        (401, {"error": "invalid_client", "error_description": "AADSTS7000218: amina@example.org"}),
        (200, {"token_type": "Bearer"}),
        (404, {}),
    ],
)
def test_an_answer_that_says_nothing_of_the_sign_in_ends_no_sign_in(desk, entra, oauth_settings, provider, answer):
    by_browser(desk, entra, Person(provider))
    oauth.sign_in(desk, oauth_settings, show=at_browser(Person(provider)), cancel=CancelToken())
    for signer in (microsoft.signer(desk, entra, "talk"), oauth.signer(desk, oauth_settings)):
        provider.behave()
        refused = signer.headers()
        provider.behave(error=answer)
        with pytest.raises(WorkbenchError) as caught:
            signer.renew(refused)
        assert isinstance(caught.value, RetryLaterError | BadInputError)
        assert "amina" not in str(caught.value)
        provider.behave()
        assert signer.renew(refused)


@pytest.mark.parametrize("seconds", [86_400, -86_400])
def test_a_clock_that_is_off_by_a_day_has_an_error_of_its_own(desk, entra, oauth_settings, provider, seconds):
    provider.behave(skew=seconds)
    asked = Asked()
    with pytest.raises(ClockError) as caught:
        microsoft.sign_in_by_browser(desk, entra, show=asked, cancel=CancelToken())
    assert abs(caught.value.details["seconds"] - seconds) < 100
    assert asked == []
    with pytest.raises(ClockError):
        oauth.sign_in(desk, oauth_settings, show=at_browser(Person(provider)), cancel=CancelToken())
    assert desk.names() == ()


def test_a_clock_put_wrong_later_keeps_nobody_from_renewing(desk, entra, provider):
    by_browser(desk, entra, Person(provider))
    signer = microsoft.signer(desk, entra, "talk")
    first = signer.headers()
    for days in (1, -2):
        desk.clock.advance(timedelta(days=days))
        assert signer.headers() != first
        first = signer.headers()


def test_a_second_window_is_turned_away_and_the_first_goes_on(desk, entra, provider):
    def person(prompt):
        other = Asked()
        with pytest.raises(ProfileBusyError):
            microsoft.sign_in_by_browser(desk, entra, show=other, cancel=CancelToken())
        assert other == []
        Person(provider).walk(prompt.address)

    opened = microsoft.sign_in_by_browser(desk, entra, show=Asked(person), cancel=CancelToken())
    assert opened.granted == ("talk", "people")


def test_an_answer_is_worth_nothing_a_second_time(desk, entra, provider):
    first = Person(provider)
    _, asked = by_browser(desk, entra, first)
    method, _, fields = first.answers[0]

    def person(prompt):
        told = parse_qs(urlsplit(prompt.address).query)
        [here] = told["redirect_uri"]
        replayed = Person(provider)
        # As it was, and with the right state but the code of another sign-in.
        assert replayed.bring(method, here, fields) == 400
        assert "does not belong" in replayed.pages[-1]
        assert replayed.bring(method, here, {**fields, "state": told["state"][0]}) == 200

    with pytest.raises(SignInError):
        microsoft.sign_in_by_browser(desk, entra, show=Asked(person), cancel=CancelToken())
    assert len(asked) == 1


@pytest.mark.parametrize("rotates", [True, False])
def test_a_process_killed_between_renewal_and_store_costs_a_new_sign_in_at_most(
    desk, entra, oauth_settings, provider, rotates
):
    by_browser(desk, entra, Person(provider))
    oauth.sign_in(desk, oauth_settings, show=at_browser(Person(provider)), cancel=CancelToken())
    provider.behave(rotates=rotates)

    start = context()
    for told, make in (
        (entra, lambda at: microsoft.signer(at, entra, "talk")),
        (oauth_settings, lambda at: oauth.signer(at, oauth_settings)),
    ):
        argument = (desk.folder, desk.clock.now(), provider.trusted, told)
        child = start.Process(target=die_with_a_token, args=argument)
        child.start()
        child.join()
        assert child.exitcode == DIED
        signer = make(desk)
        refused = signer.headers()
        if rotates:  # the one we still have was used: the provider takes that for theft
            with pytest.raises(SignInError, match="sign in again"):
                signer.renew(refused)
        else:
            assert signer.renew(refused)
    if rotates:
        oauth.sign_in(desk, oauth_settings, show=at_browser(Person(provider)), cancel=CancelToken())
        assert by_browser(desk, entra, Person(provider))[0].granted == ("talk", "people")


def test_no_secret_is_written_down_on_any_of_these_ways(desk, entra, oauth_settings, provider, caplog):
    caplog.set_level(logging.DEBUG)
    person = Person(provider)
    by_browser(desk, entra, person)
    asked = Asked(lambda prompt: person.walk(prompt.address, code=prompt.code))
    microsoft.sign_in_by_code(desk, entra, show=asked, cancel=CancelToken())
    oauth.sign_in(desk, oauth_settings, show=at_browser(person), cancel=CancelToken())
    secrets = stored(desk)
    errors = []
    for how in (
        {"portal": True},
        {"error": [503, {}]},
        {"error": [400, {"error": "invalid_client", "error_description": secrets[-1]}]},
        {"error": [400, {"error": "invalid_grant", "error_description": secrets[-1]}]},
        {"error": [400, "no json, but " + secrets[-1]]},
        {"refuses": ["https://talk.example.org", "https://people.example.org"]},
    ):
        for signer in (microsoft.signer(desk, entra, "talk"), oauth.signer(desk, oauth_settings)):
            provider.behave()
            try:
                refused = signer.headers()
                provider.behave(**how)
                signer.renew(refused)
            except WorkbenchError as error:
                errors.append(error)
        secrets += stored(desk)
    secrets += [value for _, _, fields in person.answers for value in fields.values()]
    assert len(errors) >= 8
    said = caplog.text + "".join(repr(chained) + str(chained) for error in errors for chained in _chain(error))
    said += repr((desk, entra, oauth_settings, asked))
    assert not [secret for secret in secrets if secret in said]


def _chain(error):
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
