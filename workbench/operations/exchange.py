"""Exchange: a plan to a partner and back as a sealed file; who partners are, and copies kept before each merge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import (
    BadInputError,
    DamagedError,
    EnvelopeDamagedError,
    UntrustedSignerError,
)
from workbench.export.files import refuse_unwritable, write_whole
from workbench.ids import PlanId
from workbench.models.changes import Changes
from workbench.operations.partners import own_mark, partner_named, partner_store, read_file
from workbench.operations.plan_measures import not_here
from workbench.plans.carrying import PlanPayload, packed, unpacked
from workbench.plans.copies import add_arrived, copied_document, keep_copy
from workbench.plans.document import FORMAT, PlanDocument
from workbench.plans.preview import MergePreview, authors, preview
from workbench.plans.views import PlanView
from workbench.queries.partners import PlanCopyRow, author_names, plan_copies, plan_copy, trusted_signers
from workbench.queries.plan_files import PlanFileRow, is_mirrored, plan_file
from workbench.queries.plans import list_plans
from workbench.sync.envelope import (
    MOST_BYTES,
    EnvelopeHeader,
    EnvelopeKind,
    Passphrase,
    digest_of,
    open_envelope,
    read_header,
    require_kind,
    require_trusted,
)
from workbench.sync.identity import Identity
from workbench.sync.partners import Place, Standing, TrustWay, keep_author_names, note, stream_of
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.plans.editor import PlanEditor

PLAN_SUFFIX = ".cwplan"
OLDEST_PLAN = 1
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class SentFile:
    """A sealed file that was written."""

    path: Path
    header: EnvelopeHeader
    size: int


@dataclass(frozen=True, slots=True)
class ArrivalWarning:
    """Something to know before a plan is taken in; `code` is for programs.

    It is one of first-use, gap, late, fork, same, not-here.
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanArrival:
    """A plan file that was opened and found whole; nothing of it is applied yet.

    `plan` is the plan as the sender has it. `sender` is the name under which the sender is trusted, else the one they
    give themselves. `has_taken_name`: it is new here, and another plan has its name, so `receive_plan` needs one.
    """

    path: Path
    header: EnvelopeHeader
    digest: str
    plan: PlanView
    preview: MergePreview
    is_new_plan: bool
    has_taken_name: bool
    sender: str
    fingerprint: str
    is_trusted: bool
    warnings: tuple[ArrivalWarning, ...]
    payload: PlanPayload = field(repr=False)


def send_plan(
    workspace: Workspace,
    *,
    plan_id: PlanId,
    out: Path,
    to: Sequence[str] = (),
    passphrase: str | None = None,
) -> SentFile:
    """Writes the whole plan to `out` (a file, or a folder that gets one), sealed for partners or with a passphrase.

    Refuses with BadInputError: both or neither of them, a partner or plan that is not there, no own name yet; with
    ExportError a place that cannot be written to. The file appears under its name only when it is whole.
    """
    if bool(to) == (passphrase is not None):
        raise BadInputError(reason="Choose a partner the file is for, or a passphrase.")
    refuse_unwritable(out / PLAN_SUFFIX if out.is_dir() else out)
    recipients = [partner_named(workspace, name).recipient for name in to]
    store = partner_store(workspace)
    store.identity()
    with workspace.database.read() as reader:
        stored, names = plan_file(reader, plan_id), author_names(reader)
    if stored is None:
        raise BadInputError(reason="This plan is no longer in the profile.")
    document = PlanDocument.from_bytes(stored.document)
    view, known = document.view(), authors(document)
    payload = PlanPayload(
        plan_id, own_mark(workspace), {mark: name for mark, name in names.items() if mark in known}, stored.document
    )
    data = store.seal_next(
        packed(payload),
        kind=EnvelopeKind.PLAN,
        schema=FORMAT,
        stream=stream_of(f"plan:{plan_id}", recipients),
        to=recipients if passphrase is None else Passphrase(passphrase),
        counts={"cards": len(view.cards), "objectives": len(view.objectives)},
    )
    header = read_header(data)
    path = out / _file_name(view.name, header, digest_of(data)) if out.is_dir() else out
    write_whole(path, data)
    return SentFile(path, header, len(data))


