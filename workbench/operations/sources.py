"""Sources: files and accounts into the mirror, the sample network in and out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.cancel import CancelToken
from workbench.errors import BadInputError
from workbench.ids import AccountId, CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.operations.parts import Parts
from workbench.paths import resource
from workbench.progress import Report, silent
from workbench.queries.sources import SourceRow, list_sources, source_named
from workbench.queries.sync_status import AccountRow, CommunityStateRow, list_accounts, list_states
from workbench.sync.accounts import AccountLimits
from workbench.sync.connector import Connector
from workbench.sync.engine import RunResult, sync_community
from workbench.sync.platforms import Platform, SettingKind, platform
from workbench.sync.records import CommunityRecord
from workbench.sync.typed_address import whole_address
from workbench.workspace import Workspace

if TYPE_CHECKING:
    # Each of these loads a parser or the wire; the functions below import what they need.
    from workbench.sync.importers.mailing_list import MailingListFiles

SAMPLE_ACCOUNT = "Sample network"
_NUMBERED: Final = re.compile(r" \(\d+\)$")


def import_mailing_list(
    workspace: Workspace,
    *,
    paths: Sequence[Path],
    community: str,
    file_limit: int | None = None,
    report: Report = silent,
    cancel: CancelToken | None = None,
) -> RunResult:
    """Brings mail archives into a community, a new one or the one of this name; running it again adds nothing.

    Attached files of at most `file_limit` bytes are kept with their content; without it the limit of the community's
    account counts, which is none at first.

    Refuses paths that do not exist or hold no mail (BadInputError, SourceError).
    """
    if file_limit is None:
        file_limit = _file_limit(workspace, clean_name(community))
    connector = _mail_files(paths, community, workspace.clock.now(), file_limit=file_limit)
    return import_files(workspace, connector, clean_name(community), AccountKind.MAILING_LIST, report, cancel)


def look_at_mailing_list(*, paths: Sequence[Path], community: str, now: datetime) -> None:
    """Refuses as `import_mailing_list` does before it reads: asked before there is a profile to import into."""
    _mail_files(paths, community, now).communities()


def _file_limit(workspace: Workspace, community: str) -> int:
    with workspace.database.read() as reader:
        source = source_named(reader, community)
    return 0 if source is None else workspace.accounts.get(source.account_id).limits.file_limit or 0


def _mail_files(paths: Sequence[Path], community: str, now: datetime, *, file_limit: int = 0) -> "MailingListFiles":
    from workbench.sync.importers.mailing_list import MailingListFiles  # noqa: PLC0415 - the mail parser loads on use

    return MailingListFiles(tuple(paths), community=clean_name(community), now=now, file_limit=file_limit)


def install_sample(
    workspace: Workspace, *, report: Report = silent, cancel: CancelToken | None = None
) -> list[RunResult]:
    """Brings in the sample network, up to yesterday; stops after the community at which it was cancelled."""
    from workbench.sync.importers.sample import SampleNetwork  # noqa: PLC0415 - as above

    last_day = date.fromordinal(workspace.clock.now().date().toordinal() - 1)
    connector = SampleNetwork(resource("sample_network/phrases.json"), last_day=last_day)
    account_id = _account(workspace, AccountKind.SAMPLE, SAMPLE_ACCOUNT)
    communities = list(connector.communities())
    parts = Parts(report, len(communities))
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


def remove_sample(workspace: Workspace) -> Changes:
    """Takes the sample network out again, with everything that came with it; harmless when it is not there."""
    account_id = workspace.accounts.find(AccountKind.SAMPLE, SAMPLE_ACCOUNT)
    return Changes.NOTHING if account_id is None else workspace.accounts.forget(account_id)


def import_files(  # noqa: PLR0917 - one call shape for every kind of file
    workspace: Workspace,
    connector: Connector,
    name: str,
    kind: AccountKind,
    report: Report,
    cancel: CancelToken | None,
) -> RunResult:
    """Reads files into the community of this name if there is one, of whatever source: history joins what is live.

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


def clean_name(name: str) -> str:
    """The name of a community in one line; refuses an empty one (BadInputError)."""
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
    from workbench.sync.web_address import base_of  # noqa: PLC0415 - as above

    site = site_of(whole_address(url))
    if site.address is None:
        message = "Give the web address of the list's own archive page, such as https://lists.example.org/archives/list/NAME@HOST/"
        raise BadInputError(message)
    base_of(site.root, allow_private=False)
    title = clean_name(name or site.address)
    with workspace.database.read() as reader:
        if source_named(reader, title) is not None:
            message = f"There is already a community called “{title}”; give this one another name with --name."
            raise BadInputError(message)
    settings = {"list": site.address} | ({} if has_api else {"has_api": "no"})
    with workspace.database.write():
        account_id = workspace.accounts.add(AccountKind.HYPERKITTY, title, base_url=site.root, settings=settings)
        record = CommunityRecord(site.address, title, url=url, address=site.address)
        workspace.mirror.ensure_community(account_id, record)
    return title


