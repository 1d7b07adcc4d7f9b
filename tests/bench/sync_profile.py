"""Profiles of the sync bench: accounts at a site with everything followed, on a line of their own or none."""

import random
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.sync_sites import Site
from workbench.ids import AccountId
from workbench.models.kinds import AccountKind
from workbench.operations.seating import Line
from workbench.operations.signin import WAY
from workbench.operations.sources import add_account
from workbench.operations.sync import discover, sync_accounts
from workbench.sync.accounts import AccountEntry
from workbench.sync.engine import RunResult
from workbench.sync.platforms import SignInKind
from workbench.sync.secrets import SecretStore
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.microsoft import token_name
from workbench.sync.signin.token import Token
from workbench.vault import KeyFile
from workbench.workspace import Workspace

TOKEN_LENGTH = 1_400
"""Characters; what Microsoft gives is about that long and goes up with every request."""

_ONE_AT_A_TIME = threading.Lock()
"""What makes a database keeps its state in a module: two threads may not do it at once."""


@contextmanager
def profile_at(site: Site, folder: Path) -> Iterator[Workspace]:
    """A new profile with the accounts of a site; all its communities are followed, nothing is fetched yet."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    key = KeyFile(folder / "key")
    with _ONE_AT_A_TIME:
        created = Workspace.create(folder / "profile", key=key, clock=site.clock)
    with created as workspace:
        for number, settings in enumerate(site.settings(site.platform.address)):
            name = f"Account {number}"
            account = add_account(workspace, kind=site.kind, name=name, settings=settings)
            if site.kind is AccountKind.VIVA_ENGAGE:
                _sign_in(workspace, account)
            rows = discover(workspace, name=name, line=at_once(site))
            # Of a forum the categories: its groups are communities of people only.
            is_read = {row.community_id: not row.remote_id.startswith(("group-", "everybody")) for row in rows}
            for wanted in (True, False):
                chosen = [community for community, one in is_read.items() if one is wanted]
                workspace.accounts.follow(account, chosen, is_followed=wanted)
        site.clock.skip(120)
        yield workspace
    shutil.rmtree(folder)


def moved(site: Site, workspace: Workspace, port: int) -> None:
    """Lets the accounts ask their platform by another port: that of a line before it."""
    for number, settings in enumerate(site.settings(f"http://127.0.0.1:{port}")):
        entry = next(one for one in _entries(workspace) if one.name == f"Account {number}")
        plain = {key: value for key, value in settings.items() if key != "address"}
        if site.kind is AccountKind.HYPERKITTY:
            plain = dict(entry.settings)
        workspace.accounts.set_settings(entry.id, plain, base_url=settings["address"])


def port_of(site: Site) -> int:
    """The port of loopback its platform answers on."""
    return int(site.platform.address.rpartition(":")[2])


def _entries(workspace: Workspace) -> list[AccountEntry]:
    with workspace.database.read() as reader:
        ids = [AccountId(row[0]) for row in reader.rows("SELECT id FROM account ORDER BY id")]
    return [workspace.accounts.get(one) for one in ids]


def _sign_in(workspace: Workspace, account: AccountId) -> None:
    desk = Desk(account, SecretStore(workspace.database, workspace.clock), workspace.clock, workspace.profile)
    rng = random.Random(1)
    token = Token("".join(rng.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=TOKEN_LENGTH)), workspace.clock.now())
    names = {token_name(resource): token.dump() for resource in ("yammer", "graph")}
    desk.put(**{WAY: SignInKind.MICROSOFT.value, **names})


def at_once(site: Site) -> Line:
    """A line on which a pause moves the clock only."""
    return Line(sleep=site.clock.skip)


def synced(site: Site, workspace: Workspace, *, line: Line | None = None) -> list[RunResult]:
    """One sync of all accounts; refuses one that did not go well."""
    results = sync_accounts(workspace, line=line or at_once(site))
    errors = [result.error for result in results if result.error is not None]
    if errors:
        message = f"{site.title}: a sync did not go well: {errors[0]!r}"
        raise RuntimeError(message) from errors[0]
    return results
