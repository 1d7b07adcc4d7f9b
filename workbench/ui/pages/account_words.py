"""Words of the journey of an account: what to call it, what is wrong with a field, what a first sync costs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from workbench.errors import BadInputError, ClockError, LineError, SignInError
from workbench.models.kinds import AccountKind
from workbench.sync.platforms import Platform, Setting, SettingKind
from workbench.sync.typed_address import whole_address
from workbench.ui import numbers
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.sync.budget import Estimate

ICONS: Final[Mapping[AccountKind, str]] = {
    AccountKind.VIVA_ENGAGE: "users-three",
    AccountKind.HYPERKITTY: "envelope-simple",
    AccountKind.DISCOURSE: "chats-circle",
    AccountKind.HCL_CONNECTIONS: "share-network",
    AccountKind.OPEN_SOCIAL: "drop",
    AccountKind.GOOGLE_ANALYTICS: "chart-line-up",
}
SLOW_LINE: Final = 64_000
"""Bits a second of the line that times are told for."""
_MEGA: Final = 1_000_000
_KILO: Final = 1_000
_ROUGH_BELOW: Final = 10
_MINUTE: Final = 60
_HOUR_MINUTES: Final = 60
_LONG_HOURS: Final = 48


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something did not work: a title, then what is safe and what to do next; details to copy."""

    title: str
    sentences: tuple[str, ...]
    details: str
    is_setting: bool = False


def proposed_name(platform: Platform, values: Mapping[str, str], *, taken: Collection[str]) -> str:
    """A name for a new account that nobody has: its platform's, or its host where a person typed an address."""
    defaults = {setting.default for setting in platform.settings if setting.name == "address"}
    address = values.get("address", "")
    host = "" if not address or address in defaults else urlsplit(whole_address(address)).netloc
    name = host.removeprefix("www.") or platform.title
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{name} {number}"
    return found


def wrong_with(setting: Setting, text: str) -> str:
    """What is wrong with a value in a sentence; empty for nothing."""
    clean = text.strip()
    if not clean:
        return "Fill this in." if setting.is_required else ""
    if setting.kind is SettingKind.NUMBER and not (clean.isascii() and clean.isdigit()):
        return "Give a whole number, 0 or more."
    return _wrong_address(whole_address(clean)) if setting.kind is SettingKind.ADDRESS else ""


def _wrong_address(address: str) -> str:
    from workbench.sync.web_address import base_of  # noqa: PLC0415 - loads the wire, as the declarations did already

    try:
        host = base_of(address, allow_private=False).host
    except BadInputError as error:
        return sentence(error.reason)
    is_whole = "." in host or ":" in host or host == "localhost"
    return "" if is_whole else "This is not a whole web address yet."


def wrong_name(name: str, *, taken: Collection[str]) -> str:
    """What is wrong with the name of a new account; empty for nothing."""
    clean = " ".join(name.split())
    if not clean:
        return "An account needs a name."
    return "There is an account of this name already." if clean.casefold() in taken else ""


def estimate_words(estimate: "Estimate") -> str:
    """`About 0.4 to 1.2 MB, 1 to 3 minutes on a 64 kbit/s line`; where the platform is slower, its pace."""
    cost = f"{size_span(estimate.low, estimate.high)}, {time_span(*estimate.seconds(SLOW_LINE))}"
    said = f"{cost} on a {numbers.count(SLOW_LINE / _KILO)} kbit/s line"
    if estimate.is_paced(SLOW_LINE):
        calls = numbers.plural(estimate.calls_per_minute or 0, "request", "requests")
        said = f"{cost}, however fast the line: the platform takes {calls} a minute"
    if estimate.is_guess:
        return f"Perhaps {said}; the platform does not say how much there is"
    return f"About {said}"


