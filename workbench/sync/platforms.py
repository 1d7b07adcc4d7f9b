"""Platforms: what each connector declares (settings, ways to sign in, abilities), and the list of them.

A connector's file holds its declaration as `PLATFORM`; `platform(kind)` loads that file and no other, because each
brings the wire with it. What must be known without loading anything (the kinds, their titles) stands here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import Final

from workbench.models.kinds import AccountKind
from workbench.sync.connector import Abilities, Connector
from workbench.sync.probe import Probe
from workbench.sync.seat import Seat


class SettingKind(StrEnum):
    """How a form asks for a setting."""

    TEXT = "text"
    ADDRESS = "address"
    SECRET = "secret"  # noqa: S105 - the kind of a field, not its content
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a person gives when an account is added. The setting `address` becomes the account's base address.

    A SECRET goes into the secrets of the account under its name, never into its settings. `choices` are (value, title).
    """

    name: str
    title: str
    kind: SettingKind = SettingKind.TEXT
    hint: str = ""
    default: str = ""
    is_required: bool = True
    choices: tuple[tuple[str, str], ...] = ()


class SignInKind(StrEnum):
    """What kind of proof a platform wants."""

    NOTHING = "nothing"
    BASIC = "basic"
    MICROSOFT = "microsoft"
    MICROSOFT_CODE = "microsoft-code"
    OAUTH = "oauth"
    SERVICE_KEY = "service-key"
    USER_API_KEY = "user-api-key"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class SignInWay:
    """One way to sign in, with what it needs to be told. `facts` are fixed texts (addresses, scopes) by name.

    Scopes stand under "scopes" (space separated), or "scopes RESOURCE" where one sign-in serves several resources. A
    fact may name a setting in braces ("{address}/oauth2/authorize").
    """

    kind: SignInKind
    title: str
    about: str = ""
    settings: tuple[Setting, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Platform:
    """The declaration of one connector.

    `cannot` are plain sentences on what the platform does not show; screens print them. `follows_all`: its communities
    are followed as soon as they are seen (an account that is one list); else a person chooses. `looks_back_days` is how
    many of the last days every sync reads again for edits and removals, where there is no list to check against.
    `calls_per_minute` is how many requests it takes from us over a longer while, unless a setting of that name says
    otherwise, and `page` how many messages one of them brings, at most and at least.
    """

    kind: AccountKind
    title: str
    about: str
    abilities: Abilities
    connect: Callable[[Seat], Connector]
    settings: tuple[Setting, ...] = ()
    sign_in: tuple[SignInWay, ...] = (SignInWay(SignInKind.NOTHING, "No sign-in"),)
    cannot: tuple[str, ...] = ()
    follows_all: bool = False
    looks_back_days: int | None = None
    calls_per_minute: int = 300
    page: tuple[int, int] = (100, 20)
    probe: Callable[[Seat], tuple[Probe, ...]] | None = None
    """Tries each service that is given, where a sign-in does not show whether they answer."""


TITLES: Final[Mapping[AccountKind, str]] = {
    AccountKind.VIVA_ENGAGE: "Viva Engage",
    AccountKind.HYPERKITTY: "Mailing list",
    AccountKind.DISCOURSE: "Discourse",
    AccountKind.HCL_CONNECTIONS: "HCL Connections",
    AccountKind.OPEN_SOCIAL: "Drupal or Open Social",
    AccountKind.GOOGLE_ANALYTICS: "Google Analytics",
}
"""The kinds that live on a line, in the order they are offered."""

_MODULES: Final[Mapping[AccountKind, str]] = {
    AccountKind.VIVA_ENGAGE: "viva_engage",
    AccountKind.HYPERKITTY: "hyperkitty",
    AccountKind.DISCOURSE: "discourse",
    AccountKind.HCL_CONNECTIONS: "hcl_connections",
    AccountKind.OPEN_SOCIAL: "open_social",
    AccountKind.GOOGLE_ANALYTICS: "google_analytics",
}


_FILES: Final[Mapping[AccountKind, tuple[str, str]]] = {
    AccountKind.MAILING_LIST: ("mailing_list", "MailingListFiles"),
    AccountKind.VIVA_ENGAGE_EXPORT: ("engage_export", "EngageExport"),
}
DECLARES: Final = frozenset({*TITLES, *_FILES})
"""The kinds that say what they do not show."""


def cannot_of(kind: AccountKind) -> tuple[str, ...]:
    """What sources of a kind do not show; loads what reads them. KeyError for one that does not say."""
    if kind not in _FILES:
        return platform(kind).cannot
    module, name = _FILES[kind]
    found: tuple[str, ...] = getattr(import_module(f"workbench.sync.importers.{module}"), name).cannot
    return found


def platform(kind: AccountKind) -> Platform:
    """The declaration of one kind; loads its connector. KeyError for a kind that lives in files."""
    found: Platform = import_module(f"workbench.sync.connectors.{_MODULES[kind]}").PLATFORM
    return found
