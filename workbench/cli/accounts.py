"""The verb `account`: sources on a line, from adding and signing in to limits and removal."""

import argparse
import sys
from dataclasses import replace
from datetime import UTC
from typing import Any

from workbench.cancel import CancelToken
from workbench.cli.first_sync import ESTIMATE, estimate_row, estimate_words, warn_first
from workbench.cli.interrupt import stop_on_interrupt
from workbench.cli.keys import may_ask, open_workspace
from workbench.cli.output import ERROR, Output, error_row
from workbench.cli.runs import DONE, exit_code
from workbench.cli.signing_in import a_secret, sign_in, sign_out
from workbench.cli.syncing import first_day
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind
from workbench.operations import signin
from workbench.operations.accounts import (
    Leaving,
    lacks_to_sign_in,
    option_of,
    refuse_open_secrets,
    rename_account,
    set_account,
    what_goes,
)
from workbench.operations.first_offer import first_sync_of, limit_first
from workbench.operations.probing import probe_account
from workbench.operations.sources import (
    account_named,
    add_account,
    add_hyperkitty,
    follow,
    followed,
    forget_account,
)
from workbench.operations.sync import discover
from workbench.queries.sync_status import CommunityStateRow, list_accounts
from workbench.sync.platforms import TITLES, Setting, platform
from workbench.sync.probe import Probe
from workbench.workspace import Workspace

ACCOUNTS = (
    "name", "kind", "communities", "followed", "held_back", "last_success_at", "last_state", "is_paused", "error_code",
    "not_before", "history_from", "is_text_only", "daily_cap", "every_minutes",
    "file_limit",
)  # fmt: skip
SHOWN = ("name", "kind", "communities", "followed", "held_back", "last_success_at", "last_state", "is_paused")
COMMUNITIES = (
    "name", "is_followed", "is_visible", "messages", "platform_messages", "members", "platform_members", "synced_at",
    "checked_at",
)  # fmt: skip
LIMITS = ("history_from", "is_text_only", "daily_cap", "every_minutes", "file_limit")
CHECKED = ("part", "is_given", "works", "said")
SETTINGS = ("name", "title", "kind", "is_required", "default", "for", "hint")


