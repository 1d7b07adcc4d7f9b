"""Outbox: what was written here and where it stands, for lists, threads and the sender."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

from workbench.ids import AccountId, CommunityId, EventId
from workbench.models.database import Reader
from workbench.models.kinds import AccountKind, OutboxState, PostKind
from workbench.models.moments import from_micros, maybe_from_micros, to_micros
from workbench.queries.preferences import preference
from workbench.queries.scope import sql

EXPIRES_DAYS = "outbox.expires_days"
"""Key of the setting after how many days a queued item is no longer sent by itself; a whole number, 14 by default."""
USUAL_DAYS: Final = 14
ASKED_AFTER: Final = 2
"""After so many looks that found nothing, a person decides about an item that may have arrived."""
_CLOCKS_DIFFER: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One item. `subject` is its own, or that of the thread it answers; `reason_code` is a `Reason` of the steps.

    `is_shown` is a sent one that stands among the messages here; a like has no place there and always counts as shown.
    `parent_author` wrote what is answered or liked. Ids of rows are None once these are gone; the remote ids stay.
    `clock_skew` is how far the platform's clock was ahead of ours at `tried_at`, None where nobody knows.
    """

    id: str
    kind: PostKind
    state: OutboxState
    account_id: AccountId | None
    account: str
    account_kind: AccountKind | None
    community_id: CommunityId | None
    community: str
    community_remote_id: str
    thread_id: EventId | None
    parent_id: EventId | None
    root_remote_id: str | None
    parent_remote_id: str | None
    parent_author: str
    subject: str
    text: str
    key: str
    remote_id: str | None
    url: str | None
    is_held: bool
    reason_code: str | None
    reason: str | None
    attempts: int
    looks: int
    written_at: datetime
    changed_at: datetime
    queued_at: datetime | None
    tried_at: datetime | None
    not_before: datetime | None
    expires_at: datetime | None
    is_shown: bool = False
    clock_skew: timedelta | None = None
    needs_sign_in: bool = False
    """Whether nothing of its account goes out until somebody signs in."""

    @property
    def needs_decision(self) -> bool:
        """Whether nothing will happen with it until a person decides."""
        if self.state is OutboxState.UNKNOWN:
            return self.looks >= ASKED_AFTER
        return self.state in {OutboxState.REFUSED, OutboxState.PAUSED, OutboxState.EXPIRED}


@dataclass(frozen=True, slots=True)
class PostingWay:
    """What an account has for sending.

    `is_anonymous` where somebody said that it is read without a sign-in, `needs_mail_server` where answers go out as
    mail and it does not say by which server.
    """

    account_kind: AccountKind
    is_anonymous: bool = False
    needs_mail_server: bool = False


@dataclass(frozen=True, slots=True)
class PostingPlace:
    """Where an answer to a message would go, or a topic: `url` is the page of the community, where it is known."""

    account_kind: AccountKind
    account: str
    community_id: CommunityId
    community: str
    url: str | None
    is_anonymous: bool = False
    account_id: AccountId | None = None
    needs_mail_server: bool = False


_ITEMS = """
SELECT o.id, o.kind, o.state, o.account_id, ifnull(a.name, ''), a.kind, o.community_id,
  ifnull(c.name, o.community_name), o.community_remote_id, o.root_id, o.parent_id, o.root_remote_id,
  o.parent_remote_id, ifnull(p.name, ''),
  ifnull(nullif(o.subject, ''), ifnull(b.subject, '')), o.text, o."key", o.remote_id, o.url,
  o.is_held, o.reason_code, o.reason,
  o.attempts, o.looks, o.written_at, o.changed_at, o.queued_at, o.tried_at, o.not_before, o.expires_at,
  o.clock_skew, ifnull(a.error_code, '') = 'sign_in'
FROM outboxitem o LEFT JOIN account a ON a.id = o.account_id LEFT JOIN community c ON c.id = o.community_id
LEFT JOIN event e ON e.id = o.parent_id LEFT JOIN person p ON p.id = e.person_id
LEFT JOIN body b ON b.event_id = o.root_id
"""
_IN_ORDER = "ORDER BY o.queued_at IS NULL, o.queued_at, o.written_at, o.id"


