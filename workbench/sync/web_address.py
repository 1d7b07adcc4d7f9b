"""Web addresses we may ask: in full, https, nobody's private network; and links brought back to our own origin."""

import ipaddress
from typing import NoReturn

import httpx2

from workbench.errors import BadInputError


def base_of(address: str, *, allow_private: bool) -> httpx2.URL:
    """A typed address as a base that ends in a slash; refuses (BadInputError) what `refuse_url` refuses."""
    try:
        url = httpx2.URL(address.rstrip("/") + "/")
    except httpx2.InvalidURL as error:
        message = "this is not a web address"
        raise BadInputError(message) from error
    refuse_url(url, allow_private=allow_private)
    return url


def below(base: httpx2.URL, link: str) -> str:
    """A platform's link as one of our own origin: its path and query, our scheme, host and port.

    For platforms that write another host into their links than the one they are asked at, as HCL Connections does
    behind a proxy. Nothing of the other host is asked, so that what signs our requests stays at its origin. A relative
    link is read from `base`. Refuses (BadInputError) what is no link.
    """
    try:
        target = base.join(link)
        return str(base.copy_with(raw_path=target.raw_path))
    except (httpx2.InvalidURL, ValueError) as error:
        refuse("a link of the platform cannot be read", base, error)


def refuse_url(url: httpx2.URL, *, allow_private: bool) -> None:
    """Refuses a typed address: anything but https (http on loopback), sign-in data inside, special networks."""
    if url.scheme not in ("http", "https") or not url.host:
        refuse("give the web address in full, beginning with https://", url)
    if url.userinfo:
        refuse("a web address must not contain a name or password", url)
    if url.scheme == "http" and not _is_loopback(url.host):
        refuse("the address must begin with https://", url)
    if not allow_private and _is_address(url.host):
        refuse_peer(url, url.host)


def refuse_peer(url: httpx2.URL, address: str) -> None:
    """Refuses an IP address that is not public, except loopback where loopback itself was typed."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.is_loopback and _is_loopback(url.host):
        return
    if not ip.is_global or ip.is_multicast:
        refuse("this address leads into a private network", url)


def refuse(reason: str, url: httpx2.URL, cause: Exception | None = None) -> NoReturn:
    """Raises the BadInputError of an address, naming its host only."""
    raise BadInputError(reason, host=url.host) from cause


def origin_of(url: httpx2.URL) -> str:
    """scheme://host:port, the port always written."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{url.scheme}://{host}:{url.port or {'http': 80, 'https': 443}.get(url.scheme, 0)}"


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