def run_account(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Carries out one action; refuses unknown names and settings (BadInputError)."""
    if options.action == "settings":
        return _settings(options, output)
    if options.action == "list":
        return _list(options, output, clock)
    is_new = options.action == "add"
    with open_workspace(options, clock=clock, say=output.warn, writable=True, create=is_new) as workspace:
        return _ACTIONS[options.action](options, output, workspace)


def _list(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with (
        open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace,
        workspace.database.read() as reader,
    ):
        rows = list_accounts(reader)
    made = [{key: getattr(row, key) for key in ACCOUNTS} for row in rows]
    output.rows(made, ACCOUNTS if output.as_json else SHOWN, empty="No account yet.")
    return DONE


def _settings(options: argparse.Namespace, output: Output) -> int:
    declared = platform(AccountKind(options.platform))
    rows = [_setting_row(one, "") for one in declared.settings]
    for way in declared.sign_in:
        rows += [_setting_row(one, way.kind.value) for one in way.settings]
    output.rows(rows, SETTINGS, empty=f"{declared.title} asks for nothing.")
    for sentence in declared.cannot:
        output.warn(sentence)
    return DONE


def _setting_row(one: Setting, way: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "kind": one.kind,
        "is_required": one.is_required and not way,
        "default": one.default,
        "for": way,
        "hint": one.hint,
    }


def _add(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    kinds = {kind.value: kind for kind in TITLES}
    if options.what not in kinds:
        if options.settings or options.secrets:
            message = f"An archive page takes no settings; for a platform write one of {', '.join(kinds)}."
            raise BadInputError(message)
        name = add_hyperkitty(workspace, url=options.what, name=options.name, has_api=not options.no_api)
        following = "`workbench sync` fetches its messages."
    else:
        kind = kinds[options.what]
        name = options.name or TITLES[kind]
        refuse_open_secrets(kind, dict(options.settings))
        _refuse_without_sign_in(kind, options)
        secrets = {secret: a_secret(secret, options) for secret in options.secrets}
        add_account(workspace, kind=kind, name=name, settings=dict(options.settings), secrets=secrets)
        following = "Next: `workbench account sign-in`, `account communities`, `account follow`, `sync`."
    is_all, reach = options.history is None, None if options.history is ... else options.history
    start = first_day(reach, workspace.clock)
    limits = limit_first(workspace, name=name, history_from=start, is_all=is_all, is_whole=options.everything)
    output.say(f"Added {name}. {following}")
    if limits.history_from is not None:
        texts = ", text only" if limits.is_text_only else ""
        output.say(f"It goes back to {limits.history_from}{texts}; `account limits` changes that.")
    if output.as_json:
        output.one({"added": name, "history_from": limits.history_from, "is_text_only": limits.is_text_only})
    return DONE


def _refuse_without_sign_in(kind: AccountKind, options: argparse.Namespace) -> None:
    """Refuses (BadInputError) an account nobody could sign in to, naming what is missing."""
    lacking = lacks_to_sign_in(kind, given={*dict(options.settings), *options.secrets})
    if lacking:
        titles = " and ".join(f"“{one.title}”" for one in lacking)
        message = f"Nobody can sign in to {TITLES[kind]} without {titles}. Add {' '.join(map(option_of, lacking))}."
        raise BadInputError(message)


def _communities(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    cancel = CancelToken()
    with stop_on_interrupt(cancel):
        rows = discover(workspace, name=options.name, cancel=cancel)
    empty = "The platform shows no community."
    if not rows:
        account = account_named(workspace, options.name)
        if not signin.is_signed_in(workspace, account.id, ways=signin.ways_of(workspace, account.id)):
            empty += f' Nobody is signed in; `workbench account sign-in "{account.name}"` may show more.'
    output.rows([_community_row(row) for row in rows], COMMUNITIES, empty=empty)
    return DONE


def _check(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    """Tries each service of the account, and says of each whether it answers; nothing is sent or kept."""
    account = account_named(workspace, options.name)
    if account.kind not in TITLES:
        message = "This account lives in files; there is nothing to try."
        raise BadInputError(message)
    cancel = CancelToken()
    with stop_on_interrupt(cancel):
        probes = probe_account(workspace, account.id, cancel=cancel)
        cancel.check()
    rows = [_probe_row(probe) | error_row(probe.error) for probe in probes]
    empty = f"{TITLES[account.kind]} is tried by signing in; `workbench account communities` asks it for a list."
    output.rows(rows, (*CHECKED, *ERROR) if output.as_json else ("part", "said"), empty=empty)
    errors = [probe.error for probe in probes if probe.error is not None]
    for error in errors:
        output.explain(error)
    return exit_code([DONE if probe.error is None else probe.error.exit_code for probe in probes] or [DONE])


def _probe_row(probe: Probe) -> dict[str, Any]:
    said = probe.said if probe.error is None else f"Not now: {probe.error.reason or probe.error.code}."
    return {"part": probe.part, "is_given": probe.is_given, "works": probe.error is None, "said": said}


def _community_row(row: CommunityStateRow) -> dict[str, Any]:
    return {key: getattr(row, key) for key in COMMUNITIES}


def _follow(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    known = followed(workspace, account=options.name)
    names = [row.name for row in known] if options.every else options.communities
    if not names and known:
        message = "Name communities, or give --all; `workbench account communities` shows what there is."
        raise BadInputError(message)
    follow(workspace, account=options.name, communities=names, is_followed=options.action == "follow")
    rows = followed(workspace, account=options.name)
    output.rows([_community_row(row) for row in rows], COMMUNITIES)
    warn_first(workspace, output, options.name)
    return DONE


def _estimate(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    first = first_sync_of(workspace, name=options.name)
    if output.as_json:
        output.one(dict.fromkeys(ESTIMATE) if first is None else estimate_row(first))
    elif first is None:
        output.say("There is nothing to read for the first time; `account follow` chooses communities.")
    else:
        output.say(estimate_words(first))
    return DONE


def _limits(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    account = account_named(workspace, options.name)
    limits = workspace.accounts.get(account.id).limits
    if options.history is not ...:
        limits = replace(limits, history_from=first_day(options.history, workspace.clock))
    if options.daily is not ...:
        limits = replace(limits, daily_cap=options.daily)
    if options.every is not ...:
        limits = replace(limits, every_minutes=options.every)
    if options.files is not ...:
        limits = replace(limits, file_limit=options.files)
    if options.is_text_only is not None:
        limits = replace(limits, is_text_only=options.is_text_only)
    with workspace.database.write():  # all of it, or nothing where today's limit is refused
        workspace.accounts.set_limits(account.id, limits)
        if options.today is not ...:
            workspace.accounts.raise_today(account.id, options.today)
    row = {key: getattr(limits, key) for key in LIMITS}
    today = workspace.accounts.get(account.id).cap.on(workspace.clock.now().astimezone(UTC).date())
    output.one({"name": account.name} | row | {"today": today})
    return DONE


def _rename(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    rename_account(workspace, name=options.name, new_name=options.new_name)
    name = account_named(workspace, options.new_name).name
    output.say(f"It is called {name} now.")
    if output.as_json:
        output.one({"renamed": options.name, "name": name})
    return DONE


def _set(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    account = account_named(workspace, options.name)
    name = account.name
    if account.kind in TITLES:
        refuse_open_secrets(account.kind, dict(options.settings))
    if not options.settings and not options.secrets:
        message = "Name a setting (--set NAME=VALUE, --secret NAME); `workbench account settings PLATFORM` lists them."
        raise BadInputError(message)
    secrets = {secret: a_secret(secret, options) for secret in options.secrets}
    set_account(workspace, name=name, settings=dict(options.settings), secrets=secrets)
    output.say(f"Changed {name}.")
    if output.as_json:
        output.one({"changed": name, "settings": sorted({*dict(options.settings), *secrets})})
    return DONE


def _pause(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    is_paused = options.action == "pause"
    account = account_named(workspace, options.name)
    workspace.accounts.pause(account.id, is_paused=is_paused)
    output.say(f"{account.name} is left out of syncs." if is_paused else f"{account.name} is synced again.")
    if output.as_json:
        output.one({"name": account.name, "is_paused": is_paused})
    return DONE


def _remove(options: argparse.Namespace, output: Output, workspace: Workspace) -> int:
    leaving = what_goes(workspace, name=options.name)
    if not options.is_sure:
        _confirm_removal(options, output, leaving)
    elif leaving.unsent:
        output.warn(_unsent_words(leaving))
    name = forget_account(workspace, name=leaving.name)
    output.say(f"Removed {name} and everything mirrored from it.")
    if output.as_json:
        output.one({"removed": name})
    return DONE


def _confirm_removal(options: argparse.Namespace, output: Output, leaving: Leaving) -> None:
    """Says what would go; goes on only where somebody at a terminal types how much it is, as in the window."""
    communities = _plural(leaving.communities, "community", "communities")
    messages = _plural(leaving.messages, "message", "messages")
    output.warn(
        f"This goes with {leaving.name}: {communities} with {messages}, the stars and read marks set on them, and "
        "people whom no other community knows."
    )
    if leaving.unsent:
        output.warn(_unsent_words(leaving))
    output.warn("Plans, notes, tags and backups stay. It cannot be undone.")
    if not may_ask(options):
        message = "Nothing was removed: nobody can be asked here. Add --yes to remove it."
        raise BadInputError(message)
    print(f"Type {leaving.messages} to remove it: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip() != str(leaving.messages):
        message = f"That is not {leaving.messages}. Nothing was removed."
        raise BadInputError(message)


def _unsent_words(leaving: Leaving) -> str:
    many = _plural(leaving.unsent, "item", "items")
    return f"{many} not sent yet can no longer be sent; the text stays, and `workbench outbox list` shows it."


def _plural(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


_ACTIONS = {
    "add": _add,
    "sign-in": sign_in,
    "sign-out": sign_out,
    "communities": _communities,
    "estimate": _estimate,
    "check": _check,
    "follow": _follow,
    "unfollow": _follow,
    "limits": _limits,
    "rename": _rename,
    "set": _set,
    "pause": _pause,
    "resume": _pause,
    "remove": _remove,
    "forget": _remove,
}