def read_plan_file(workspace: Workspace, path: Path, *, passphrase: str | None = None) -> PlanArrival:
    """Opens a plan file and says what taking it in would change; nothing is changed.

    Refuses a file that is damaged, cut, foreign, for somebody else, of an older or newer form, locked, taken in before,
    or signed with another key than the one trusted under the sender's name; each with its own error.
    """
    data = read_file(path, most=MOST_BYTES)
    store, digest, header = partner_store(workspace), digest_of(data), read_header(data)
    require_kind(header, EnvelopeKind.PLAN, oldest=OLDEST_PLAN, newest=FORMAT)
    with workspace.database.read() as reader:
        trusted, names = trusted_signers(reader), author_names(reader)
    # Opening needs keys: where this profile has none yet, only a passphrase can fit.
    identity = store.stored() or Identity.new(name="nobody", instance="none")
    is_ours = header.signer == identity.public.signer
    is_trusted = is_ours or _is_trusted(header, trusted)
    place = store.place(header, digest)
    payload = unpacked(open_envelope(data, identity=identity, passphrase=passphrase).payload)
    with workspace.database.read() as reader:
        stored = plan_file(reader, payload.plan_id)
        plan_names = {row.name.casefold() for row in list_plans(reader)}
    ours = PlanDocument.new(payload.plan_id) if stored is None else PlanDocument.from_bytes(stored.document)
    seen, plan = _previewed(ours, payload)
    with workspace.database.read() as reader:
        is_here = is_mirrored(reader, plan.community_place, plan.community_name)
    sender = trusted.get(header.signer, header.sender)
    return PlanArrival(
        path=path,
        header=header,
        digest=digest,
        plan=plan,
        preview=seen.named({**payload.names, **names}),
        is_new_plan=stored is None,
        has_taken_name=stored is None and plan.name.casefold() in plan_names,
        sender=sender,
        fingerprint=header.sender_identity.fingerprint,
        is_trusted=is_trusted,
        warnings=(
            *_warnings(header, place, sender=sender, is_trusted=is_trusted, is_same=seen.is_same),
            *(() if is_here else (ArrivalWarning("not-here", not_here(plan.community_name)),)),
        ),
        payload=payload,
    )


def receive_plan(
    workspace: Workspace,
    arrival: PlanArrival,
    *,
    trust: bool = False,
    name: str | None = None,
    editor: "PlanEditor | None" = None,
) -> Changes:
    """Takes in what `read_plan_file` found: one transaction with a copy of the plan as it was, or nothing at all.

    `trust` keeps a sender who is not known yet as a partner; without it UntrustedSignerError. `name` is for a new plan
    whose name is taken. `editor` is the one that holds the plan open, so that its undo history lives on. Refuses a
    file taken in meanwhile, and a name that is taken (BadInputError).
    """
    if not (arrival.is_trusted or trust):
        raise UntrustedSignerError(cause="new", fingerprint=arrival.fingerprint)
    store, payload, header = partner_store(workspace), arrival.payload, arrival.header
    try:
        with workspace.database.write() as session:
            store.place(header, arrival.digest)
            if not arrival.is_trusted:
                store.add(header.sender_identity, way=TrustWay.FIRST_USE)
            note(session, header, arrival.digest, at=workspace.clock.now())
            keep_author_names(session, _new_names(workspace, payload))
            stored = _stored(workspace, payload.plan_id)
            if stored is None:
                add_arrived(
                    session, payload.document, name=name, author=own_mark(workspace) or "me", at=workspace.clock.now()
                )
                return Changes.PLANS
            editor = editor or workspace.plans.open(payload.plan_id)
            if not editor.preview(payload.document).is_same:
                reason = f"Before the changes of {arrival.sender} were taken in"
                keep_copy(session, editor.view(), stored.document, reason=reason, clock=workspace.clock)
            return editor.merge(payload.document)
    except BaseException:
        if editor is not None:
            editor.reread()
        raise


