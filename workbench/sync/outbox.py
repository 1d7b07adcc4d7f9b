"""OutboxStore: the only writer of the outbox; every change is one committed step of `outbox_steps`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import AccountId, CommunityId, EventId, uuid7
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import EventKind, OutboxState, PostKind
from workbench.models.moments import MICROSECOND, to_micros
from workbench.queries.outbox import OutboxRow, expires_after, outbox_item
from workbench.sync.outbox_steps import LOOK_AGAIN, NEVER_REPEATED, Reason, Step, after, allows
from workbench.sync.posting import Sent

if TYPE_CHECKING:
    from sqlmodel import Session

    from workbench.models.activity import Event
    from workbench.models.outbox import OutboxItem

_ON_THE_WAY = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN)


class OutboxStore:
    """Writes items. What a person asks for refuses with BadInputError where the item's state does not allow it."""

    def __init__(self, database: Database, clock: Clock, *, make_key: Callable[[], str] = lambda: str(uuid4())) -> None:
        self._database = database
        self._clock = clock
        self._make_key = make_key

    # What a person does

    def save_reply(self, message_id: EventId, text: str, *, item_id: str | None = None) -> str:
        """Keeps an answer to a message as a draft, a new one or the draft `item_id`; the draft's id."""
        with self._database.write() as session:
            if item_id is None:
                return self._new(session, PostKind.REPLY, _message(session, message_id), text=text)
            item = _draft(session, item_id)
            parent = _message(session, message_id)
            item.parent_id, item.parent_remote_id = parent.id, parent.remote_id
            item.text, item.changed_at = text, self._clock.now()
            return item_id

    def save_topic(self, community_id: CommunityId, *, subject: str, text: str, item_id: str | None = None) -> str:
        """Keeps a new topic as a draft, a new one or the draft `item_id`; the draft's id."""
        with self._database.write() as session:
            is_new = item_id is None
            item = self._beginning(session, PostKind.TOPIC, community_id) if is_new else _draft(session, item_id or "")
            item.subject, item.text, item.changed_at = subject, text, self._clock.now()
            return item.id

    def like(self, message_id: EventId) -> str:
        """Queues a like of a message; the id of the item. One that is on its way already is not queued twice."""
        from sqlmodel import col, select  # noqa: PLC0415 - the first write loads the ORM

        from workbench.models.tables import OutboxItem  # noqa: PLC0415 - as above

        with self._database.write() as session:
            message = _message(session, message_id)
            known = select(OutboxItem).where(
                OutboxItem.kind == PostKind.LIKE.value,
                OutboxItem.parent_id == message_id,
                col(OutboxItem.state).in_([state.value for state in (*_ON_THE_WAY, OutboxState.SENT)]),
            )
            found = session.exec(known).first()
            if found is not None:
                return found.id
            item_id = self._new(session, PostKind.LIKE, message)
            self._queue(session, _item(session, item_id))
            return item_id

    def queue(self, item_id: str) -> Changes:
        """Lets a draft go with the next sync, or asks again for what was refused or has expired."""
        with self._database.write() as session:
            self._queue(session, _item(session, item_id))
        return Changes.OUTBOX

    def recall(self, item_id: str) -> Changes:
        """Takes an item back to edit it. After a try it gets another key: its words may change now."""
        with self._database.write() as session:
            item = _item(session, item_id)
            if item.reason_code == Reason.ACCOUNT_GONE:
                message = "Its account is no longer in this profile. Copy the text and post it by hand."
                raise BadInputError(message)
            self._step(item, Step.RECALL)
            if item.attempts:
                item.key = self._make_key()
            item.queued_at = item.expires_at = None
            item.attempts = item.looks = 0
        return Changes.OUTBOX

    def send_again(self, item_id: str) -> Changes:
        """A person has looked and it is not there: it goes out again, under the same key."""
        with self._database.write() as session:
            item = _item(session, item_id)
            _require_account(item)
            self._step(item, Step.SEND_AGAIN)
            item.looks = 0
            item.expires_at = self._clock.now() + self._expiry()
        return Changes.OUTBOX

    def mark_sent(self, item_id: str) -> Changes:
        """A person says that it is there: found by them, or posted by hand."""
        with self._database.write() as session:
            self._step(_item(session, item_id), Step.BY_HAND, Reason.BY_HAND)
        return Changes.OUTBOX

    def resume(self) -> Changes:
        """Ends the review of a copied profile: what may have been sent by the other copy is looked for first."""
        with self._database.write() as session:
            for item in _items(session, OutboxState.PAUSED):
                if item.reason_code == Reason.COPIED and item.account_id is not None:
                    self._step(item, Step.RESUME, Reason.COPIED)
                    item.looks = 0
        return Changes.OUTBOX

    def hurry(self, item_id: str) -> Changes:
        """Does not wait any longer before the next try or look."""
        with self._database.write() as session:
            item = _item(session, item_id)
            item.not_before = None
        return Changes.OUTBOX

    def drop(self, item_id: str) -> Changes:
        """Forgets an item for good, whatever its state; only one that is being sent right now stays."""
        with self._database.write() as session:
            item = _item(session, item_id)
            if item.state == OutboxState.SENDING:
                message = "It is on its way and cannot be changed any more."
                raise BadInputError(message)
            session.delete(item)
        return Changes.OUTBOX

    # What sending does

    def begin(self, item_id: str, *, skew: timedelta | None = None) -> OutboxRow | None:
        """Commits that it is being sent now, and answers what is sent; None where it was recalled meanwhile.

        `skew` is how far the platform's clock is ahead of ours, where it is known.
        """
        with self._database.write() as session:
            item = _found(session, item_id)
            if item is None or not allows(OutboxState(item.state), Step.BEGIN):
                return None
            self._step(item, Step.BEGIN, _reason(item))
            item.attempts += 1
            item.tried_at = self._clock.now()
            item.clock_skew = None if skew is None else round(skew.total_seconds())
        with self._database.read() as reader:
            return outbox_item(reader, item_id)

    def arrived(self, item_id: str, sent: Sent) -> None:
        """The platform has it. Taken from every state in which it could turn out: an answer may come late."""
        with self._database.write() as session:
            item = _found(session, item_id)
            if item is not None and allows(OutboxState(item.state), Step.ARRIVED):
                self._step(item, Step.ARRIVED)
                item.remote_id, item.is_held = sent.remote_id, sent.is_held
                item.url = sent.url or item.url

    def settle(
        self,
        item_id: str,
        step: Step,
        reason: Reason,
        *,
        said: str | None = None,
        until: datetime | None = None,
        url: str | None = None,
    ) -> bool:
        """Commits how a try or a look ended, `until` when to leave it alone; False where a person was quicker."""
        with self._database.write() as session:
            item = _found(session, item_id)
            if item is None or not allows(OutboxState(item.state), step):
                return False
            self._step(item, step, reason)
            item.reason, item.url = said, url or item.url
            item.not_before = until or item.not_before
            item.looks += step is Step.MISSED
            return True

    def wait(self, item_id: str, until: datetime | None, reason: Reason | None = None) -> None:
        """Leaves an item alone until then; its state stays. `reason` is why it could not be looked for.

        What forbids that it is sent again by itself stays its reason.
        """
        with self._database.write() as session:
            item = _found(session, item_id)
            if item is not None:
                item.not_before = until or item.not_before
                if reason is not None and item.reason_code not in NEVER_REPEATED:
                    item.reason_code = reason.value

    def heard_clock(self, account_id: AccountId, skew: timedelta, *, since: datetime) -> None:
        """Notes with what was tried since then, of which nobody knew it, how far the platform's clock is ahead."""
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE outboxitem SET clock_skew = ? WHERE account_id = ? AND clock_skew IS NULL AND tried_at >= ?",
                (round(skew.total_seconds()), account_id, to_micros(since)),
            )

    def put_aside(self, account_id: AccountId) -> tuple[str, ...]:
        """What is too late by now asks again instead of being sent; ids of those items."""
        now = self._clock.now()
        with self._database.write() as session:
            late = [
                item
                for item in _items(session, OutboxState.QUEUED)
                if item.account_id == account_id and item.expires_at is not None and item.expires_at <= now
            ]
            for item in late:
                self._step(item, Step.EXPIRE, Reason.TOO_LATE)
            return tuple(item.id for item in late)

    def cannot_send(self, account_id: AccountId) -> Changes:
        """Refuses what is queued for an account that turned out to read only: nothing waits for what never comes."""
        with self._database.write() as session:
            found = [item for item in _items(session, OutboxState.QUEUED) if item.account_id == account_id]
            for item in found:
                self._step(item, Step.REFUSE, Reason.CANNOT)
        return Changes.OUTBOX if found else Changes.NOTHING

    def pause_orphans(self) -> Changes:
        """Pauses what lost its account or community: it cannot be sent, only copied or dropped."""
        with self._database.write() as session:
            orphans = [
                item
                for item in _items(session, OutboxState.QUEUED, OutboxState.UNKNOWN)
                if item.account_id is None or item.community_id is None
            ]
            for item in orphans:
                self._step(item, Step.PAUSE, Reason.ACCOUNT_GONE)
        return Changes.OUTBOX if orphans else Changes.NOTHING

    def left_over(self, account_id: AccountId | None) -> Changes:
        """Makes unknown what a dead process was sending; only for who knows that nobody sends for the account."""
        with self._database.write() as session:
            found = [item for item in _items(session, OutboxState.SENDING) if item.account_id == account_id]
            for item in found:
                self._step(item, Step.LOST, Reason.STOPPED)
        return Changes.OUTBOX if found else Changes.NOTHING

    def pause_copied(self) -> Changes:
        """Pauses everything on its way for review: this profile is a copy, and another one may send the same."""
        with self._database.write() as session:
            found = _items(session, *_ON_THE_WAY)
            for item in found:
                self._step(item, Step.PAUSE, Reason.COPIED)
        return Changes.OUTBOX if found else Changes.NOTHING

    # Parts

    def _new(self, session: "Session", kind: PostKind, message: "Event", *, text: str = "") -> str:
        from workbench.models.tables import Body, Event  # noqa: PLC0415 - the first write loads the ORM

        root = session.get(Event, message.root_id) or message
        body = session.get(Body, root.id)
        item = self._beginning(session, kind, CommunityId(message.community_id))
        item.root_id, item.root_remote_id = root.id, root.remote_id
        item.parent_id, item.parent_remote_id = message.id, message.remote_id
        item.subject, item.text = "" if body is None else body.subject, text
        return item.id

    def _beginning(self, session: "Session", kind: PostKind, community_id: CommunityId) -> "OutboxItem":
        """A draft of its kind for a community, with nothing in it yet."""
        from workbench.models.tables import Community, OutboxItem  # noqa: PLC0415 - as above

        community = session.get(Community, community_id)
        if community is None:
            message = "there is no such community in this profile"
            raise BadInputError(message)
        now = self._clock.now()
        item = OutboxItem(
            id=uuid7(self._clock),
            account_id=community.account_id,
            community_id=community.id,
            community_remote_id=community.remote_id,
            community_name=community.name,
            kind=kind.value,
            state=OutboxState.DRAFT.value,
            key=self._make_key(),
            written_at=now,
            changed_at=now,
        )
        session.add(item)
        return item

    def _expiry(self) -> timedelta:
        with self._database.read() as reader:
            return expires_after(reader)

    @staticmethod
    def _next_place(session: "Session", now: datetime) -> datetime:
        """Now, or just after what was queued last: order must not depend on a clock that stands still or goes back."""
        from sqlmodel import func, select  # noqa: PLC0415 - the first write loads the ORM

        from workbench.models.tables import OutboxItem  # noqa: PLC0415 - as above

        last = session.exec(select(func.max(OutboxItem.queued_at))).one()
        return now if last is None or last < now else last + MICROSECOND

    def _queue(self, session: "Session", item: "OutboxItem") -> None:
        _require_account(item)
        if item.kind != PostKind.LIKE and not item.text.strip():
            message = "There is nothing to send yet; write something first."
            raise BadInputError(message)
        if item.kind == PostKind.TOPIC and not item.subject.strip():
            message = "A topic needs a subject."
            raise BadInputError(message)
        now = self._clock.now()
        self._step(item, Step.QUEUE)
        # Its place in the thread, and how far back it is looked for, are those of the first time.
        item.queued_at = item.queued_at or self._next_place(session, now)
        item.expires_at = now + self._expiry()

    def _step(self, item: "OutboxItem", step: Step, reason: Reason | None = None) -> None:
        """The one place where a state changes."""
        item.state = after(OutboxState(item.state), step).value
        item.changed_at = self._clock.now()
        item.reason_code = None if reason is None else reason.value
        item.reason = None
        # A first look at once would come before platforms show what is new.
        item.not_before = self._clock.now() + LOOK_AGAIN if step is Step.LOST else None


