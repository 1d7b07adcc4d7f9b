"""User API key: a forum that keeps state answers, and the key comes by code, by paste or by redirect."""

import json
from base64 import b64encode
from datetime import timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from tests.sync.clients import as_json, as_page
from tests.sync.signin.desks import Asked, a_desk_at
from workbench.cancel import CancelToken
from workbench.errors import BadInputError, CancelledError, LineError, SignInError
from workbench.sync.signin import user_api_key
from workbench.sync.signin.prompt import PromptKind
from workbench.sync.signin.user_api_key import Handover, KeySettings

BASE = "https://forum.example.org/talk"
OLDER, NEWER = padding.PKCS1v15(), padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
CODE = {
    "device_code": "d" * 64,
    "user_code": "ABCD-2345",
    "verification_uri": f"{BASE}/user-api-key/activate",
    "expires_in": 600,
    "interval": 0,
}


class Forum:
    """Knows who holds which key: approving again for the same client destroys the older one."""

    def __init__(self):
        self.keys = {}
        self.padding = NEWER
        self.has_codes = True
        self.is_offered = True
        self.polls = []
        self.asked = None
        self.revoked = []

    def __call__(self, request):
        path = request.url.path
        if path.endswith("/user-api-key/new"):
            return self._offer()
        if path.endswith("/device.json"):
            assert request.headers["Content-Type"] == "application/json"
            self.asked = json.loads(request.content)
            return as_json(json.dumps(CODE).encode())
        if path.endswith("/poll.json"):
            step = self.polls.pop(0) if self.polls else "authorized"
            if isinstance(step, httpx2.Response):
                return step
            more = {"payload": self.approve(self.asked)} if step == "authorized" else {}
            return as_json(json.dumps({"status": step, **more}).encode())
        self.revoked.append(request.headers["User-Api-Key"])
        return as_json()

    def _offer(self):
        if not self.is_offered:
            return httpx2.Response(404)
        headers = {"Auth-Api-Version": "4", **({"Auth-Api-Device-Code": "true"} if self.has_codes else {})}
        return httpx2.Response(200, headers={"Content-Type": "text/html", "Content-Length": "4711", **headers})

    def approve(self, asked, **changed):
        key = f"key-{len(self.keys)}-{'k' * 30}"
        self.keys[asked["client_id"]] = key
        told = {"key": key, "nonce": asked["nonce"], "push": False, "api": 4, **changed}
        public = serialization.load_pem_public_key(asked["public_key"].encode())
        sealed = b64encode(public.encrypt(json.dumps(told).encode(), self.padding)).decode()
        return "\n".join(sealed[at : at + 60] for at in range(0, len(sealed), 60)) + "\n"


@pytest.fixture
def forum():
    return Forum()


@pytest.fixture
def desk(tmp_path, forum):
    made, _ = a_desk_at(tmp_path, forum)
    return made


def sign_in(desk, person=lambda prompt: None, settings=None, **options):
    asked = Asked(person)
    chosen = settings or KeySettings(BASE)
    user_api_key.sign_in(desk, chosen, show=asked, cancel=CancelToken(), **options)
    return asked


def fields(prompt):
    return dict(parse_qsl(urlsplit(prompt.address).query))


def pastes(forum, **changed):
    return lambda prompt: prompt.give(forum.approve(fields(prompt), **changed))


def test_by_a_code_typed_at_the_forum(desk, forum):
    forum.polls = ["authorization_pending", "authorized"]
    asked = sign_in(desk)
    assert [(prompt.kind, prompt.code) for prompt in asked] == [(PromptKind.CODE, "ABCD-2345")]
    [(client, key)] = forum.keys.items()
    assert user_api_key.signer(desk).headers() == {"User-Api-Key": key, "User-Api-Client-Id": client}
    assert forum.asked["scopes"] == "read,write"


@pytest.mark.parametrize("kind", [OLDER, NEWER])
def test_by_a_text_the_member_pastes(desk, forum, kind):
    forum.padding = kind
    asked = sign_in(desk, pastes(forum), handover=Handover.PASTE)
    assert [prompt.kind for prompt in asked] == [PromptKind.PASTE]
    assert asked[0].address.startswith(f"{BASE}/user-api-key/new?application_name=Community+Workbench&")
    assert user_api_key.signer(desk).headers()["User-Api-Key"] in forum.keys.values()


