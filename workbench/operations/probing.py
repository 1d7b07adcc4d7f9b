"""Probing: tries what an account is told, as it is typed, before it is kept; reads only."""

from collections.abc import Mapping
from dataclasses import replace

from workbench.cancel import CancelToken
from workbench.ids import AccountId
from workbench.operations.seating import Line, open_seat, platform_of
from workbench.sync.probe import Probe
from workbench.sync.typed_address import whole_address
from workbench.workspace import Workspace


def probe_account(
    workspace: Workspace,
    account_id: AccountId,
    *,
    settings: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    cancel: CancelToken | None = None,
    line: Line | None = None,
) -> tuple[Probe, ...]:
    """What each service of the account answers; nothing for a platform whose sign-in is check enough.

    `settings` stand in place of all that are kept, `secrets` in place of those of their names. Nothing is kept but what
    it cost on the line. Refuses (BadInputError) what is no address, and an account that is not there.
    """
    entry, typed = workspace.accounts.get(account_id), secrets or {}
    probe = platform_of(entry).probe
    if probe is None:
        return ()
    if settings is not None:
        given = {key: value.strip() for key, value in settings.items() if value.strip()}
        address = whole_address(given.pop("address", entry.base_url or ""))
        entry = replace(entry, settings=given, base_url=address)
    with open_seat(workspace, entry, cancel=cancel, line=line) as seat:
        kept = seat.secret
        return probe(replace(seat, secret=lambda name: typed.get(name) or kept(name)))
