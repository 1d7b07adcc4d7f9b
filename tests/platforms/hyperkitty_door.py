"""The sign-in of a mailing-list site: a form with a token, a page with status 200 for a wrong password, a cookie."""

from http.cookies import SimpleCookie
from urllib.parse import quote

from tests.platforms.hyperkitty_shapes import ROOT, login_form, page
from tests.platforms.server import Asked, Told
from tests.platforms.world import Someone, World

LOGIN = "/accounts/login/"
PASSWORD = "wells-and-pumps"


class Door:
    """Who is signed in; `has_second_step` leads everybody with the right password to another page."""

    def __init__(self, world: World, *, has_second_step: bool = False) -> None:
        self._world = world
        self._has_second_step = has_second_step
        self._tokens = 0
        self.sessions: dict[str, int] = {}
        """{session: person}; without one a person is signed out."""

    def open(self, person: int) -> str:
        """A session for somebody; the value of the cookie `sessionid`."""
        session = f"session-{len(self.sessions) + 1}-of-{person}"
        self.sessions[session] = person
        return session

    def visitor(self, asked: Asked) -> int | None:
        """Who asks; None for nobody we know."""
        return self.sessions.get(_cookies(asked).get("sessionid", ""))

    def led_in(self, asked: Asked) -> Told:
        """The answer of pages that only open to who is signed in."""
        return Told(302, b"", "text/html; charset=utf-8", {"Location": f"{LOGIN}?next={quote(asked.path)}"})

    def answer(self, asked: Asked) -> Told:
        """The page with the form, or what became of it."""
        if asked.method != "POST":
            return self._form(asked.query.get("next", ""))
        form = asked.form
        token = _cookies(asked).get("csrftoken")
        if token is None or form.get("csrfmiddlewaretoken") != token or "referer" not in asked.headers:
            return page("Forbidden", body="<p>CSRF verification failed. Request aborted.</p>", status=403)
        person = self._person(form.get("login", ""))
        if person is None or form.get("password") != PASSWORD:
            said = "<ul class='errorlist'><li>The username and/or password you specified are not correct.</li></ul>"
            return self._form(form.get("next", ""), said=said)
        headers = {"Location": form.get("next") or ROOT}
        if self._has_second_step:
            headers["Location"] = "/accounts/2fa/authenticate/"
        else:
            headers["Set-Cookie"] = f"sessionid={self.open(person.id)}; HttpOnly; Path=/; SameSite=Lax"
        return Told(302, b"", "text/html; charset=utf-8", headers)

    def _form(self, following: str, *, said: str = "") -> Told:
        self._tokens += 1
        token = f"token-{self._tokens}"
        body = login_form(token, following, said=said)
        return page("Sign In", body=body, Set_Cookie=f"csrftoken={token}; Path=/; SameSite=Lax")

    def _person(self, login: str) -> Someone | None:
        here = [one for one in self._world.people.values() if not one.is_gone]
        return next((one for one in here if login.lower() in (one.username, one.email)), None)


def _cookies(asked: Asked) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie(asked.headers.get("cookie", ""))
    return {name: morsel.value for name, morsel in jar.items()}