def size_span(low: int, high: int) -> str:
    """Two sizes in the unit of the larger one: 0.4 to 1.2 MB."""
    space = "\N{NO-BREAK SPACE}"
    unit, name = (_MEGA, "MB") if high >= _MEGA else (_KILO, "kB")
    first, last = _rounded(low / unit), _rounded(high / unit)
    if unit == _KILO:
        first, last = _rounded(max(1, round(low / unit))), _rounded(max(1, round(high / unit)))
    if first == last:
        return f"{last}{space}{name}"
    return f"{first} to {last}{space}{name}"


def _rounded(value: float) -> str:
    """Two digits at most say what an estimate knows."""
    if value >= _ROUGH_BELOW:
        digits = max(0, len(str(int(value))) - 2)
        return numbers.count(round(value, -digits))
    return numbers.decimal(max(0.1, round(value, 1)))


def time_span(low: float, high: float) -> str:
    """Two lengths of time, given in seconds: 1 to 3 minutes."""
    space = "\N{NO-BREAK SPACE}"
    first, last = (max(1, round(seconds / _MINUTE)) for seconds in (low, high))
    if high < _MINUTE:
        return "less than a minute"
    if last < 2 * _HOUR_MINUTES:
        if first == last:
            return f"about {numbers.plural(last, 'minute', 'minutes')}"
        return f"{numbers.count(first)} to {numbers.count(last)}{space}minutes"
    hours = (round(first / _HOUR_MINUTES, 1), round(last / _HOUR_MINUTES))
    if hours[1] > _LONG_HOURS:
        return f"up to {numbers.count(round(hours[1] / 24))}{space}days"
    return f"{_rounded(hours[0])} to {numbers.count(hours[1])}{space}h"


def days_words(estimate: "Estimate", daily_cap: int | None) -> str:
    """How many days the daily limit spreads it over; empty for one."""
    if daily_cap is None or estimate.high <= daily_cap:
        return ""
    first, last = (max(1, -(-size // daily_cap)) for size in (estimate.low, estimate.high))
    days = f"{numbers.count(first)} to {numbers.count(last)} days" if first != last else f"{numbers.count(last)} days"
    return f"With this daily limit it takes {days}: each day goes on where the one before stopped."


def trouble(error: Exception) -> Trouble:
    """Why a platform could not be asked or a sign-in did not work, in words for a person in front of the form."""
    (happened, safe, step), details = error_words(error)
    if isinstance(error, LineError) and error.details.get("cause") == "portal":
        step = (
            "If this network wants you to sign in to it first, as in a hotel, do that in your browser and try again. "
            "Otherwise look at the address you filled in."
        )
        return Trouble("Another page answered in place of the platform", (_KEPT, step), details, is_setting=True)
    if isinstance(error, LineError):
        step = "Check the connection and the address, then try again, or come back when you are online."
        return Trouble("The platform could not be reached", (_KEPT, step), details, is_setting=True)
    if isinstance(error, ClockError):
        return Trouble(happened.rstrip("."), (_KEPT, step), details)
    if isinstance(error, SignInError):
        return Trouble(happened.rstrip("."), ("What was stored before is still there.", _after(error)), details)
    if isinstance(error, BadInputError):
        return Trouble(happened.rstrip("."), ("Nothing was changed.", _MEND), details, is_setting=True)
    return Trouble(happened.rstrip("."), (safe, step), details)


_KEPT: Final = "What you filled in is kept."
_MEND: Final = "Look at the details you filled in, then try again."


def _after(error: SignInError) -> str:
    word = str(error.details.get("error", ""))
    if word in {"access_denied", "authorization_declined", "consent_required"}:
        return "Start again and allow the access. Where an administrator has to agree, ask them first."
    return "Start again; you can take your time, and cancel whenever you like."


def sentence(text: str) -> str:
    """A reason as a sentence."""
    clean = text.strip()
    ended = clean if clean.endswith((".", "?")) else f"{clean}."
    return ended[:1].upper() + ended[1:]