def kept_copies(workspace: Workspace, plan_id: PlanId) -> list[PlanCopyRow]:
    """The plan as it was before merges, newest first; the newest ten are kept."""
    with workspace.database.read() as reader:
        return plan_copies(reader, plan_id)


def restore_copy(workspace: Workspace, copy_id: str, *, editor: "PlanEditor | None" = None) -> Changes:
    """Makes the plan look as in the copy, by new edits that undo takes back; what it was before is kept as a copy.

    Refuses an unknown copy, and one whose plan is gone (BadInputError).
    """
    with workspace.database.read() as reader:
        found = plan_copy(reader, copy_id)
    if found is None:
        raise BadInputError(reason="There is no such copy.")
    plan_id, document = found[0], copied_document(found[1])
    editor = editor or workspace.plans.open(plan_id)
    try:
        with workspace.database.write() as session:
            keep_copy(
                session, editor.view(), editor.to_bytes(), reason="Before going back to a copy", clock=workspace.clock
            )
            return editor.go_back(document)
    except BaseException:
        editor.reread()
        raise


def _is_trusted(header: EnvelopeHeader, trusted: Mapping[str, str]) -> bool:
    try:
        require_trusted(header, trusted)
    except UntrustedSignerError as error:
        if error.details.get("cause") == "changed":
            raise
        return False
    return True


def _previewed(ours: PlanDocument, payload: PlanPayload) -> tuple[MergePreview, PlanView]:
    try:
        theirs = PlanDocument.from_bytes(payload.document)
        if theirs.id != payload.plan_id:
            message = "it names one plan and holds another"
            raise EnvelopeDamagedError(message)
        return preview(ours, payload.document), theirs.view()
    except DamagedError as error:  # of the profile, by its words; here it is the file
        message = "the plan in it cannot be read"
        raise EnvelopeDamagedError(message) from error


def _stored(workspace: Workspace, plan_id: PlanId) -> PlanFileRow | None:
    with workspace.database.read() as reader:
        return plan_file(reader, plan_id)


def _new_names(workspace: Workspace, payload: PlanPayload) -> dict[str, str]:
    """Names of marks that are new here, and the sender's own; nobody renames us, nor a third person."""
    with workspace.database.read() as reader:
        known = author_names(reader)
    own = own_mark(workspace)
    return {
        mark: name
        for mark, name in payload.names.items()
        if mark and name and mark != own and (mark not in known or mark == payload.author)
    }


def _warnings(
    header: EnvelopeHeader, place: Place, *, sender: str, is_trusted: bool, is_same: bool
) -> tuple[ArrivalWarning, ...]:
    found = []
    if not is_trusted:
        text = (
            f"You have taken in nothing of {sender} yet. Compare the fingerprint "
            f"{header.sender_identity.fingerprint} by telephone or in person; once trusted, later files are compared "
            "with it by themselves."
        )
        found.append(ArrivalWarning("first-use", text))
    words = {
        Standing.GAP: f"{_files(place.missing)} of {sender} before this one did not come by here. This one holds the "
        "whole plan, so nothing is missing.",
        Standing.LATE: f"A newer file of {sender} was taken in already; this one is older.",
        Standing.FORK: f"Two different files of {sender} carry number {header.sequence} or follow different ones. A "
        "copy of their profile seems to be in use on a second computer; tell them.",
    }
    if place.standing in words:
        found.append(ArrivalWarning(place.standing.value, words[place.standing]))
    if is_same:
        found.append(ArrivalWarning("same", "The plan here holds all of it already; nothing would change."))
    return tuple(found)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _file_name(plan: str, header: EnvelopeHeader, digest: str) -> str:
    """A name fit for every file system that no other file has: each receiver's files are numbered for themselves."""
    words = "".join(letter if letter.isalnum() else "-" for letter in plan).strip("-")[:_LONGEST_NAME] or "plan"
    return f"{words}-{header.sequence:04d}-{digest[:8]}{PLAN_SUFFIX}"
