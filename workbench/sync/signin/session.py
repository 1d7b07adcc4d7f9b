"""Session: the sign-in form of a mailing-list site (Django with allauth), whose cookie opens private archives.

The password is sent once for each time a person asks for it: sites lock an account after a few wrong ones. A wrong
password is a page with status 200; a site with a second step or another site's sign-in cannot be entered by a form.
"""

import json
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

from typing_extensions import override

from workbench.errors import SignInError
from workbench.models.moments import from_micros, to_micros
from workbench.sync import gate, web_address
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.wire import Answer
from workbench.sync.signing import Fixed

NAME: Final = "session"
COOKIE: Final = "sessionid"
CSRF_FIELD: Final = "csrfmiddlewaretoken"
LIFE: Final = timedelta(days=14)
"""How long Django keeps a session unless the site says otherwise; a shorter one shows in a refusal."""
_PAGE: Final = {"Accept": "text/html"}


def sign_in(desk: Desk, address: str, *, user: str, password: str) -> None:
    """Fills in the form at `address` and keeps the cookie it gives.

    Raises SignInError when the site did not let the person in, LineError for what is no such form.
    """
    import httpx2  # noqa: PLC0415 - the wire has it loaded by then

    with desk.signing_in(), desk.wire(address, keeps_cookies=True) as wire:
        fields = _form(wire.send("GET", address, headers=_PAGE), address)
        wire.check_clock()
        fields |= {"login": user, "password": password, "remember": "on"}
        # Django compares this with its own host before it looks at anything else.
        answer = wire.send("POST", address, form=fields, headers={**_PAGE, "Referer": address})
        if not answer.location:
            _form(answer, address)  # a page that is not the form again comes from somebody in between
            message = "the site did not accept this name and password"
            raise SignInError(message)
        target = httpx2.URL(answer.location)
        if web_address.origin_of(target) != web_address.origin_of(httpx2.URL(address)):
            raise gate.portal(web_address.origin_of(target))
        cookie = wire.cookie(COOKIE)
        if cookie is None or target.path.startswith(_folder(address)):
            message = (
                "this site wants a second step, which only a browser can take: import a downloaded archive instead"
            )
            raise SignInError(message)
        desk.put(**{NAME: json.dumps([cookie, to_micros(desk.clock.now())])})


def signer(desk: Desk) -> Fixed:
    """Signs with the kept cookie; refuses (SignInError) where there is none or it has run out."""
    kept = _kept(desk)
    if kept is None or desk.clock.now() >= kept[1] + LIFE:
        message = "nobody is signed in to this account" if kept is None else "this sign-in ran out: sign in again"
        raise SignInError(message)
    return Fixed({"Cookie": f"{COOKIE}={kept[0]}"})


def is_open(desk: Desk) -> bool:
    """Whether there is a cookie that has not run out."""
    kept = _kept(desk)
    return kept is not None and desk.clock.now() < kept[1] + LIFE


def _kept(desk: Desk) -> tuple[str, datetime] | None:
    text = desk.get(NAME)
    if text is None:
        return None
    cookie, got_at = json.loads(text)
    return cookie, from_micros(got_at)


def _folder(address: str) -> str:
    """The folder of the account pages: who is led back into it is not in yet."""
    return urlsplit(address).path.removesuffix("/").rpartition("/")[0] + "/"


def _form(answer: Answer, address: str) -> dict[str, str]:
    """The hidden fields of the sign-in form in a page; LineError where there is none."""
    if answer.status == 403:  # noqa: PLR2004 - a status is its own name
        raise gate.line(gate.Cause.BAD_REPLY, "the site took its own form for a forged one")
    reader = _Fields()
    reader.feed(answer.body.decode("utf-8", "replace"))
    reader.close()
    if not answer.is_page or CSRF_FIELD not in reader.hidden or not reader.asks_password:
        raise gate.portal(address)
    return reader.hidden


class _Fields(HTMLParser):
    """Finds the hidden fields of the form that asks for a password."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.asks_password = False
        self._form: dict[str, str] = {}

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = {}
        elif tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self._form[given["name"]] = given.get("value", "")
        elif tag == "input" and given.get("type") == "password":
            self.asks_password = True
            self.hidden = self._form
