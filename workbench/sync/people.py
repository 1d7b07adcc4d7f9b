"""Who wrote it: names made readable, disguised addresses undone, and the digests that stand in for addresses."""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

from workbench.sync.charsets import decode_header_text
from workbench.sync.records import PersonRecord

UNKNOWN_NAME = "Unknown sender"
_NAME_LIMIT = 120

_AT = re.compile(r"\s*(?:＠|\s(?:at|AT)\s|[(\[{<]\s*(?:a|at|AT)\s*[)\]}>])\s*")
_DOT = re.compile(r"\s*(?:\s(?:dot|DOT)\s|[(\[{]\s*(?:dot|DOT)\s*[)\]}])\s*")
_ADDRESS = re.compile(r"[^\s@<>()\[\]\",;:]+@[^\s@<>()\[\]\",;:]+")
# Some pipermail servers write "sending from" or "mailing off" for the at sign and swap letters of the whole address for
# "@", "|" and "i"; which letters are swapped changed over the years. The real address cannot be known again.
_SCRAMBLED = re.compile(r"(\S+)\s+(?:[@s]end[|i]ng\s+[|f]rom|m@i[il]i@g\s+o(?:ff|ii))\s+(\S+)", re.IGNORECASE)
_SKELETON = str.maketrans(
    {"a": "*", "s": "*", "n": "*", ".": "*", "@": "*", "i": "|", "l": "|", "f": "|"},
)

_COMMENT_FORM = re.compile(r"(?P<address>[^<>()\"]+?)\s*\((?P<name>.*)\)\s*")
_ANGLE_FORM = re.compile(r"(?P<name>[^<]*)<(?P<address>[^<>]*)>?\s*(?:\((?P<comment>.*)\))?")
_VIA = re.compile(r"\s+via\s+\S.*$", re.IGNORECASE)
_QUOTES = "\"'`“”„«»‘’"
_ESCAPE = re.compile(r"\\(.)")
_JOINERS = "\u200c\u200d"  # zero-width joiners carry meaning in Persian and Indic names

# Addresses that write by themselves: matched on the whole local part, or as its first or last word.
_BOT_LOCAL = re.compile(
    r"(?:mailer-daemon|postmaster|daemon|cron|crond|root|listserv|majordomo|mailman|sympa|bounces?"
    r"|(?:.+[._+-])?(?:no-?_?reply|do-?_?not-?_?reply)(?:[._+-].+)?"
    r"|(?:.+[._-])(?:request|owner|bounces|daemon)(?:\+.*)?|owner-.+|notifications?)",
)
_BOT_NAMES = frozenset({"cron daemon", "mail delivery subsystem", "mail delivery system", "mailer-daemon"})


def plain_address(text: str) -> str | None:
    """The lower-case address in `text`, with "user at host", "user (a) host" and the like undone; None without one."""
    candidate = text.strip().strip("<>").removeprefix("mailto:")
    if not _ADDRESS.fullmatch(candidate):
        candidate = _DOT.sub(".", _AT.sub("@", candidate, count=1))
        if not _ADDRESS.fullmatch(candidate):
            return None
    return unicodedata.normalize("NFC", candidate).lower()


def address_key(text: str) -> str | None:
    """The BLAKE2b-128 digest, as hex, of the address in `text` however it is disguised; None if there is no address."""
    address = plain_address(text)
    return None if address is None else _digest(address)


def name_handle(name: str) -> str:
    """The handle of somebody known by name only."""
    return _digest("name:" + " ".join(name.casefold().split()))


@lru_cache(maxsize=4096)
def clean_name(text: str) -> str:
    """A name fit to show: one line, no quotes around it, no control or direction marks, no "via some list", no address.

    An address given as the name is reduced to the part before the "@"; nothing left gives "".
    """
    kept = "".join(
        letter if letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " "
        for letter in unicodedata.normalize("NFC", text)
    )
    name = " ".join(kept.split()).strip(_QUOTES + " ,;")
    name = _VIA.sub("", name).strip(_QUOTES + " ,;")
    address = plain_address(name) if len(name) <= _NAME_LIMIT else None
    if address is not None:
        name = address.partition("@")[0]
    elif (scrambled := _SCRAMBLED.fullmatch(name)) is not None:
        name = scrambled[1]
    return name[:_NAME_LIMIT].rstrip()


def is_automatic(address: str | None, name: str) -> bool:
    """Whether mail from here is written by a program.

    True for mailer-daemon, postmaster, cron, root, list software, "noreply" in any spelling, notification senders and
    the service addresses of a list ("-request", "-owner", "-bounces", "owner-"); by the local part, then by the name.
    """
    if address is not None and _BOT_LOCAL.fullmatch(address.partition("@")[0]):
        return True
    return name.casefold() in _BOT_NAMES


@lru_cache(maxsize=4096)
def author(value: str, *, charset: str | None = None, stand_in: str = "") -> PersonRecord:
    """The person in a From header as it stands in the file, encoded words and all.

    `charset` is tried for bytes that say nothing about themselves. `stand_in` is Reply-To (or X-Original-From): lists
    that write "Amina Example via Fishers <fishers@…>" put the real address there; without it she is known by name.
    """
    name_part, address_part = _split(value)
    name = decode_header_text(name_part, charset)
    address = plain_address(address_part)
    if address is not None and _VIA.search(name) is not None:
        own = plain_address(_split(stand_in)[1]) if stand_in else None
        address = own if own != address else None
    shown = clean_name(name)
    if address is not None:
        key = _digest(address)
        shown = shown or clean_name(address)
        return PersonRecord(key, shown, address_key=key, is_bot=is_automatic(address, shown))
    scrambled = _SCRAMBLED.fullmatch(address_part.strip())
    if scrambled is not None:
        # The same letters folded in every way of scrambling: one person keeps one handle over the years.
        skeleton = f"{scrambled[1]}@{scrambled[2]}".lower().translate(_SKELETON)
        return PersonRecord(_digest("scrambled:" + skeleton), shown or scrambled[1])
    shown = shown or clean_name(decode_header_text(address_part, charset)) or UNKNOWN_NAME
    return PersonRecord(name_handle(shown), shown, is_bot=is_automatic(None, shown))


def _split(value: str) -> tuple[str, str]:
    """Name and address of the first mailbox in a header, both still encoded; a bare word is an address part."""
    text = " ".join(value.split())
    angle = _ANGLE_FORM.match(text)
    if angle is not None:
        name = angle["name"].strip()
        return _unescape(name or angle["comment"] or ""), angle["address"]
    comment = _COMMENT_FORM.fullmatch(text)
    if comment is not None and (plain_address(comment["address"]) or _SCRAMBLED.fullmatch(comment["address"])):
        return _unescape(comment["name"]), comment["address"]
    first = text.partition(",")[0]
    if plain_address(first) or _SCRAMBLED.fullmatch(first):
        return "", first
    return text, ""


def _unescape(text: str) -> str:
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
