"""A HyperKitty stand-in asked by hand: a site, its addresses, replies read."""

import gzip
from email import message_from_bytes
from email.policy import default
from typing import Any

import httpx2

from tests.platforms.hyperkitty import Hyperkitty
from tests.platforms.world import a_world

WELLS = "water-points@lists.example.org"
API = f"/hyperkitty/api/list/{WELLS}/"
EXPORT = f"/hyperkitty/list/{WELLS}/export/all.mbox.gz"


def a_site(*, messages: int = 120, groups: int = 1, **switches: Any) -> Hyperkitty:
    return Hyperkitty(a_world(messages=messages, groups=groups), **switches)


def ask(platform: Hyperkitty, path: str, *, method: str = "GET", **more: Any) -> httpx2.Response:
    with httpx2.Client(transport=platform.wire(), base_url="http://lists.example.org") as client:
        return client.request(method, path, **more)


def listed(platform: Hyperkitty, path: str) -> Any:
    return ask(platform, f"{path}{'&' if '?' in path else '?'}format=json").json()


def mails(reply: httpx2.Response) -> list[Any]:
    """The mails of an export, read by the standard library."""
    text = gzip.decompress(reply.content)
    return [message_from_bytes(b"From " + part, policy=default) for part in (b"\n\n" + text).split(b"\n\nFrom ")[1:]]
