"""Sign-in: into an account and out of it again, by one of the ways its platform declares; what signs its requests."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from workbench.cancel import CancelToken
from workbench.errors import BadInputError, LineError, SignInError
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.sync.cutting import cut_by
from workbench.sync.platforms import SignInKind, SignInWay, platform
from workbench.sync.secrets import SecretStore
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.doors import PASSWORD, Door, Told, door
from workbench.sync.signin.prompt import Show
from workbench.workspace import Workspace

if TYPE_CHECKING:
    import httpx2

    from workbench.sync.meter import Meter
    from workbench.sync.signin.wire import Wire
    from workbench.sync.signing import Signer

WAY: Final = "way"
_OUT: Final = "out"
"""Stands in the place of the way once a person signed out: an account does not go on as a stranger by itself."""
SIGNED_OUT: Final = "signed out here"
"""The reason an account waits for a sign-in where it was this person who ended it."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a sign-in brought: `refused` names the parts that stay closed, with the platform's word for each."""

    changes: Changes
    refused: Mapping[str, str] = field(default_factory=dict)


def ways_of(workspace: Workspace, account_id: AccountId) -> tuple[SignInWay, ...]:
    """The ways to sign in to an account, as its platform declares them; loads its connector."""
    return platform(workspace.accounts.get(account_id).kind).sign_in


def sign_in(
    workspace: Workspace,
    account_id: AccountId,
    *,
    way: SignInWay,
    show: Show,
    cancel: CancelToken | None = None,
    meter: "Meter | None" = None,
    transport: "httpx2.BaseTransport | None" = None,
) -> SignedIn:
    """Signs in by `way`, telling the person through `show` what to do, and keeps what the platform gives.

    Takes as long as the person does, at most fifteen minutes for each try; asks nothing by itself. Whatever it raises,
    what was stored before is still there: SignInError (refused, not finished), ClockError, ProfileBusyError (another
    window is at it), BadInputError (settings), LineError, CancelledError.
    """
    cancel, wires = cancel or CancelToken(), list["Wire"]()
    desk = replace(_desk(workspace, account_id, meter, transport), opened=wires.append)

    def cut() -> None:
        for wire in tuple(wires):
            wire.close()

    with cut_by(cancel, cut):
        try:
            refused = _door(workspace, desk, way).sign_in(show, cancel)
        except LineError:
            cancel.check()  # then it was the stop that cut the line
            raise
    desk.put(**{WAY: way.kind.value})
    return SignedIn(Changes.ACCOUNTS, refused)


def way_used(workspace: Workspace, account_id: AccountId) -> SignInKind | None:
    """How this account was signed in last; None where nobody is, nor said that no sign-in is wanted."""
    kind = _desk(workspace, account_id, None, None).get(WAY)
    return None if kind in {None, _OUT} else SignInKind(kind)


def needs_sign_in(workspace: Workspace, account_id: AccountId) -> bool:
    """Whether nothing signs this account's requests, and nobody said that nothing has to; loads no connector."""
    desk = _desk(workspace, account_id, None, None)
    kind = desk.get(WAY)
    return kind == _OUT or (kind in {None, SignInKind.BASIC} and desk.secrets.get(account_id, PASSWORD) is None)


def secrets_kept(workspace: Workspace, account_id: AccountId) -> frozenset[str]:
    """The names of this account's stored secrets."""
    return frozenset(_desk(workspace, account_id, None, None).secrets.names(account_id))


def forget_refused(workspace: Workspace, account_id: AccountId) -> None:
    """Forgets the password that is sent with each request, because the platform did not take it; nothing else goes.

    Another way to sign in keeps nothing that was refused, so that nothing is forgotten there.
    """
    desk = _desk(workspace, account_id, None, None)
    if desk.get(WAY) in {None, SignInKind.BASIC}:
        desk.secrets.forget(account_id, PASSWORD)


