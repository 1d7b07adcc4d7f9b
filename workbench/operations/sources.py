"""Sources: files and accounts into the mirror, the sample network in and out."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cancel import CancelToken
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import AccountId, CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.paths import resource
from workbench.progress import Progress, Report, silent
from workbench.queries.sources import SourceRow, list_sources, source_named
from workbench.queries.sync_status import list_accounts
from workbench.sync.connector import Connector
from workbench.sync.engine import RunResult, sync_community
from workbench.sync.records import CommunityRecord
from workbench.workspace import Workspace

if TYPE_CHECKING:
    # Each of these loads a parser or the wire; the functions below import what they need.
    from workbench.sync.api_client import ApiClient
    from workbench.sync.importers.mailing_list import MailingListFiles
    from workbench.sync.importers.table import TableFiles

SAMPLE_ACCOUNT = "Sample network"


def import_mailing_list(
    workspace: Workspace,
    *,
    paths: Sequence[Path],
    community: str,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> RunResult:
    """Brings mail archives into a community, a new one or the one of this name; running it again adds nothing.

    Refuses paths that do not exist or hold no mail (BadInputError, SourceError).
    """
    connector = _mail_files(paths, community, workspace.clock.now())
    return _import(workspace, connector, _clean_name(community), AccountKind.MAILING_LIST, report, cancel)


def look_at_mailing_list(*, paths: Sequence[Path], community: str, now: datetime) -> None:
    """Refuses as `import_mailing_list` does before it reads: asked before there is a profile to import into."""
    _mail_files(paths, community, now).communities()


def _mail_files(paths: Sequence[Path], community: str, now: datetime) -> "MailingListFiles":
    from workbench.sync.importers.mailing_list import MailingListFiles  # noqa: PLC0415 - the mail parser loads on use

    return MailingListFiles(tuple(paths), community=_clean_name(community), now=now)


def import_table(
    workspace: Workspace,
    *,
    events: Path | None,
    members: Path | None,
    community: str,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> RunResult:
    """Brings events and members from CSV into a community; refuses when neither file is named (BadInputError)."""
    connector = _table_files(events, members, community, workspace.clock.now())
    return _import(workspace, connector, _clean_name(community), AccountKind.TABLE, report, cancel)


def look_at_table(*, events: Path | None, members: Path | None, community: str, now: datetime) -> None:
    """Refuses as `import_table` does before it reads: asked before there is a profile to import into."""
    _table_files(events, members, community, now).communities()


def _table_files(events: Path | None, members: Path | None, community: str, now: datetime) -> "TableFiles":
    from workbench.sync.importers.table import TableFiles  # noqa: PLC0415 - as above

    if events is None and members is None:
        message = "Name a file of events, of members, or both."
        raise BadInputError(message)
    return TableFiles(community=_clean_name(community), events=events, members=members, now=now)


def install_sample(
    workspace: Workspace, *, report: Report = silent, cancel: CancelToken | None = None
) -> list[RunResult]:
    """Brings in the sample network, up to yesterday; stops after the community at which it was cancelled."""
    from workbench.sync.importers.sample import SampleNetwork  # noqa: PLC0415 - as above

    last_day = date.fromordinal(workspace.clock.now().date().toordinal() - 1)
    connector = SampleNetwork(resource("sample_network/phrases.json"), last_day=last_day)
    account_id = _account(workspace, AccountKind.SAMPLE, SAMPLE_ACCOUNT)
    communities = list(connector.communities())
    parts = _Parts(report, len(communities))
    results: list[RunResult] = []
    for record in communities:
        results.append(
            sync_community(
                connector, workspace.mirror, community=record, account_id=account_id, report=parts.next(), cancel=cancel
            )
        )
        if cancel is not None and cancel.is_cancelled:
            break
    return results


def has_sample(workspace: Workspace) -> bool:
    """Whether the sample network is in this profile."""
    return workspace.accounts.find(AccountKind.SAMPLE, SAMPLE_ACCOUNT) is not None


def remove_sample(workspace: Workspace) -> Changes:
    """Takes the sample network out again, with everything that came with it; harmless when it is not there."""
    account_id = workspace.accounts.find(AccountKind.SAMPLE, SAMPLE_ACCOUNT)
    return Changes.NOTHING if account_id is None else workspace.accounts.forget(account_id)


class _Parts:
    """Progress of several communities one after another, told as progress of the whole."""

    def __init__(self, report: Report, count: int) -> None:
        self._report, self._count = report, count
        self._number = -1
        self._before = self._done = 0

    def next(self) -> Report:
        """What the next community reports to."""
        self._number += 1
        self._before, self._done = self._before + self._done, 0
        return self._tell

    def _tell(self, progress: Progress) -> None:
        self._done = progress.done
        fraction = None if progress.fraction is None else (self._number + progress.fraction) / self._count
        self._report(Progress(self._before + progress.done, progress.unit, fraction=fraction, note=progress.note))


def _import(  # noqa: PLR0917 - one call shape for every kind of file
    workspace: Workspace,
    connector: Connector,
    name: str,
    kind: AccountKind,
    report: Report,
    cancel: CancelToken | None,
) -> RunResult:
    """Into the community of this name if there is one, whatever its source: history joins what is synced live.

    A new community of which nothing at all could be read is taken away again: a wrong file leaves nothing behind.
    """
    with workspace.database.read() as reader:
        source = source_named(reader, name)
    if source is None:
        record = next(iter(connector.communities()))
        account_id = _account(workspace, kind, name)
    else:
        record, account_id = _record(source), source.account_id
    result = sync_community(
        connector, workspace.mirror, community=record, account_id=account_id, report=report, cancel=cancel
    )
    if source is None and result.state is RunState.FAILED and not result.totals.records:
        changes = workspace.accounts.forget(account_id)
        return replace(result, totals=replace(result.totals, changes=result.totals.changes | changes))
    return result


def _record(source: SourceRow) -> CommunityRecord:
    return CommunityRecord(
        source.remote_id, source.community, source.description, source.type, source.url, source.address
    )


def _account(workspace: Workspace, kind: AccountKind, name: str) -> AccountId:
    found = workspace.accounts.find(kind, name)
    return workspace.accounts.add(kind, name) if found is None else found


def _clean_name(name: str) -> str:
    clean = " ".join(name.split())
    if not clean:
        message = "A community needs a name."
        raise BadInputError(message)
    return clean


def community_names(workspace: Workspace) -> dict[CommunityId, str]:
    """{id: name} of every mirrored community."""
    with workspace.database.read() as reader:
        return {source.community_id: source.community for source in list_sources(reader)}


def add_hyperkitty(workspace: Workspace, *, url: str, name: str | None = None, has_api: bool = True) -> str:
    """Adds a HyperKitty archive by the address of the list's page and answers the name of its community.

    Nothing is fetched yet, so this works without a line. `has_api` is False for a site that keeps its /api/ closed.
    Refuses an address that is no list's page, one we would not ask (plain http, a private network), and a name that is
    taken (BadInputError).
    """
    from workbench.sync.archive_address import site_of  # noqa: PLC0415 - as above

    site = site_of(url)
    if site.address is None:
        message = "Give the address of the list's own archive page, such as https://lists.example.org/archives/list/NAME@HOST/"
        raise BadInputError(message)
    _client(site.root, workspace.clock, None).close()
    title = _clean_name(name or site.address)
    with workspace.database.read() as reader:
        if source_named(reader, title) is not None:
            message = f"There is already a community called “{title}”; give this one another name with --name."
            raise BadInputError(message)
    account_id = workspace.accounts.add(
        AccountKind.HYPERKITTY, title, base_url=site.root, settings={} if has_api else {"has_api": False}
    )
    workspace.mirror.ensure_community(account_id, CommunityRecord(site.address, title, url=url, address=site.address))
    return title


def sync_accounts(
    workspace: Workspace, *, name: str | None = None, report: Report = silent, cancel: CancelToken | None = None
) -> list[RunResult]:
    """Fetches what is new for every followed community of the accounts that live on a line, or of the one named.

    One community that fails does not stop the others. Refuses an unknown account name (BadInputError).
    """
    with workspace.database.read() as reader:
        sources = [source for source in list_sources(reader) if source.kind is AccountKind.HYPERKITTY]
    if name is not None:
        sources = [source for source in sources if source.account.casefold() == name.strip().casefold()]
        if not sources:
            message = f"There is no account called “{name}” that can be synced; `workbench account list` shows them."
            raise BadInputError(message)
    wanted = [source for source in sources if name is not None or not source.is_paused]
    parts = _Parts(report, len(wanted))
    results: list[RunResult] = []
    for source in wanted:
        results.append(_sync_source(workspace, source, report=parts.next(), cancel=cancel))
        if cancel is not None and cancel.is_cancelled:
            break
    return results


def _sync_source(workspace: Workspace, source: SourceRow, *, report: Report, cancel: CancelToken | None) -> RunResult:
    from workbench.sync.connectors.hyperkitty import HyperkittyConnector  # noqa: PLC0415 - loads the wire

    root, address = source.base_url or "", source.address or source.remote_id
    with _client(root, workspace.clock, cancel) as client:
        has_api = bool(json.loads(source.settings).get("has_api", True))
        connector = HyperkittyConnector(client, root=root, address=address, has_api=has_api)
        return sync_community(
            connector,
            workspace.mirror,
            community=_record(source),
            account_id=source.account_id,
            report=report,
            cancel=cancel,
        )


def _client(root: str, clock: Clock, cancel: CancelToken | None) -> "ApiClient":
    """A client of one site, which opens nothing yet; BadInputError for an address we would not ask."""
    from workbench.sync.api_client import ApiClient, sleep_until_cancelled  # noqa: PLC0415 - as above

    return ApiClient(root, clock=clock, sleep=sleep_until_cancelled(cancel or CancelToken()))


def forget_account(workspace: Workspace, *, name: str) -> str:
    """Removes an account with everything mirrored from it and answers its name; plans and notes stay.

    Refuses a name no account has, whatever its capitals (BadInputError).
    """
    wanted = name.strip().casefold()
    with workspace.database.read() as reader:
        found = next((row for row in list_accounts(reader) if row.name.casefold() == wanted), None)
    if found is None:
        message = f"There is no account called “{name}” in this profile; `workbench account list` shows them."
        raise BadInputError(message)
    workspace.accounts.forget(found.id)
    return found.name
