"""Who may read what at an Open Social site: sign-ins that fail, tokens that run out, closed groups, maintenance."""

from pathlib import Path

import httpx2
import pytest

from tests.platforms.server import Asked
from tests.sync.connectors.open_social_site import (
    a_site,
    a_site_mirror,
    check,
    connector,
    expected,
    held_members,
    paths,
    pulled,
    synced,
)
from tests.sync.connectors.runs import Cursors, held_messages, messages_in
from tests.sync.mirrored import Mirrored
from workbench.errors import NotFoundError, PlatformBusyError, SignInError
from workbench.sync.connectors.open_social import MEMBERS, MESSAGES, PLATFORM, OpenSocialConnector
from workbench.sync.platforms import SignInKind


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_site_mirror(tmp_path)


def test_a_wrong_password_that_looks_anonymous_is_told_and_takes_nothing_away(mirrored):
    platform = a_site()
    synced(mirrored, platform)
    before = held_messages(mirrored), held_members(mirrored)
    platform.switches["wrong_password"] = True
    platform.world.pass_time(days=8)
    for attempt in (synced, check):
        with pytest.raises(SignInError):
            attempt(mirrored, platform)
    assert (held_messages(mirrored), held_members(mirrored)) == before
    assert paths(platform)[-1] == "/jsonapi"


def test_a_public_site_is_read_without_a_sign_in():
    platform = a_site(public=True, wrong_password=True)
    assert messages_in(pulled(platform, user="")).keys() == expected(platform)


def test_who_is_not_signed_in_sees_no_closed_group():
    platform = a_site(wrong_password=True)
    assert list(connector(platform, user="").communities()) == []


def test_an_expired_token_in_the_middle_is_a_sign_in_and_goes_on_later():
    platform, cursors = a_site(), Cursors()
    start = len(platform.asked)

    def expire(asked: Asked) -> None:
        late = len(platform.asked) > start + 5
        platform.switches["stale_token"] = asked.headers["authorization"] if late else None

    platform.before = expire
    with pytest.raises(SignInError):
        pulled(platform, cursors)
    platform.before, platform.switches["stale_token"] = None, None
    assert cursors
    pulled(platform, cursors)
    assert MEMBERS.name in cursors


class Renewing:
    """A signer whose tokens come from the site itself."""

    def __init__(self, platform) -> None:
        self._platform, self._token, self.renewals = platform, "none yet", 0

    def headers(self):
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self, refused):
        answer = self._platform.respond(Asked("POST", "/oauth/token", {}, {}))
        self._token = httpx2.Response(200, content=answer.body).json()["access_token"]
        self.renewals += 1
        return True


def test_tokens_of_three_hundred_seconds_are_renewed_on_the_way():
    platform = a_site(groups=2, messages=160, token_life=True)
    signer = Renewing(platform)
    platform.before = lambda asked: platform.world.pass_time(seconds=70)
    assert messages_in(pulled(platform, signer=signer)).keys() == expected(platform)
    assert signer.renewals > 2


def test_maintenance_is_waited_out_for_longer_than_the_site_says():
    with pytest.raises(PlatformBusyError) as caught:
        pulled(a_site(maintenance=True))
    assert caught.value.details["seconds"] == 300


def test_a_site_without_json_api_is_told_plainly():
    with pytest.raises(NotFoundError, match="does not offer JSON:API"):
        pulled(a_site(no_jsonapi=True))


def test_something_that_is_no_group_is_not_found():
    with pytest.raises(NotFoundError):
        list(connector(a_site()).pull("elsewhere", MESSAGES, since=None))


def test_no_address_is_kept_but_people_are_known_by_it():
    platform = a_site(admin=True)
    batches = pulled(platform)
    assert "@" not in repr([batch.records for batch in batches])
    people = {record.author.handle: record.author for record in messages_in(batches).values()}
    assert all(person.address_key for person in people.values())


def test_the_declaration_offers_three_ways_to_sign_in():
    assert PLATFORM.connect is OpenSocialConnector
    assert [way.kind for way in PLATFORM.sign_in] == [SignInKind.BASIC, SignInKind.OAUTH, SignInKind.NOTHING]
    facts = next(way.facts for way in PLATFORM.sign_in if way.kind is SignInKind.OAUTH)
    assert facts == {"authorize": "{address}/oauth/authorize", "token": "{address}/oauth/token"}