def _message(session: "Session", message_id: EventId) -> "Event":
    from workbench.models.tables import Event  # noqa: PLC0415 - the first write loads the ORM

    message = session.get(Event, message_id)
    if message is None or message.kind not in (EventKind.POST, EventKind.REPLY) or message.removed_at is not None:
        text = "there is no such message in this profile"
        raise BadInputError(text)
    return message


def _found(session: "Session", item_id: str) -> "OutboxItem | None":
    from workbench.models.tables import OutboxItem  # noqa: PLC0415 - as above

    return session.get(OutboxItem, item_id)


def _item(session: "Session", item_id: str) -> "OutboxItem":
    item = _found(session, item_id)
    if item is None:
        message = "there is no such item in the outbox"
        raise BadInputError(message)
    return item


def _draft(session: "Session", item_id: str) -> "OutboxItem":
    item = _item(session, item_id)
    if item.state != OutboxState.DRAFT:
        message = "Only a draft can be changed; recall it first."
        raise BadInputError(message)
    return item


def _items(session: "Session", *states: OutboxState) -> "list[OutboxItem]":
    from sqlmodel import col, select  # noqa: PLC0415 - as above

    from workbench.models.tables import OutboxItem  # noqa: PLC0415 - as above

    wanted = [state.value for state in states]
    return list(session.exec(select(OutboxItem).where(col(OutboxItem.state).in_(wanted)).order_by(OutboxItem.id)))


def _require_account(item: "OutboxItem") -> None:
    if item.account_id is None or item.community_id is None:
        message = "Its account or community is no longer in this profile. Copy the text and post it by hand."
        raise BadInputError(message)


def _reason(item: "OutboxItem") -> Reason | None:
    return None if item.reason_code is None else Reason(item.reason_code)