def is_signed_in(workspace: Workspace, account_id: AccountId, *, ways: Sequence[SignInWay] = ()) -> bool:
    """Whether something stored signs this account's requests, as far as can be told without asking the platform.

    With `ways`, a password that was typed with the account counts where its platform takes one with each request.
    """
    desk = _desk(workspace, account_id, None, None)
    now = workspace.clock.now()
    tokens = (desk.token(name) for name in desk.names() if name.startswith("token"))
    if any(token is not None and (token.refresh or not token.is_over(now)) for token in tokens):
        return True
    if desk.get("session") is not None:
        from workbench.sync.signin import session  # noqa: PLC0415 - loads the wire

        return session.is_open(desk)
    kind = desk.get(WAY)
    is_basic = kind == SignInKind.BASIC or (kind is None and any(way.kind is SignInKind.BASIC for way in ways))
    return desk.get("key") is not None or (is_basic and desk.secrets.get(account_id, PASSWORD) is not None)


def sign_out(
    workspace: Workspace,
    account_id: AccountId,
    *,
    ways: Sequence[SignInWay],
    transport: "httpx2.BaseTransport | None" = None,
) -> bool:
    """Forgets what signs this account's requests, and tells the platform; the mirror stays.

    Nothing goes on by itself until somebody signs in again, also where the platform shows something to everybody.

    True when nothing is open at the platform any more. False when it could not be told: there, the person can end it
    by hand.
    """
    desk, way = _desk(workspace, account_id, None, transport), None
    try:
        way = _used(desk, ways)
        return _door(workspace, desk, way).revoke()
    except (SignInError, BadInputError):
        return False  # nobody was signed in, or a setting that is needed to say so is gone
    finally:
        desk.clear()
        desk.secrets.forget(account_id, PASSWORD)
        if way is None or way.kind is not SignInKind.NOTHING:
            desk.put(**{WAY: _OUT})
            workspace.accounts.tried(account_id, error=SignInError(SIGNED_OUT))


def signer(
    workspace: Workspace,
    account_id: AccountId,
    *,
    ways: Sequence[SignInWay],
    resource: str = "",
    meter: "Meter | None" = None,
    transport: "httpx2.BaseTransport | None" = None,
    cuts: Callable[[Callable[[], None]], None] | None = None,
) -> "Signer | None":
    """What signs the requests of an account, None where its platform wants no sign-in.

    `resource` names one of several that a sign-in serves. Refuses (SignInError) where nobody is signed in. Make one for
    each resource and keep it for the whole sync. `cuts` is told what a stop has to call; of a renewal that is just the
    way there, because what comes back may be the only token that still holds.
    """
    desk = _desk(workspace, account_id, meter, transport)
    if cuts is not None:
        desk = replace(desk, opened=lambda wire: cuts(wire.stop_dialling))
    return _door(workspace, desk, _used(desk, ways)).signer(resource)


def _used(desk: Desk, ways: Sequence[SignInWay]) -> SignInWay:
    """The way this account was signed in by; where it never was, its name and password, or none if none is needed."""
    kinds = [desk.get(WAY)]
    if kinds == [_OUT]:
        raise SignInError(SIGNED_OUT)
    if kinds == [None]:
        has_password = desk.secrets.get(desk.account_id, PASSWORD) is not None
        kinds = [*([SignInKind.BASIC] if has_password else []), SignInKind.NOTHING]
    for kind in kinds:
        for way in ways:
            if way.kind == kind:
                return way
    message = "nobody is signed in to this account"
    raise SignInError(message)


def _door(workspace: Workspace, desk: Desk, way: SignInWay) -> Door:
    account = workspace.accounts.get(desk.account_id)
    settings = {name: str(value) for name, value in account.settings.items()}
    return door(Told(desk, way, account.base_url or "", settings))


def _desk(
    workspace: Workspace, account_id: AccountId, meter: "Meter | None", transport: "httpx2.BaseTransport | None"
) -> Desk:
    secrets = SecretStore(workspace.database, workspace.clock)
    return Desk(account_id, secrets, workspace.clock, workspace.profile, transport, meter)
