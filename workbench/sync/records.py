"""Normalised frozen records that every source is reduced to; standard library only."""

from dataclasses import dataclass
from datetime import date, datetime

from workbench.models.kinds import CommunityType, EventKind
from workbench.models.moments import DayRange


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as one platform shows them.

    `handle` is the platform's stable id within the account. `address_key` joins one human across accounts: a digest
    of the e-mail address (`address_key()` in `people.py`), never the address itself, which is not kept. A name that was
    only made up from something else (`has_own_name` False) gives way to any other. `languages` and `level` (a grade,
    say) as the source writes them, `time_zone` as an IANA name or an offset; None where a source does not tell.
    """

    handle: str
    name: str
    address_key: str | None = None
    office: str | None = None
    is_bot: bool = False
    has_own_name: bool = True
    region: str | None = None
    organisation: str | None = None
    languages: str | None = None
    time_zone: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class CommunityRecord:
    """A group, list or category as the platform shows it.

    `mark` is opaque text that changes whenever something in it does; `messages` and `members` are the platform's own
    counts. Each is None where the platform does not tell. `told_on` is the day of the platform's own clock when it told
    this: an equal mark then means that nothing is missing up to the day before. `is_mine` says whether the account's
    person belongs to it.
    """

    remote_id: str
    name: str
    description: str = ""
    type: CommunityType | None = None
    url: str | None = None
    address: str | None = None
    mark: str | None = None
    messages: int | None = None
    members: int | None = None
    is_mine: bool = True
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A person in a community; `joined_at` None where the platform does not say."""

    community: str
    person: PersonRecord
    joined_at: datetime | None = None
    left_at: datetime | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """A file on a message, as the message tells of it.

    `remote_id` names it within the message. `size` is in bytes, None where it is not told. `address` is where it can be
    asked for; None where it came with the message, as in mail: then `content` is all there will ever be of it, or None
    where that was more than is kept. `is_only_named` where a source tells of files and holds none.
    """

    remote_id: str
    name: str
    media_type: str = ""
    size: int | None = None
    address: str | None = None
    content: bytes | None = None
    is_only_named: bool = False


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """A post or reply; the mirror decides which, because a parent may arrive later.

    `references` are remote ids of ancestors, the nearest first: the first one that is or becomes known is the parent.
    `subject_key` is the normalised subject of a message that looks like a reply ("Re: …") or None; it is used only when
    no reference is known. `thread_subject_key` is the normalised subject of any message, so that such replies find it.
    `parent`/`root` kinds that a platform states outright are given as a single reference.
    `sent_at_is_guess` marks a date that was missing or absurd and was taken from the envelope or the neighbours.
    `raw` keeps unknown fields as JSON text. `version` is the platform's own mark of this state of the message (an edit
    count, a time of change), kept so that a check can tell an edit from a list of versions. `is_accepted`: the platform
    marks it as the answer to the question its thread began with.
    """

    remote_id: str
    community: str
    author: PersonRecord
    sent_at: datetime
    subject: str
    text: str
    html: str | None = None
    references: tuple[str, ...] = ()
    subject_key: str | None = None
    thread_subject_key: str | None = None
    sent_at_is_guess: bool = False
    raw: str | None = None
    version: str | None = None
    attachments: tuple[AttachmentRecord, ...] = ()
    is_accepted: bool = False


@dataclass(frozen=True, slots=True)
class ActRecord:
    """Any other event: join, leave, reaction, mention, share, file, attend, view.

    `target` is the remote id of the message acted on, `target_person` the handle it points at, where there is one.
    """

    remote_id: str
    community: str
    kind: EventKind
    person: PersonRecord
    at: datetime
    target: str | None = None
    target_person: PersonRecord | None = None


@dataclass(frozen=True, slots=True)
class GoneRecord:
    """The platform no longer has this message; kept as a tombstone."""

    remote_id: str
    community: str


@dataclass(frozen=True, slots=True)
class GoneActRecord:
    """Somebody took back what an ActRecord of this remote id and kind told (a like)."""

    remote_id: str
    community: str
    kind: EventKind


@dataclass(frozen=True, slots=True)
class PageViews:
    """One page, or the whole site where `page` is empty; None where the source does not tell."""

    page: str
    views: int
    users: int | None = None
    sessions: int | None = None
    events: int | None = None


@dataclass(frozen=True, slots=True)
class SiteDaysRecord:
    """Page views over `days`, one day or a range that cannot be divided; replaces what was held for the same days.

    `is_partial`: rows may be missing (thresholds, sampling, a sum of other rows) or the days may still change.
    """

    community: str
    days: DayRange
    pages: tuple[PageViews, ...]
    is_partial: bool = False


Record = (
    PersonRecord
    | CommunityRecord
    | MemberRecord
    | MessageRecord
    | ActRecord
    | GoneRecord
    | GoneActRecord
    | SiteDaysRecord
)


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that could not be read: goes to quarantine with where it stands and why; the batch still commits.

    `code` is stable (`no_date`, `bad_encoding`, `too_large`, …), `reason` one plain sentence without personal data.
    """

    source: str
    position: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reread:
    """A source is read anew from `position` on: what was held back there, or behind it, no longer counts.

    What is still unreadable is rejected again, in this batch or when the reading gets there.
    """

    source: str
    position: int = 0