def add_account(
    workspace: Workspace,
    *,
    kind: AccountKind,
    name: str,
    settings: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    limits: AccountLimits | None = None,
) -> AccountId:
    """Adds an account on a line with what its platform asks for; nothing is fetched yet.

    `settings` and `secrets` are by the names the platform declares, those of its ways to sign in included; the setting
    `address` becomes the account's base address. Refuses (BadInputError) what is missing or not asked for, an address
    we would not ask, and a name that is taken.
    """
    from workbench.sync.secrets import SecretStore  # noqa: PLC0415 - as above

    address, plain, hidden = _given(platform(kind), {**(settings or {}), **(secrets or {})})
    with workspace.database.write():
        account_id = workspace.accounts.add(kind, clean_name(name), base_url=address, settings=plain)
        if hidden:
            SecretStore(workspace.database, workspace.clock).put_all(account_id, hidden)
        if limits is not None:
            workspace.accounts.set_limits(account_id, limits)
    return account_id


def change_account(
    workspace: Workspace,
    account_id: AccountId,
    *,
    settings: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
) -> Changes:
    """Gives an account other settings, all of them at once, and newer secrets in place of those of their names.

    Secrets that are not named stay; so does the base address where `settings` has no `address`. Refuses as
    `add_account` does.
    """
    from workbench.sync.secrets import SecretStore  # noqa: PLC0415 - as above

    entry = workspace.accounts.get(account_id)
    kept = {} if entry.base_url is None else {"address": entry.base_url}
    store = SecretStore(workspace.database, workspace.clock)
    given = {**kept, **(settings or {}), **(secrets or {})}
    address, plain, hidden = _given(platform(entry.kind), given, kept=store.names(account_id))
    with workspace.database.write():
        if hidden:
            store.put_all(account_id, hidden)
        return workspace.accounts.set_settings(account_id, plain, base_url=address)


def _given(
    declared: Platform, values: Mapping[str, str], *, kept: Sequence[str] = ()
) -> tuple[str | None, dict[str, str], dict[str, str]]:
    """The base address, the settings and the secrets a person gave, but for those `kept` from before by name.

    Refuses as `add_account` does.
    """
    from workbench.sync.web_address import base_of  # noqa: PLC0415 - as above

    given = {key: value.strip() for key, value in values.items() if value.strip()}
    asked = {one.name: one for one in (*declared.settings, *(one for way in declared.sign_in for one in way.settings))}
    unknown = sorted(given.keys() - asked.keys())
    there = {*given, *kept}
    absent = [one.title for one in declared.settings if one.is_required and not (one.name in there or one.default)]
    if unknown or absent:
        wrong = f"{declared.title} has no setting “{unknown[0]}”." if unknown else f"Give a value for “{absent[0]}”."
        raise BadInputError(wrong)
    for key, value in given.items():
        if asked[key].kind is SettingKind.ADDRESS:
            given[key] = whole_address(value)
            base_of(given[key], allow_private=False)
    hidden = {key: value for key, value in given.items() if asked[key].kind is SettingKind.SECRET}
    plain = {key: value for key, value in given.items() if key not in hidden and key != "address"}
    return given.get("address"), plain, hidden


def account_named(workspace: Workspace, name: str) -> AccountRow:
    """The account of this name, whatever its capitals; refuses a name no account has (BadInputError)."""
    wanted = name.strip().casefold()
    with workspace.database.read() as reader:
        found = next((row for row in list_accounts(reader) if row.name.casefold() == wanted), None)
    if found is None:
        message = f"There is no account called “{name}” in this profile; `workbench account list` shows them."
        raise BadInputError(message)
    return found


def followed(workspace: Workspace, *, account: str) -> list[CommunityStateRow]:
    """Every community the account was last seen to have, with whether it is followed. Refuses an unknown account."""
    account_id = account_named(workspace, account).id
    with workspace.database.read() as reader:
        return list_states(reader, account_id=account_id)


def follow(workspace: Workspace, *, account: str, communities: Sequence[str], is_followed: bool = True) -> Changes:
    """Follows communities of an account by their names, or stops following them; what was fetched stays.

    Refuses unknown names, and then changes nothing (BadInputError).
    """
    rows = {row.name.casefold(): row for row in followed(workspace, account=account)}
    if not rows:
        message = (
            f"Nobody has asked the platform yet which communities “{account}” has; "
            f'run `workbench account communities "{account}"` first.'
        )
        raise BadInputError(message)
    # On a second platform a name that was taken got a number; within its account it is found without.
    for key, named in list(rows.items()):
        rows.setdefault(_NUMBERED.sub("", key), named)
    wanted = [rows.get(name.strip().casefold()) for name in communities]
    for name, row in zip(communities, wanted, strict=True):
        if row is None:
            message = f"This account shows no community called “{name}”; `workbench account communities` lists them."
            raise BadInputError(message)
    ids = [row.community_id for row in wanted if row is not None]
    return workspace.accounts.follow(account_named(workspace, account).id, ids, is_followed=is_followed)


def forget_account(workspace: Workspace, *, name: str) -> str:
    """Removes an account with everything mirrored from it and answers its name; plans and notes stay.

    Refuses a name no account has, whatever its capitals (BadInputError).
    """
    found = account_named(workspace, name)
    workspace.accounts.forget(found.id)
    return found.name
