"""The verbs plan send, receive, partner and copies: a plan to a partner and back as a sealed file."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any, Final

from workbench.cli.keys import open_workspace, read_descriptor
from workbench.cli.output import Output, Row
from workbench.cli.plan_choices import in_words, values_of
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.operations.exchange import (
    PlanArrival,
    kept_copies,
    read_plan_file,
    receive_plan,
    restore_copy,
    send_plan,
)
from workbench.operations.exchange_folders import scan_partner_folders
from workbench.operations.partners import (
    add_partner,
    choose_partner_folder,
    own_identity,
    partner_named,
    partners,
    read_partner_file,
    remove_partner,
    write_own_identity,
)
from workbench.operations.plans import plan_named
from workbench.plans.preview import FieldChange, Question
from workbench.workspace import Workspace

PARTNERS = ("name", "fingerprint", "trusted_at", "way", "folder", "last_sent_at", "last_received_at")
CHANGES = ("kind", "title", "field", "before", "after", "author", "at")
CONFLICTS = ("title", "field", "values", "stays")
COPIES = ("id", "made_at", "reason", "plan_name")
WAITING = ("path", "sender", "sequence", "created", "error")

_OTHER_FILES: Final = {
    ".cwpartner": "This is a partner file; add it with: workbench plan partner add {file}",
    ".cwoffice": "This is an office's file; take in its folder with: workbench rollup import {folder}",
}

Action = Callable[[argparse.Namespace, Workspace, Output], None]


def run_plan_exchange(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """One action; what only reads works beside an open window."""
    run, only_reads = _ACTIONS[options.action]
    with open_workspace(options, clock=clock, say=output.warn, writable=not only_reads(options)) as workspace:
        run(options, workspace, output)
    return 0


def _passphrase(options: argparse.Namespace) -> str | None:
    descriptor = options.file_passphrase_fd
    return None if descriptor is None else read_descriptor(descriptor)


def _send(options: argparse.Namespace, workspace: Workspace, output: Output) -> None:
    if options.my_name is not None:
        own_identity(workspace, name=options.my_name)
    sent = send_plan(
        workspace,
        plan_id=plan_named(workspace, options.name),
        out=options.out,
        to=options.to,
        passphrase=_passphrase(options),
    )
    output.one({"path": str(sent.path), "bytes": sent.size, "sequence": sent.header.sequence, "to": tuple(options.to)})


def _receive(options: argparse.Namespace, workspace: Workspace, output: Output) -> None:
    if options.file is None:
        _waiting(workspace, output)
        return
    other = _OTHER_FILES.get(options.file.suffix.casefold())
    if other is not None:
        raise BadInputError(reason=other.format(file=options.file, folder=options.file.parent))
    arrival = read_plan_file(workspace, options.file, passphrase=_passphrase(options))
    if not options.preview:
        receive_plan(workspace, arrival, trust=options.trust, name=options.name)
    _show_arrival(arrival, output, is_applied=not options.preview)


def _waiting(workspace: Workspace, output: Output) -> None:
    rows: list[Row] = []
    for scan in scan_partner_folders(workspace):
        if scan.error is not None:
            rows.append(dict.fromkeys(WAITING) | {"path": str(scan.folder), "error": scan.error.code})
        for each in scan.waiting:
            header = each.header
            rows.append(
                {
                    "path": str(each.path),
                    "sender": None if header is None else header.sender,
                    "sequence": None if header is None else header.sequence,
                    "created": None if header is None else header.created,
                    "error": None if each.error is None else each.error.code,
                }
            )
    output.rows(rows, WAITING, empty="No file waits in the folders of partners.")


def _show_arrival(arrival: PlanArrival, output: Output, *, is_applied: bool) -> None:
    head: dict[str, Any] = {
        "plan": arrival.plan.name,
        "plan_id": arrival.plan.id,
        "is_new": arrival.is_new_plan,
        "sender": arrival.sender,
        "fingerprint": arrival.fingerprint,
        "is_trusted": arrival.is_trusted,
        "sequence": arrival.header.sequence,
        "created": arrival.header.created,
        "is_applied": is_applied,
    }
    changes = [_change(change) for change in arrival.preview.changes]
    conflicts = [_conflict(question) for question in arrival.preview.questions]
    if output.as_json:
        warnings = [{"code": warning.code, "text": warning.text} for warning in arrival.warnings]
        output.one(head | {"warnings": warnings, "changes": changes, "conflicts": conflicts})
        return
    output.one(head)
    for warning in arrival.warnings:
        output.say(warning.text)
    output.say("")
    output.rows(changes, CHANGES, empty="No field changes.")
    if conflicts:
        output.say("")
        output.say("Changed by both; the first value shows until somebody chooses with plan choose:")
        output.rows([{**each, "values": in_words(each["values"])} for each in conflicts], CONFLICTS)


def _change(change: FieldChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "title": change.title,
        "field": change.field,
        "before": change.before_words,
        "after": change.after_words,
        "author": change.author,
        "at": change.at,
    }


def _conflict(question: Question) -> dict[str, Any]:
    return {
        "title": question.title,
        "field": question.field,
        "values": values_of(question),
        "stays": question.stays,
    }


def _partner(options: argparse.Namespace, workspace: Workspace, output: Output) -> None:
    action = options.partner_action
    if action == "me":
        name, out = options.name, options.out
        public = own_identity(workspace, name=name) if out is None else write_own_identity(workspace, out, name=name)
        output.one({"name": public.name, "fingerprint": public.fingerprint, "path": None if out is None else str(out)})
        return
    if action == "add":
        partner = read_partner_file(options.file)
        add_partner(workspace, partner)
        output.say(
            "Compare this fingerprint with your partner, by telephone or in person. If it differs, remove the partner."
        )
        output.one({"name": partner.name, "fingerprint": partner.fingerprint})
        return
    if action == "remove":
        remove_partner(workspace, options.name)
    elif action == "folder":
        choose_partner_folder(workspace, options.name, options.folder)
    rows = [
        {key: getattr(partner, key) for key in PARTNERS}
        for partner in ([partner_named(workspace, options.name)] if action == "folder" else partners(workspace))
    ]
    output.rows(rows, PARTNERS, empty="No partner yet. Add one: workbench plan partner add FILE")


def _copies(options: argparse.Namespace, workspace: Workspace, output: Output) -> None:
    plan_id = plan_named(workspace, options.name)
    copies = kept_copies(workspace, plan_id)
    if options.restore is not None:
        wanted = [copy.id for copy in copies if copy.id.startswith(options.restore)]
        if len(wanted) != 1:
            message = "There is no such copy of this plan, or more than one whose id begins so."
            raise BadInputError(message)
        restore_copy(workspace, wanted[0])
        copies = kept_copies(workspace, plan_id)
    rows = [{key: getattr(copy, key) for key in COPIES} for copy in copies]
    output.rows(rows, COPIES, empty="No copy of this plan is kept; one is made before each merge.")


_ACTIONS: Mapping[str, tuple[Action, Callable[[argparse.Namespace], bool]]] = {
    "send": (_send, lambda _: False),
    "receive": (_receive, lambda options: options.preview or options.file is None),
    "partner": (_partner, lambda options: options.partner_action == "list"),
    "copies": (_copies, lambda options: options.restore is None),
}
"""What runs an action, and whether it only reads."""
