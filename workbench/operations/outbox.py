"""Outbox: what a person does with what they write, and the one way by which a sync sends it."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from workbench.cancel import CancelToken
from workbench.errors import BadInputError, ProfileBusyError
from workbench.ids import AccountId, EventId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, OutboxState, PostKind
from workbench.queries.communities import find_community
from workbench.queries.outbox import OutboxRow, list_outbox, outbox_ids, outbox_item, posting_place, posting_way
from workbench.queries.sources import list_sources
from workbench.sync.outbox_steps import Reason
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.sync.connector import Connector
    from workbench.sync.platform_clock import PlatformClock
    from workbench.sync.posting import Poster
    from workbench.sync.sending import SendResult

_ALL: Final = frozenset(PostKind)

SENDS: Final[Mapping[AccountKind, frozenset[PostKind]]] = {
    AccountKind.VIVA_ENGAGE: _ALL,
    AccountKind.DISCOURSE: _ALL,
    AccountKind.HCL_CONNECTIONS: frozenset({PostKind.TOPIC, PostKind.REPLY}),
    AccountKind.OPEN_SOCIAL: frozenset({PostKind.TOPIC, PostKind.REPLY}),
    AccountKind.HYPERKITTY: frozenset({PostKind.REPLY}),
}
"""What can be sent where, known without loading a connector; everything else is read only."""

NO_MAIL_SERVER: Final = "Answers to this list go out as mail, and its account has no mail server."


def sends(kind: AccountKind | None, what: PostKind, *, is_anonymous: bool = False) -> bool:
    """Whether accounts of this kind can send such a thing; mail goes out without a sign-in, nothing else does."""
    return kind is not None and what in SENDS.get(kind, ()) and (not is_anonymous or kind is AccountKind.HYPERKITTY)


def send_due(
    workspace: Workspace,
    *,
    account_id: AccountId,
    connector: "Connector",
    cancel: CancelToken | None = None,
    jitter: Callable[[], float] = random.random,
    theirs: "PlatformClock | None" = None,
) -> "SendResult":
    """Sends what waits for this account, before anything is pulled: answers go out on however short a link.

    Every step is committed; what stands in the way is told in the result and never raised, except mistakes of ours and
    a profile that cannot be written (StoreError). An account for which another process is sending gives an empty
    result; where the connector only reads, what was queued is refused. `theirs` as in `Sender`.
    """
    from workbench.sync.outbox_opening import sending_lock  # noqa: PLC0415 - the window starts without sending
    from workbench.sync.sending import Sender, SendResult  # noqa: PLC0415 - as above

    poster = poster_of(connector)
    orphaned = workspace.outbox.pause_orphans()
    if poster is None:
        return SendResult(changes=orphaned | workspace.outbox.cannot_send(account_id))
    try:
        lock = sending_lock(workspace.profile, account_id).take()
    except ProfileBusyError:
        return SendResult(changes=orphaned)
    try:
        orphaned |= workspace.outbox.left_over(account_id)
        outbox, database, clock = workspace.outbox, workspace.database, workspace.clock
        sender = Sender(outbox, database, poster, account_id=account_id, clock=clock, jitter=jitter, theirs=theirs)
        result = sender.run(cancel)
        return replace(result, changes=result.changes | orphaned)
    finally:
        lock.free()


def poster_of(connector: object) -> "Poster | None":
    """The connector as one that sends; None where it only reads."""
    return cast("Poster", connector) if getattr(connector, "sends", None) else None


def queue_reply(workspace: Workspace, *, message_id: EventId, text: str, item_id: str | None = None) -> str:
    """Keeps an answer (the draft `item_id`, or a new one) and lets it go with the next sync; its id.

    Refuses an empty text, a message that is gone, an account that only reads and a list without a mail server to send
    by (BadInputError).
    """
    with workspace.database.read() as reader:
        place = posting_place(reader, message_id)
    if place is not None:
        _require_sending(workspace, place.account_id, PostKind.REPLY)
    with workspace.database.write():
        item_id = workspace.outbox.save_reply(message_id, text, item_id=item_id)
        workspace.outbox.queue(item_id)
    return item_id


def add_topic(workspace: Workspace, *, community: str, subject: str, text: str, is_draft: bool = False) -> str:
    """Queues a new topic for the community of this name, or keeps it as a draft; its id. Refuses as `queue_reply`."""
    with workspace.database.read() as reader:
        found = find_community(reader, community)
        account_id = next((row.account_id for row in list_sources(reader) if row.community_id == found), None)
    if found is None:
        message = f"There is no community called “{community}”; `workbench communities` shows them."
        raise BadInputError(message)
    with workspace.database.write():
        item_id = workspace.outbox.save_topic(found, subject=subject, text=text)
        if not is_draft:
            _require_sending(workspace, account_id, PostKind.TOPIC)
            workspace.outbox.queue(item_id)
    return item_id


def queue_like(workspace: Workspace, *, message_id: EventId) -> str:
    """Queues a like of a message; its id. Refuses where likes cannot be sent (BadInputError)."""
    with workspace.database.read() as reader:
        place = posting_place(reader, message_id)
    if place is not None:
        _require_sending(workspace, place.account_id, PostKind.LIKE)
    return workspace.outbox.like(message_id)


def _require_sending(workspace: Workspace, account_id: AccountId | None, what: PostKind) -> None:
    with workspace.database.read() as reader:
        way = None if account_id is None else posting_way(reader, account_id)
    if way is None or not sends(way.account_kind, what, is_anonymous=way.is_anonymous):
        reads = way is None or way.is_anonymous or not SENDS.get(way.account_kind)
        lead = f"This account only reads: a {what.value} cannot be sent there." if reads else ""
        lead = lead or f"A {what.value} cannot be sent to this platform."
        by_hand = "Set it on its page." if what is PostKind.LIKE else "Copy the text and post it by hand."
        message = f"{lead} {by_hand}"
        raise BadInputError(message)
    if way.needs_mail_server:
        message = f"{NO_MAIL_SERVER} Give it one in its details, or copy the text and post it by hand."
        raise BadInputError(message)


def retry(workspace: Workspace, *, item_id: str) -> Changes:
    """The one sensible next step of an item that waits for a person, or for its time.

    A draft, a refused or an expired one is queued; what could not be found is sent again; what waits is tried with the
    next sync; a paused one resumes with everything that was paused with it. Refuses what is sent or being sent.
    """
    row = item_named(workspace, item_id)
    outbox = workspace.outbox
    if row.state in {OutboxState.SENT, OutboxState.SENDING}:
        message = "It was sent already." if row.state is OutboxState.SENT else "It is on its way."
        raise BadInputError(message)
    if row.account_id is None:
        message = "Its account is no longer in this profile. Copy the text and post it by hand."
        raise BadInputError(message)
    if row.state is OutboxState.PAUSED:
        return resume(workspace)
    if row.state is OutboxState.UNKNOWN:
        return outbox.send_again(row.id) if row.needs_decision else outbox.hurry(row.id)
    if row.state is OutboxState.QUEUED:
        return outbox.hurry(row.id)
    _require_sending(workspace, row.account_id, row.kind)
    return outbox.queue(row.id)


def resume(workspace: Workspace) -> Changes:
    """Ends the review after a profile was copied or restored: all that was paused for it goes on.

    What may have been sent by the other copy is looked for before anything is sent again.
    """
    return workspace.outbox.resume()


def may_stand_there(row: OutboxRow) -> bool:
    """Whether an item was on its way once and nobody knows whether it arrived."""
    return row.state is OutboxState.UNKNOWN or (row.state is OutboxState.PAUSED and row.attempts > 0)


def drop(workspace: Workspace, *, item_id: str) -> OutboxRow:
    """Forgets an item for good and answers what it was."""
    row = item_named(workspace, item_id)
    workspace.outbox.drop(row.id)
    return row


def item_named(workspace: Workspace, name: str) -> OutboxRow:
    """The item whose id begins so; refuses none and several (BadInputError)."""
    with workspace.database.read() as reader:
        found = outbox_ids(reader, name)
        row = outbox_item(reader, found[0]) if len(found) == 1 and name.strip() else None
    if row is None:
        none = f"There is no item “{name}” in the outbox; `workbench outbox list` shows them."
        message = f"Several items begin with “{name}”; give more of the id." if len(found) > 1 else none
        raise BadInputError(message)
    return row


def outbox_rows(workspace: Workspace) -> list[OutboxRow]:
    """Every item, in order."""
    with workspace.database.read() as reader:
        return list_outbox(reader)


def explained(row: OutboxRow) -> str:
    """Where an item stands and what happens next, in one or two plain sentences."""
    if row.account_id is None and row.state is not OutboxState.SENT:
        before = " It may have arrived before that." if row.attempts else ""
        return _BY_REASON[OutboxState.PAUSED, Reason.ACCOUNT_GONE.value] + before
    if row.state is OutboxState.REFUSED and row.reason:
        is_ours = row.reason_code == Reason.SETTINGS
        return f"It did not go out. {row.reason}" if is_ours else _REFUSED.format(row.reason.rstrip("."))
    if row.state is OutboxState.UNKNOWN and not row.needs_decision:
        return "It may have arrived. " + _LOOKED_FOR.get(row.reason_code or "", _LOOKED_FOR[""])
    if row.state is OutboxState.QUEUED and row.needs_sign_in and row.reason_code != Reason.SIGN_IN:
        return f"Nobody is signed in to {row.account}. It goes out when you sign in again on the Sync page."
    usual = _BY_REASON.get((row.state, row.reason_code or ""), _BY_STATE[row.state])
    return (_of_sent(row) or usual) if row.state is OutboxState.SENT else usual


def needs_somebody(workspace: Workspace, row: OutboxRow) -> bool:
    """Whether an item that is queued stays until somebody signs in to its account; mail goes out without."""
    if row.state is not OutboxState.QUEUED or row.account_id is None or row.account_kind is AccountKind.HYPERKITTY:
        return False
    from workbench.operations.signin import needs_sign_in  # noqa: PLC0415 - loads the doors, which reading does not need

    return row.needs_sign_in or needs_sign_in(workspace, row.account_id)


def queued_words(workspace: Workspace, item_id: str) -> str:
    """What a line says right after something was queued: when it goes out, or what has to happen before."""
    row = item_named(workspace, item_id)
    if needs_somebody(workspace, row):
        return f"Queued. Nobody is signed in to {row.account}: it stays here until somebody is."
    return f"Queued. {explained(row)}"


def _of_sent(row: OutboxRow) -> str:
    """What became of an item that is sent; empty where the state or its reason says it."""
    if row.account_id is None and row.reason_code != Reason.BY_HAND:
        return "Sent. Its account is no longer in this profile."
    if row.is_held:
        is_mail = row.account_kind is AccountKind.HYPERKITTY
        return "Sent; it waits for the list." if is_mail else "Sent; it waits there for a moderator."
    if row.is_shown and row.reason_code is None:
        return "Sent." if row.kind is PostKind.LIKE else "Sent; it is in the thread."
    return ""


_REFUSED: Final = "The platform did not accept it: “{}”."
_BY_STATE: Final = {
    OutboxState.DRAFT: "A draft. It is kept here until you queue it.",
    OutboxState.QUEUED: "It goes out with the next sync.",
    OutboxState.SENDING: "It is on its way now.",
    OutboxState.SENT: "Sent; it shows in the thread after the next sync.",
    OutboxState.UNKNOWN: "It may have arrived, but it was not found. Look at the thread, then send it again or mark it "
    "as sent.",
    OutboxState.REFUSED: "The platform did not accept it.",
    OutboxState.PAUSED: "It is paused.",
    OutboxState.EXPIRED: "It waited too long and was not sent. Send it now, or take it back.",
}

_LOOKED_FOR: Final = {
    "": "It is looked for before anything is sent again.",
    Reason.LINE.value: "There was no connection. It is looked for with the next sync, before anything is sent again.",
    Reason.BUSY.value: "The platform is busy and asked to wait. It is looked for later, before anything is sent again.",
    Reason.SIGN_IN.value: "It is looked for when you sign in again on the Sync page, before anything is sent again.",
    Reason.BUDGET.value: "The data for today is used up. It is looked for tomorrow, before anything is sent again.",
}
"""Why nobody has looked yet for what may have arrived."""

_BY_REASON: Final = {
    (OutboxState.QUEUED, Reason.LINE.value): "There was no connection. It is tried again with the next sync.",
    (OutboxState.QUEUED, Reason.BUSY.value): "The platform is busy and asked to wait. It is tried again later.",
    (OutboxState.QUEUED, Reason.SIGN_IN.value): "The platform did not accept the sign-in. It goes out when you sign "
    "in again on the Sync page.",
    (OutboxState.QUEUED, Reason.BUDGET.value): "The data for today is used up. It goes out tomorrow.",
    (OutboxState.SENT, Reason.BY_HAND.value): "You marked it as sent.",
    (OutboxState.REFUSED, Reason.CANNOT.value): "This account cannot send such a thing.",
    (OutboxState.UNKNOWN, Reason.CANNOT.value): "It may have arrived, and this account cannot look for it. Look at the "
    "thread, then mark it as sent.",
    (
        OutboxState.PAUSED,
        Reason.COPIED.value,
    ): "This profile was copied or restored, so the other copy may have sent it. "
    "Once you resume, it is looked for before it is sent.",
    (OutboxState.PAUSED, Reason.ACCOUNT_GONE.value): "Its account or community is no longer in this profile. Copy the "
    "text, or drop it.",
}
