"""What adding and tending accounts reads and writes, each in one job: declarations, one account, its communities."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from workbench.cancel import CancelToken
from workbench.errors import BadInputError, SignInError, WorkbenchError
from workbench.ids import AccountId, CommunityId
from workbench.models.changes import Changes
from workbench.queries.sync_status import AccountRow, CommunityStateRow, list_accounts, list_states
from workbench.queries.traffic import spent
from workbench.sync.accounts import AccountLimits
from workbench.sync.platforms import TITLES, Platform, SignInKind, platform

if TYPE_CHECKING:
    from workbench.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be added, and the names that are taken (in one case, for comparing)."""

    platforms: tuple[Platform, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tended:
    """One account with its declaration; `way` is how it was signed in last, None where it never was.

    `spent_today` are the bytes of this UTC day, both ways; `secrets` names those that are stored.
    """

    row: AccountRow
    platform: Platform
    settings: Mapping[str, str]
    way: SignInKind | None
    states: tuple[CommunityStateRow, ...]
    spent_today: int = 0
    secrets: frozenset[str] = frozenset()

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever asked of its platform, so that even its address can change."""
        return not self.states


@dataclass(frozen=True, slots=True)
class Given:
    """What a person filled in for an account."""

    name: str
    settings: Mapping[str, str]
    secrets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """The communities an account can see; `error` is why its platform could not be asked, so that they are older."""

    states: tuple[CommunityStateRow, ...]
    error: WorkbenchError | None = None


def offers(workspace: "Workspace") -> Offers:
    """Loads every declaration, and with it the wire."""
    with workspace.database.read() as reader:
        names = frozenset(row.name.casefold() for row in list_accounts(reader))
    return Offers(tuple(map(platform, TITLES)), names)


def tended(workspace: "Workspace", account_id: AccountId) -> Tended:
    """Refuses an account that is not there any more (BadInputError)."""
    from workbench.operations.seating import settings_of  # noqa: PLC0415 - loads the wire
    from workbench.operations.signin import secrets_kept, way_used  # noqa: PLC0415 - as above

    with workspace.database.read() as reader:
        row = next((row for row in list_accounts(reader) if row.id == account_id), None)
        states = tuple(list_states(reader, account_id=account_id))
        cost = spent(reader, account_id, today=workspace.clock.now().astimezone(UTC).date()).today.bytes
    if row is None:
        message = "there is no such account"
        raise BadInputError(message)
    settings = settings_of(workspace, workspace.accounts.get(account_id))
    way, secrets = way_used(workspace, account_id), secrets_kept(workspace, account_id)
    return Tended(row, platform(row.kind), settings, way, states, cost, secrets)


def keep_new(workspace: "Workspace", declared: Platform, given: Given) -> Tended:
    """Adds an account; asks nothing of its platform. Refuses as `add_account` does."""
    from workbench.operations.sources import add_account  # noqa: PLC0415 - as above

    account_id = add_account(
        workspace, kind=declared.kind, name=given.name, settings=given.settings, secrets=given.secrets
    )
    return tended(workspace, account_id)


def keep_changed(workspace: "Workspace", account: Tended, given: Given) -> Tended:
    """Gives an account other settings and another name, both or neither. Refuses as `change_account` does."""
    from workbench.operations.sources import change_account  # noqa: PLC0415 - as above

    with workspace.database.write():
        change_account(workspace, account.row.id, settings=given.settings, secrets=given.secrets)
        if given.name:
            workspace.accounts.rename(account.row.id, given.name)
    return tended(workspace, account.row.id)


def see(workspace: "Workspace", account: AccountRow, cancel: CancelToken) -> Seen:
    """Asks the platform for the communities of the account; where that fails, what it said last is there.

    A password that was refused is forgotten: the next sign-in asks for it.
    """
    from workbench.operations.signin import forget_refused  # noqa: PLC0415 - as above
    from workbench.operations.sync import discover  # noqa: PLC0415 - as above

    try:
        return Seen(tuple(discover(workspace, name=account.name, cancel=cancel)))
    except WorkbenchError as error:
        cancel.check()
        if isinstance(error, SignInError):
            forget_refused(workspace, account.id)
        with workspace.database.read() as reader:
            return Seen(tuple(list_states(reader, account_id=account.id)), error)


def follow(workspace: "Workspace", account_id: AccountId, wanted: Collection[CommunityId]) -> Tended:
    """Follows exactly these communities of the account; what was fetched of others stays."""
    with workspace.database.read() as reader:
        others = {row.community_id for row in list_states(reader, account_id=account_id)} - set(wanted)
    with workspace.database.write():
        workspace.accounts.follow(account_id, wanted)
        workspace.accounts.follow(account_id, others, is_followed=False)
    return tended(workspace, account_id)


def keep_limits(workspace: "Workspace", account_id: AccountId, limits: AccountLimits) -> Changes:
    """Keeps how far an account goes and what it may cost."""
    return workspace.accounts.set_limits(account_id, limits)


def welcome_back(workspace: "Workspace", account_id: AccountId) -> Tended:
    """After a person signed in: what stood in the way of the account is over."""
    workspace.accounts.tried(account_id)
    return tended(workspace, account_id)
