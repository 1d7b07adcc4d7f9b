"""Sign-in against a real OpenID provider: every way in, what it opens, and how it is kept fresh."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.builders import a_workspace
from tests.rig.oidc import PEOPLE, TALK, Person
from tests.rig.sign_ins import at_browser, by_browser, claims
from tests.sync.signin.desks import Asked, all_at_once
from workbench.cancel import CancelToken
from workbench.clock import FixedClock, SystemClock
from workbench.errors import (
    CancelledError,
    ForbiddenError,
    LineError,
    SignInError,
)
from workbench.models.kinds import AccountKind
from workbench.operations import signin as operations
from workbench.sync.platforms import Setting, SignInKind, SignInWay
from workbench.sync.signin import microsoft, oauth
from workbench.sync.signin.prompt import PromptKind


def test_one_sign_in_opens_two_services_the_second_without_a_word(desk, entra, provider):
    before = provider.asked()
    opened, asked = by_browser(desk, entra, Person(provider))
    assert (opened.granted, opened.refused) == (("talk", "people"), {})
    assert [prompt.kind for prompt in asked] == [PromptKind.OPEN]
    for name in ("talk", "people"):
        told = claims(microsoft.signer(desk, entra, name).headers())
        assert (told["aud"], told["sub"]) == (f"https://{name}.example.org", "amina")
    after = provider.asked()
    assert (after["code"] - before["code"], after["refresh"] - before["refresh"]) == (1, 1)


def test_the_browser_is_sent_with_proof_key_state_nonce_and_a_loopback_address(desk, entra, provider):
    _, asked = by_browser(desk, entra, person := Person(provider))
    sent = {name: value for name, [value] in parse_qs(urlsplit(asked[0].address).query).items()}
    assert (sent["code_challenge_method"], sent["response_mode"]) == ("S256", "form_post")
    assert len(sent["state"]) >= 32
    assert sent["nonce"]
    assert urlsplit(sent["redirect_uri"]).hostname == "localhost"
    assert "people.example.org" not in sent["scope"]
    assert "You can close this window." in person.pages[-1]


def test_a_code_typed_on_another_device_opens_the_same(desk, entra, provider):
    asked = Asked(lambda prompt: Person(provider).walk(prompt.address, code=prompt.code))
    opened = microsoft.sign_in_by_code(desk, entra, show=asked, cancel=CancelToken())
    assert opened.granted == ("talk", "people")
    assert [prompt.kind for prompt in asked] == [PromptKind.CODE]
    assert asked[0].code not in repr(asked[0])


def test_a_code_that_ran_out_is_replaced_by_a_new_one(desk, entra, provider):
    provider.behave(device=1)

    def person(prompt):
        if prompt.note:
            Person(provider).walk(prompt.address, code=prompt.code)
        else:
            provider.behave()  # the next code lives as long as usual

    asked = Asked(person)
    opened = microsoft.sign_in_by_code(desk, entra, show=asked, cancel=CancelToken())
    assert opened.granted == ("talk", "people")
    assert len(asked) == 2
    assert asked[0].code != asked[1].code


def test_whoever_refuses_consent_is_told_so_and_nothing_is_kept(desk, entra, provider):
    with pytest.raises(SignInError, match="refused"):
        by_browser(desk, entra, Person(provider, consents=False))
    asked = Asked(lambda prompt: Person(provider, consents=False).walk(prompt.address, code=prompt.code))
    with pytest.raises(SignInError, match="refused"):
        microsoft.sign_in_by_code(desk, entra, show=asked, cancel=CancelToken())
    assert desk.names() == ()


def test_the_second_service_may_be_refused_alone(desk, entra, provider):
    provider.behave(refuses=["https://people.example.org"])
    opened, _ = by_browser(desk, entra, Person(provider))
    assert (opened.granted, opened.refused) == (("talk",), {"people": "consent_required"})
    assert claims(microsoft.signer(desk, entra, "talk").headers())["aud"] == "https://talk.example.org"
    with pytest.raises(ForbiddenError):
        microsoft.signer(desk, entra, "people").headers()


def test_the_first_service_may_be_refused_alone(desk, entra, provider):
    provider.behave(refuses=["https://talk.example.org"])
    opened, asked = by_browser(desk, entra, Person(provider))
    assert (opened.granted, opened.refused) == (("people",), {"talk": "consent_required"})
    assert len(asked) == 2
    with pytest.raises(ForbiddenError):
        microsoft.signer(desk, entra, "talk").headers()


def test_fifty_refusals_at_once_cost_one_renewal(desk, entra, provider):
    by_browser(desk, entra, Person(provider))
    signer = microsoft.signer(desk, entra, "talk")
    refused = signer.headers()
    before = provider.asked()["refresh"]
    assert all_at_once(50, lambda: signer.renew(refused)) == [True] * 50
    assert provider.asked()["refresh"] - before == 1
    assert signer.headers() != refused
    assert desk.token("token.talk").headers() == signer.headers()


def test_a_token_is_renewed_at_four_fifths_of_its_life_and_not_before(desk, entra, provider):
    by_browser(desk, entra, Person(provider))
    signer = microsoft.signer(desk, entra, "talk")
    first = signer.headers()
    desk.clock.advance(timedelta(seconds=2_879))
    assert signer.headers() == first
    before = provider.asked()["refresh"]
    desk.clock.advance(timedelta(seconds=1))
    assert all(headers != first for headers in all_at_once(10, signer.headers))
    assert provider.asked()["refresh"] - before == 1


def test_what_other_libraries_heed_does_not_change_whom_we_trust(desk, entra, provider, monkeypatch, tmp_path):
    (tmp_path / "nobody.pem").write_text("")
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(tmp_path / "nobody.pem"))
    assert by_browser(desk, entra, Person(provider))[0].granted == ("talk", "people")


def test_a_provider_nobody_vouches_for_is_not_asked(tmp_path, desk, entra, provider):
    strange = replace(desk, transport=None)
    with pytest.raises(LineError) as caught:
        by_browser(strange, entra, Person(provider))
    assert caught.value.details["cause"] == "tls_unknown_issuer"


def test_a_stop_ends_a_sign_in_that_waits(desk, entra, oauth_settings, provider):
    stop = CancelToken()
    asked = Asked(lambda prompt: stop.cancel())
    for begin in (microsoft.sign_in_by_browser, microsoft.sign_in_by_code):
        with pytest.raises(CancelledError):
            begin(desk, entra, show=asked, cancel=stop)
    with pytest.raises(CancelledError):
        oauth.sign_in(desk, oauth_settings, show=asked, cancel=stop)
    assert desk.names() == ()


def test_a_client_without_a_library_of_its_own_signs_in_renews_and_signs_out(desk, oauth_settings, provider):
    oauth.sign_in(desk, oauth_settings, show=at_browser(Person(provider)), cancel=CancelToken())
    signer = oauth.signer(desk, oauth_settings)
    first = signer.headers()
    assert claims(first)["aud"] == "https://talk.example.org"
    assert all_at_once(50, lambda: signer.renew(first)) == [True] * 50
    assert oauth.revoke(desk, oauth_settings)
    fresh = oauth.signer(desk, oauth_settings)
    with pytest.raises(SignInError, match="sign in again"):
        fresh.renew(fresh.headers())
    with pytest.raises(SignInError, match="refused"):
        oauth.sign_in(desk, oauth_settings, show=at_browser(Person(provider, consents=False)), cancel=CancelToken())


def test_the_whole_way_through_the_operations(tmp_path, provider):
    transport = provider.transport()
    way = SignInWay(
        SignInKind.MICROSOFT,
        "Sign in with your work account",
        settings=(Setting("client_id", "Client id"), Setting("tenant", "Organisation", default="common")),
        facts={
            "authority": "{address}/{tenant}",
            "scopes talk": " ".join(TALK),
            "scopes people": " ".join(PEOPLE),
        },
    )
    with a_workspace(tmp_path, clock=FixedClock(SystemClock().now())) as workspace:
        account = workspace.accounts.add(
            AccountKind.VIVA_ENGAGE, "Engage", provider.base, {"client_id": provider.client}
        )
        assert not operations.is_signed_in(workspace, account)
        signed = operations.sign_in(workspace, account, way=way, show=at_browser(Person(provider)), transport=transport)
        assert (signed.refused, operations.is_signed_in(workspace, account)) == ({}, True)
        signer = operations.signer(workspace, account, ways=(way,), resource="people", transport=transport)
        assert claims(signer.headers())["aud"] == "https://people.example.org"
        assert not operations.sign_out(workspace, account, ways=(way,), transport=transport)
        assert not operations.is_signed_in(workspace, account)
        with pytest.raises(SignInError):
            operations.signer(workspace, account, ways=(way,), resource="people", transport=transport)
    transport.close()
