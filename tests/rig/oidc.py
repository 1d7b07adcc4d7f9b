"""A real OpenID provider on a loopback port for the tests, over TLS with a throw-away authority; and a person at it."""

import html
import json
import os
import ssl
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2
import trustme
from typing_extensions import override

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / ".cache" / "servers" / "oidc"
STAMP = FOLDER / "installed"
REQUIRED = os.environ.get("WORKBENCH_REQUIRE_SERVERS") == "1"
TALK = ("https://talk.example.org/Message.Read",)
PEOPLE = ("https://people.example.org/Group.Read",)
STEPS = 20
DEFAULTS: Mapping[str, Any] = {
    "access": 3600,
    "device": 900,
    "rotates": True,
    "refuses": [],
    "portal": False,
    "skew": 0,
    "error": None,
}


def is_installed() -> bool:
    """Whether packaging/servers/oidc.py has finished its work."""
    return STAMP.is_file()


class Provider:
    """One server; `authority` is what a Microsoft sign-in is told, `base` its origin."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        authority = trustme.CA()
        certificate = authority.issue_cert("localhost", "127.0.0.1")
        certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
        (folder / "cert.pem").write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
        self.trusted = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.trusted))
        self.trust = ssl.create_default_context()
        authority.configure_trust(self.trust)
        self.base = self.authority = self.client = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._http: httpx2.Client | None = None

    def start(self) -> None:
        """Starts the server and waits for its word."""
        script = Path(__file__).with_name("oidc_provider.mjs")
        argv = ["node", str(script), str(FOLDER / "node_modules"), "cert.pem", "key.pem"]
        with (self.folder / "oidc.log").open("ab") as log:
            self._process = subprocess.Popen(
                argv, cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
            )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        if not said:
            self.stop()
            message = "the provider did not start:\n" + (self.folder / "oidc.log").read_text("utf-8", "replace")
            raise RuntimeError(message)
        told = json.loads(said)
        self.base, self.authority, self.client = told["base"], told["authority"], told["client"]
        self._http = httpx2.Client(transport=self.transport())

    def stop(self) -> None:
        """Ends the server by closing what it reads; it cannot outlive us, because the system closes it too."""
        if self._http is not None:
            self._http.close()
        if self._process is None:
            return
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._process.stdout.close()
        self._process = None

    def transport(self) -> httpx2.HTTPTransport:
        """A line that trusts this server and nobody else's authority."""
        return httpx2.HTTPTransport(verify=self.trust)

    def behave(self, **how: Any) -> None:
        """Changes how it behaves from here on; without words, as in the beginning."""
        self._control("POST", {**DEFAULTS, **how})

    def asked(self) -> dict[str, int]:
        """How often each kind of token was asked for."""
        return self._control("GET")

    def _control(self, method: str, how: Mapping[str, Any] | None = None) -> dict[str, int]:
        assert self._http is not None
        answer = self._http.request(method, f"{self.base}/control", json=how).raise_for_status()
        counts: dict[str, int] = answer.json()
        return counts


@dataclass
class Person:
    """Somebody with a browser: follows the provider's own forms, up to the page that ends the sign-in.

    `consents` False presses the button that refuses. `pages` keeps what the last site said; `answers` the addresses and
    forms that were brought to this computer, so that a test can bring them again.
    """

    provider: Provider
    name: str = "amina"
    consents: bool = True
    pages: list[str] = field(default_factory=list)
    answers: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    _has_declined: bool = False

    def walk(self, address: str, *, code: str = "") -> int:
        """Opens `address` and goes on to the end; the status of the last page."""
        method, fields, status = "GET", dict[str, str](), 0
        with httpx2.Client(transport=self.provider.transport(), follow_redirects=False) as browser:
            for _ in range(STEPS):
                if not address.startswith(self.provider.base):
                    return self.bring(method, address, fields)
                answer = browser.request(method, address, data=fields or None)
                status = answer.status_code
                if answer.is_redirect:
                    method, address, fields = "GET", urljoin(address, answer.headers["location"]), {}
                    continue
                self.pages.append(answer.text)
                step = self._next(answer.text, code)
                if step is None:
                    return status
                method, target, fields = step
                address = urljoin(address, target)
        message = "the sign-in goes round in circles"
        raise AssertionError(message)

    def bring(self, method: str, address: str, fields: dict[str, str]) -> int:
        """Brings the provider's answer to the program that listens on this computer."""
        assert urlsplit(address).hostname in {"localhost", "127.0.0.1"}
        self.answers.append((method, address, fields))
        # The browser tries each address of the name; the program listens on one of them.
        url = httpx2.URL(address)
        answer = httpx2.request(
            method, url.copy_with(host="127.0.0.1"), data=fields or None, headers={"Host": f"{url.host}:{url.port}"}
        )
        self.pages.append(answer.text)
        return answer.status_code

    def _next(self, page: str, code: str) -> tuple[str, str, dict[str, str]] | None:
        forms = _Forms()
        forms.feed(page)
        if not forms.found:
            return None
        method, target, fields = forms.found[0]
        if "login" in fields:
            fields |= {"login": self.name, "password": "any"}
        if "user_code" in fields and "confirm" not in fields:
            if self._has_declined:
                return None  # the provider asks for another code
            fields["user_code"] = code
        if not self.consents and fields.get("prompt") == "consent":
            return "GET", next(link for link in forms.links if link.endswith("/abort")), {}
        if not self.consents and fields.pop("confirm", None):
            fields["abort"] = "yes"
            self._has_declined = True
        return method, target, fields


class _Forms(HTMLParser):
    """The forms of a page with their fields, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str]]] = []
        self.links: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((given.get("method", "get").upper(), html.unescape(given.get("action", "")), {}))
        elif tag == "input" and given.get("name") and self.found:
            self.found[-1][2][given["name"]] = given.get("value", "")
        elif tag == "a" and given.get("href"):
            self.links.append(given["href"])