def list_outbox(
    reader: Reader, *, states: Collection[OutboxState] = (), account_id: AccountId | None = None
) -> list[OutboxRow]:
    """Items in the order they were queued, then drafts; of some states or one account, where given."""
    wanted = json.dumps([state.value for state in states or OutboxState])
    statement = sql(
        _ITEMS,
        "WHERE o.state IN (SELECT value FROM json_each(:states)) AND (:account IS NULL OR o.account_id = :account)",
        _IN_ORDER,
    )
    return [_row(reader, row) for row in reader.rows(statement, {"states": wanted, "account": account_id})]


def outbox_item(reader: Reader, item_id: str) -> OutboxRow | None:
    """One item, None where it is gone."""
    row = reader.one(sql(_ITEMS, "WHERE o.id = ?"), (item_id,))
    return None if row is None else _row(reader, row)


def outbox_ids(reader: Reader, beginning: str) -> list[str]:
    """Ids that begin so: what a person types of one."""
    wanted = beginning.strip().casefold()
    return [id_ for (id_,) in reader.rows("SELECT id FROM outboxitem ORDER BY id") if id_.startswith(wanted)]


def count_waiting(reader: Reader, account_id: AccountId) -> int:
    """How many items of an account are still on their way."""
    return int(
        reader.scalar(
            "SELECT count(*) FROM outboxitem"
            " WHERE account_id = ? AND state IN ('queued', 'sending', 'unknown', 'paused')",
            (account_id,),
        )
    )


def count_outbox(reader: Reader) -> Mapping[OutboxState, int]:
    """{state: items} of every state, 0 where there are none."""
    counts = dict(reader.rows("SELECT state, count(*) FROM outboxitem GROUP BY state"))
    return {state: counts.get(state.value, 0) for state in OutboxState}


def count_decisions(reader: Reader) -> int:
    """How many items wait for a person."""
    return int(
        reader.scalar(
            "SELECT count(*) FROM outboxitem WHERE state IN ('refused', 'paused', 'expired')"
            " OR (state = 'unknown' AND looks >= ?)",
            (ASKED_AFTER,),
        )
    )


def thread_outbox(reader: Reader, thread_id: EventId) -> list[OutboxRow]:
    """Items that answer in a thread, drafts too, in order; a sent one only until its message has been mirrored."""
    rows = [_row(reader, row) for row in reader.rows(sql(_ITEMS, "WHERE o.root_id = ?", _IN_ORDER), (thread_id,))]
    return [row for row in rows if not row.is_shown]


# In the words the sign-in desk keeps (somebody chose to read without a sign-in), and the settings of a mailing list.
_WAY = """
a.kind, EXISTS (SELECT 1 FROM secret s WHERE s.account_id = a.id AND s.name = 'signin.way' AND s.value = 'nothing'),
a.kind = 'hyperkitty' AND trim(ifnull(json_extract(a.settings, '$.smtp_host'), '')) = ''
"""


def posting_place(reader: Reader, message_id: EventId) -> PostingPlace | None:
    """Where an answer to this message would go; None where it is gone."""
    statement = sql(
        "SELECT a.id, a.name, c.id, c.name, c.url,",
        _WAY,
        "FROM event e JOIN community c ON c.id = e.community_id JOIN account a ON a.id = c.account_id WHERE e.id = ?",
    )
    row = reader.one(statement, (message_id,))
    if row is None:
        return None
    account_id, account, community_id, community, url, kind, is_anonymous, needs_mail = row
    return PostingPlace(
        AccountKind(kind), account, community_id, community, url, bool(is_anonymous), account_id, bool(needs_mail)
    )


def posting_way(reader: Reader, account_id: AccountId) -> PostingWay | None:
    """What an account has for sending; None where it is gone."""
    row = reader.one(sql("SELECT", _WAY, "FROM account a WHERE a.id = ?"), (account_id,))
    return None if row is None else PostingWay(AccountKind(row[0]), bool(row[1]), bool(row[2]))


def last_sent_at(reader: Reader, thread_id: EventId, *, since: datetime) -> datetime | None:
    """When the last answer to a thread was sent from here, or said to be, since a moment; None where none was."""
    statement = (
        "SELECT max(changed_at) FROM outboxitem WHERE root_id = ? AND kind = ? AND state = ? AND changed_at >= ?"
    )
    found = reader.scalar(statement, (thread_id, PostKind.REPLY, OutboxState.SENT, to_micros(since)))
    return maybe_from_micros(found)