def test_by_a_redirect_where_the_forum_lets_us(desk, forum):
    def person(prompt):
        back = fields(prompt)["auth_redirect"]
        httpx2.get(back, params={**parse_qs(urlsplit(back).query), "payload": forum.approve(fields(prompt))})

    asked = sign_in(desk, person, KeySettings(BASE, redirects=True))
    assert [prompt.kind for prompt in asked] == [PromptKind.OPEN]
    assert user_api_key.signer(desk).headers()["User-Api-Key"] in forum.keys.values()


def test_a_forum_without_codes_wants_the_paste(desk, forum):
    forum.has_codes = False
    assert [prompt.kind for prompt in sign_in(desk, pastes(forum))] == [PromptKind.PASTE]


def test_each_sign_in_has_a_client_of_its_own_and_gives_the_older_key_back(desk, forum):
    sign_in(desk)
    older = user_api_key.signer(desk).headers()["User-Api-Key"]
    sign_in(desk)
    newer = user_api_key.signer(desk).headers()["User-Api-Key"]
    assert (len(forum.keys), forum.revoked, newer != older) == (2, [older], True)


def test_a_key_that_is_lost_on_the_way_leaves_the_older_one_working(desk, forum):
    sign_in(desk)
    before = user_api_key.signer(desk).headers()
    # The forum gives its answer once: after a cut line, the poll says that there is none.
    forum.polls = [as_page(502), "expired_token"] * 3
    with pytest.raises(SignInError, match="in time"):
        sign_in(desk)
    assert user_api_key.signer(desk).headers() == before
    assert (before["User-Api-Key"] in forum.keys.values(), forum.revoked) == (True, [])


def test_after_a_lost_key_a_new_code_is_shown_with_the_reason(desk, forum):
    forum.polls = [as_page(502), "expired_token"]
    asked = sign_in(desk)
    assert [bool(prompt.note) for prompt in asked] == [False, True]


@pytest.mark.parametrize(
    "damaged",
    [
        lambda payload: payload[:-10],
        lambda payload: "",
        lambda payload: "Amina pasted something else",
        lambda payload: payload.replace("A", "B"),
        lambda payload: b64encode(b"x" * 256).decode(),
    ],
)
def test_a_text_that_is_damaged_is_refused_without_repeating_it(desk, forum, damaged):
    with pytest.raises(BadInputError, match="copy all") as caught:
        sign_in(desk, lambda prompt: prompt.give(damaged(forum.approve(fields(prompt)))), handover=Handover.PASTE)
    assert "Amina" not in str(caught.value)
    assert desk.names() == ()


def test_a_text_of_another_sign_in_is_refused(desk, forum):
    with pytest.raises(BadInputError):
        sign_in(desk, pastes(forum, nonce="another"), handover=Handover.PASTE)
    kept = []

    def older(prompt):
        kept.append(forum.approve(fields(prompt)))
        prompt.give(kept[0])

    sign_in(desk, older, handover=Handover.PASTE)
    with pytest.raises(BadInputError):
        sign_in(desk, lambda prompt: prompt.give(kept[0]), handover=Handover.PASTE)


def test_a_member_who_refuses_is_believed(desk, forum):
    forum.polls = ["access_denied"]
    with pytest.raises(SignInError, match="refused"):
        sign_in(desk)


def test_a_forum_that_gives_no_keys_is_told_from_a_portal(desk, forum):
    forum.is_offered = False
    with pytest.raises(SignInError, match="administrator"):
        sign_in(desk)


def test_a_portal_is_no_forum(tmp_path):
    desk, _ = a_desk_at(tmp_path, lambda request: as_page())
    with pytest.raises(LineError) as caught:
        sign_in(desk)
    assert caught.value.details["cause"] == "portal"


def test_nobody_pastes_anything_for_a_quarter_of_an_hour(desk, forum):
    with pytest.raises(SignInError, match="in time"):
        sign_in(desk, lambda prompt: desk.clock.advance(timedelta(seconds=900)), handover=Handover.PASTE)


def test_a_stop_ends_the_waiting(desk):
    cancel = CancelToken()
    show = Asked(lambda prompt: cancel.cancel())
    with pytest.raises(CancelledError):
        user_api_key.sign_in(desk, KeySettings(BASE), show=show, cancel=cancel, handover=Handover.PASTE)


def test_signing_out_gives_the_key_back(desk, forum):
    assert not user_api_key.revoke(desk, KeySettings(BASE))
    with pytest.raises(SignInError):
        user_api_key.signer(desk)
    sign_in(desk)
    assert user_api_key.revoke(desk, KeySettings(BASE))
    assert forum.revoked == [user_api_key.signer(desk).headers()["User-Api-Key"]]
