"""A web address as a person types it: the beginning that people leave out, without loading the wire."""

import ipaddress


def whole_address(text: str) -> str:
    """An address as typed, with its scheme: http for this very machine, where nobody has a certificate, else https."""
    clean = text.strip()
    if not clean or "://" in clean:
        return clean
    return f"{'http' if _is_this_machine(clean) else 'https'}://{_bracketed(clean)}"


def _is_this_machine(address: str) -> bool:
    host = _host(address).casefold()
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _host(address: str) -> str:
    """What stands before port and path; an IPv6 address also without its brackets."""
    first = address.split("/", 1)[0]
    if first.startswith("["):
        return first[1:].partition("]")[0]
    return first if first.count(":") > 1 else first.partition(":")[0]


def _bracketed(address: str) -> str:
    """An IPv6 address has to stand in brackets before a path may follow it."""
    first, sign, rest = address.partition("/")
    is_bare = first.count(":") > 1 and not first.startswith("[")
    return f"[{first}]{sign}{rest}" if is_bare else address
