"""Accounts: what goes with one, another name or other settings for it, and what it lacks to be signed in to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workbench.errors import BadInputError
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.operations.sources import account_named, change_account, clean_name
from workbench.queries.communities import list_communities
from workbench.queries.outbox import count_waiting
from workbench.queries.sync_status import AccountRow
from workbench.sync.platforms import TITLES, Setting, SettingKind, SignInWay, platform
from workbench.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Leaving:
    """What goes with an account. `unsent` items stay as text, but nothing is left to send them through."""

    name: str
    communities: int
    messages: int
    unsent: int


def what_goes(workspace: Workspace, *, name: str) -> Leaving:
    """What `forget_account` would take away; refuses as it does."""
    found = account_named(workspace, name)
    with workspace.database.read() as reader:
        held = [row for row in list_communities(reader, as_of=workspace.clock.now()) if row.account_id == found.id]
        unsent = count_waiting(reader, found.id)
    return Leaving(found.name, len(held), sum(row.messages for row in held), unsent)


def rename_account(workspace: Workspace, *, name: str, new_name: str) -> Changes:
    """Calls an account something else here; its communities keep their names.

    Refuses a name no account has, a new one that is empty, one that another account has, and an account that lives in
    files, which is found by its name when they are read again (BadInputError).
    """
    found = _on_a_line(workspace, name)
    return workspace.accounts.rename(found.id, clean_name(new_name))


def set_account(
    workspace: Workspace, *, name: str, settings: Mapping[str, str], secrets: Mapping[str, str] | None = None
) -> Changes:
    """Gives some settings of an account other values; those that are not named stay. An empty value takes one away.

    Refuses as `change_account` does, and an account that lives in files (BadInputError).
    """
    found = _on_a_line(workspace, name)
    entry = workspace.accounts.get(AccountId(found.id))
    kept = {key: str(value) for key, value in entry.settings.items()}
    return change_account(workspace, entry.id, settings=kept | dict(settings), secrets=secrets)


def lacks_to_sign_in(kind: AccountKind, *, given: Collection[str]) -> tuple[Setting, ...]:
    """The settings that are missing for the first way to sign in, where no way has all it needs; else nothing.

    `given` are the names of settings and secrets that are there. Loads the platform's connector.
    """
    lacking = [_lacking(way, given) for way in platform(kind).sign_in]
    return () if not all(lacking) else lacking[0]


def refuse_open_secrets(kind: AccountKind, given: Mapping[str, str]) -> None:
    """Refuses (BadInputError) a secret on the command line, where a history and other people of the machine read it.

    An empty value takes a setting away and gives nothing away.
    """
    declared = platform(kind)
    asked = [*declared.settings, *(one for way in declared.sign_in for one in way.settings)]
    found = next((one for one in asked if one.kind is SettingKind.SECRET and given.get(one.name)), None)
    if found is not None:
        message = (
            f"“{found.title}” is a secret, and what stands on the command line can be read by others. "
            f"Write {option_of(found)} instead: it is asked for unseen, or taken as a line of the standard input. "
            "Change it on the platform if this machine is not yours alone."
        )
        raise BadInputError(message)


def option_of(setting: Setting) -> str:
    """How the command line is told the value of a setting."""
    return f"--secret {setting.name}" if setting.kind is SettingKind.SECRET else f"--set {setting.name}=VALUE"


def _on_a_line(workspace: Workspace, name: str) -> AccountRow:
    found = account_named(workspace, name)
    if found.kind not in TITLES:
        message = f"“{found.name}” comes from files; it has no settings and keeps its name."
        raise BadInputError(message)
    return found


def _lacking(way: SignInWay, given: Collection[str]) -> tuple[Setting, ...]:
    return tuple(one for one in way.settings if one.is_required and not one.default and one.name not in given)