def sent_topics(reader: Reader) -> list[EventId]:
    """Threads of the mirror that were begun from here."""
    sent = reader.rows(
        "SELECT community_id, remote_id FROM outboxitem WHERE state = 'sent' AND kind = ? AND remote_id IS NOT NULL",
        (PostKind.TOPIC.value,),
    )
    statement = "SELECT id FROM event WHERE community_id = ? AND remote_key = ?"
    found = (reader.scalar(statement, (community, _key(remote_id))) for community, remote_id in sent)
    return [EventId(id_) for id_ in found if id_ is not None]


def expires_after(reader: Reader) -> timedelta:
    """How long a queued item may wait before it asks again."""
    text = preference(reader, EXPIRES_DAYS)
    days = None if text is None else json.loads(text)
    return timedelta(days=days if isinstance(days, int) and days > 0 else USUAL_DAYS)


def sending_accounts(reader: Reader) -> list[AccountId | None]:
    """Accounts with items that are on their way, as far as the profile says."""
    return [id_ for (id_,) in reader.rows("SELECT DISTINCT account_id FROM outboxitem WHERE state = 'sending'")]


def is_claimed(reader: Reader, item: OutboxRow, remote_id: str) -> bool:
    """Whether another item of the outbox is this message on the platform."""
    return (
        reader.scalar(
            "SELECT 1 FROM outboxitem WHERE account_id IS ? AND community_remote_id = ? AND remote_id = ? AND id <> ?"
            " AND kind = ?",
            (item.account_id, item.community_remote_id, remote_id, item.id, item.kind.value),
        )
        is not None
    )


def _key(remote_id: str) -> bytes:
    """How the mirror files a platform's id."""
    return blake2b(remote_id.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _is_mirrored(reader: Reader, row: OutboxRow) -> bool:
    """Whether a sent item stands in its thread: by the platform's id, or by its words where that is not known.

    A topic begins a thread of its own, so it is looked for among the beginnings of its community.
    """
    if row.kind is PostKind.LIKE:
        return True
    if row.remote_id is not None:
        statement = "SELECT 1 FROM event WHERE community_id = ? AND remote_key = ?"
        return reader.scalar(statement, (row.community_id, _key(row.remote_id))) is not None
    ahead = min(row.clock_skew or timedelta(), timedelta())  # of a platform whose clock is behind ours
    since = to_micros(row.written_at + ahead - _CLOCKS_DIFFER)
    is_topic = row.kind is PostKind.TOPIC
    where = "WHERE e.community_id = ? AND e.root_id = e.id" if is_topic else "WHERE e.root_id = ?"
    place = row.community_id if is_topic else row.thread_id
    texts = reader.rows(sql(_TEXTS, where, "AND e.at >= ?"), (place, since))
    return any(_words(text) == _words(row.text) for (text,) in texts)


_TEXTS = "SELECT b.text FROM event e JOIN body b ON b.event_id = e.id"


def _words(text: str) -> str:
    return " ".join(text.split())


def _row(reader: Reader, row: tuple[Any, ...]) -> OutboxRow:
    item = _item(row)
    if item.state is not OutboxState.SENT or not _is_mirrored(reader, item):
        return item
    return replace(item, is_shown=True, is_held=False)


def _item(row: tuple[Any, ...]) -> OutboxRow:
    (*head, written, changed, queued, tried, not_before, expires, skew, needs_sign_in) = row
    id_, kind, state, account_id, account, account_kind, community_id, community, community_remote, *rest = head
    thread_id, parent_id, root_remote, parent_remote, author, subject, text, key, remote_id, url, is_held, *why = rest
    code, reason, attempts, looks = why
    return OutboxRow(
        id=id_,
        kind=PostKind(kind),
        state=OutboxState(state),
        account_id=account_id,
        account=account,
        account_kind=None if account_kind is None else AccountKind(account_kind),
        community_id=community_id,
        community=community,
        community_remote_id=community_remote,
        thread_id=thread_id,
        parent_id=parent_id,
        root_remote_id=root_remote,
        parent_remote_id=parent_remote,
        parent_author=author,
        subject=subject,
        text=text,
        key=key,
        remote_id=remote_id,
        url=url,
        is_held=bool(is_held),
        reason_code=code,
        reason=reason,
        attempts=attempts,
        looks=looks,
        written_at=from_micros(written),
        changed_at=from_micros(changed),
        queued_at=maybe_from_micros(queued),
        tried_at=maybe_from_micros(tried),
        not_before=maybe_from_micros(not_before),
        expires_at=maybe_from_micros(expires),
        clock_skew=None if skew is None else timedelta(seconds=skew),
        needs_sign_in=bool(needs_sign_in),
    )
