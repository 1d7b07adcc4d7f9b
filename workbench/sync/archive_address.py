"""The web address of a HyperKitty archive: what a person copied from the browser → the site and the list."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from workbench.errors import BadInputError

_ADDRESS = re.compile(r"[^\s/?#@]+@[^\s/?#@]+")
_PAGE_PATH = re.compile(r"(?P<root>.*?/)(?:list/(?P<address>[^/]+@[^/]+)(?:/.*)?|api/.*)?")


@dataclass(frozen=True, slots=True)
class Site:
    """Where an archive lives: its root address, and a list's address if the page was that list's."""

    root: str
    address: str | None


def site_of(page: str) -> Site:
    """The site of any archive page a person may copy (root, list, month, thread); refuses what is no web address."""
    try:
        parts = urlsplit(page.strip())
    except ValueError as error:
        message = "this is not a web address"
        raise BadInputError(message) from error
    found = _PAGE_PATH.fullmatch(f"{unquote(parts.path).rstrip('/')}/")
    if not parts.scheme or not parts.netloc or found is None:
        message = "give the web address of the list's archive page in full"
        raise BadInputError(message)
    return Site(urlunsplit((parts.scheme, parts.netloc, quote(found["root"]), "", "")), found["address"])


def check_address(address: str) -> str:
    """`address`, which has to look like that of a mailing list; refuses anything else."""
    if not _ADDRESS.fullmatch(address):
        message = "this is not the address of a mailing list"
        raise BadInputError(message)
    return address
