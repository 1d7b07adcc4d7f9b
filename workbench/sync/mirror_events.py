"""The mirror's events: one part of a batch, in which no event occurs twice, written set by set.

Rows are prepared in memory with ids of our own, so that bodies, index rows and threads need no reading back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.models.search_text import indexable, scope_token
from workbench.sync.attachments import keep_attachments
from workbench.sync.cared_for import find_again
from workbench.sync.connector import CensusOf
from workbench.sync.gone import Removals
from workbench.sync.lookups import driver, next_id, remote_key, select_among, storable
from workbench.sync.mirror_drafts import ActDraft, Draft, drafted, newcomer, people_in
from workbench.sync.mirror_gone import Going, alive, remove_events, remove_from_index
from workbench.sync.mirror_people import People
from workbench.sync.people_counted import touch_all_of
from workbench.sync.people_joined import remember_own
from workbench.sync.records import GoneActRecord, MemberRecord, PersonRecord, Record
from workbench.sync.rollups import Touched
from workbench.sync.threads import NewAct, Place, Threader

_INSERT_EVENT = (
    "INSERT INTO event (id, community_id, person_id, kind, at, at_is_guess, root_id, parent_id, target_person_id,"
    " remote_id, remote_key, is_question, length, content_key, version, is_accepted)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MESSAGES = frozenset((int(EventKind.POST), int(EventKind.REPLY)))
_INSERT_BODY = "INSERT OR REPLACE INTO body (event_id, subject, text, html, raw) VALUES (?, ?, ?, ?, ?)"
_INSERT_TAG = "INSERT INTO event_tag (event_id, tag, at, community_id) VALUES (?, ?, ?, ?)"
_INSERT_INDEX = "INSERT INTO message_fts (rowid, scope, subject, body) VALUES (?, ?, ?, ?)"


@dataclass(slots=True)
class Tally:
    """What became of records; `messages` of those added are messages."""

    added: int = 0
    messages: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0


@dataclass(slots=True)
class _Stored:
    """What the database knows of an event."""

    id: int
    content_key: bytes | None
    person_id: int
    kind: int
    at: int
    root_id: int | None
    is_removed: bool
    version: str | None


@dataclass(slots=True)
class _Sorted:
    """The drafts of one part, by what has to happen to them; stored rows stand beside changed ones."""

    new: list[Draft] = field(default_factory=list)
    new_acts: list[ActDraft] = field(default_factory=list)
    changed: list[tuple[Draft, _Stored]] = field(default_factory=list)
    changed_acts: list[tuple[ActDraft, _Stored]] = field(default_factory=list)
    gone: list[_Stored] = field(default_factory=list)
    versions: list[tuple[str, int]] = field(default_factory=list)  # of messages that say the same as before
    with_files: list[Draft] = field(default_factory=list)


class Part:
    """Applies one part of a batch; used once."""

    def __init__(
        self,
        connection: Connection,
        *,
        account_id: int,
        community_id: int,
        now: datetime,
        edits: bool,
        removals: Removals,
    ) -> None:
        self._connection = connection
        self._driver = driver(connection)
        self._community_id = community_id
        self._scope = scope_token(community_id)
        self._now = to_micros(now)
        self._people = People(connection, account_id=account_id, community_id=community_id, now=self._now)
        self._edits = edits
        self._removals = removals
        self._stored: dict[bytes, _Stored] = {}
        self._first_texts: dict[int, str] = {}  # of messages that come again with other words, where the first count
        self._sorted = _Sorted()
        self.tally = Tally()
        self.has_new_people = self.has_contents = False

    def apply(self, records: Sequence[Record], touched: Touched) -> None:
        """Writes the records; `touched` learns which days, threads and members have to be summed again."""
        drafts = [drafted(record) for record in records]
        self._load_stored(draft for draft in drafts if draft is not None)
        if not self._edits:
            self._load_first_texts(drafts)
        are_listed = any(isinstance(record, MemberRecord) for record in records)
        self._people.load(people_in(records), are_listed=are_listed)
        for record, draft in zip(records, drafts, strict=True):
            self._sort(record, draft)
        self.has_new_people = self._people.write()
        touched.people.update(self._people.moved())
        threader = Threader(self._connection, self._community_id)
        # Corrections first: who answers a message of this part answers its corrected author.
        self._change(touched)
        self._insert(threader, touched)
        self._remember_own()
        self._keep_files()
        self._remove(touched)
        moments = [(stored.id, draft.at) for draft, stored in self._sorted.changed if draft.at != stored.at]
        threader.settle(touched, redated=moments)
        touch_all_of(self._connection, self._people.new_bots(), touched)

    def _load_stored(self, drafts: Iterable["Draft | ActDraft | bytes"]) -> None:
        keys = sorted(draft if isinstance(draft, bytes) else draft.key for draft in drafts)
        statement = (
            "SELECT remote_key, id, content_key, person_id, kind, at, root_id, removed_at IS NOT NULL, version"
            " FROM event WHERE community_id = ? AND remote_key IN (?*)"
        )
        for row in select_among(self._connection, statement, keys, before=(self._community_id,)):
            self._stored[row[0]] = _Stored(*row[1:])

    def _load_first_texts(self, drafts: Iterable["Draft | ActDraft | bytes | None"]) -> None:
        differing = [
            stored.id
            for draft in drafts
            if isinstance(draft, Draft)
            and (stored := self._stored.get(draft.key)) is not None
            and stored.content_key != draft.content_key
        ]
        statement = "SELECT event_id, text FROM body WHERE event_id IN (?*)"
        self._first_texts = {row[0]: row[1] for row in select_among(self._connection, statement, differing)}

    def _sort(self, record: Record, draft: "Draft | ActDraft | bytes | None") -> None:
        """Decides what happens to one record; people are named in the order of records."""
        if isinstance(draft, Draft):
            self._sort_message(draft)
        elif isinstance(draft, ActDraft):
            self._sort_act(draft)
        elif isinstance(draft, bytes):
            stored = self._stored.get(draft)
            is_other = stored is not None and isinstance(record, GoneActRecord) and stored.kind != record.kind
            if stored is None or stored.is_removed or is_other:
                self.tally.unchanged += 1
            else:
                self._sorted.gone.append(stored)
        else:
            before = self._people.changes
            if isinstance(record, MemberRecord):
                self._people.listed(record)
            elif isinstance(record, PersonRecord):
                self._people.person(record)
            if self._people.changes == before:
                self.tally.unchanged += 1
            else:
                self.tally.added += 1

    def _sort_message(self, draft: Draft) -> None:
        if draft.record.attachments:
            self._sorted.with_files.append(draft)
        stored = self._stored.get(draft.key)
        if stored is not None and not stored.is_removed:
            first = self._first_texts.get(stored.id)
            is_kept = first is not None and (draft.text == first or not draft.text.startswith(first))
            if is_kept or stored.content_key == draft.content_key:
                if not is_kept and draft.record.version not in {None, stored.version}:
                    self._sorted.versions.append((storable(draft.record.version or ""), stored.id))
                self.tally.unchanged += 1
                return
        draft.person_id = self._people.person(draft.record.author, said_at=draft.at)
        self._people.took_part(draft.record.author)
        if stored is None:
            self._sorted.new.append(draft)
            self.tally.added += 1
            self.tally.messages += 1
        else:
            self._sorted.changed.append((draft, stored))
            self.tally.changed += 1

    def _sort_act(self, draft: ActDraft) -> None:
        stored = self._stored.get(draft.key)
        if stored is not None and stored.content_key == draft.content_key and not stored.is_removed:
            self.tally.unchanged += 1
            return
        record = draft.record
        draft.person_id = self._people.person(record.person, said_at=draft.at)
        self._people.took_part(record.person)
        self._people.came_or_went(record.person, record.kind, draft.at)
        if record.target_person is not None:
            draft.target_person_id = self._people.person(record.target_person, said_at=draft.at)
        if stored is None:
            self._sorted.new_acts.append(draft)
            self.tally.added += 1
        else:
            self._sorted.changed_acts.append((draft, stored))
            self.tally.changed += 1

    def _insert(self, threader: Threader, touched: Touched) -> None:
        new, acts = self._sorted.new, self._sorted.new_acts
        if not new and not acts:
            return
        first = next_id(self._connection, "event")
        for number, draft in enumerate(new, first):
            draft.id = number
        for number, act in enumerate(acts, first + len(new)):
            act.id = number
        places = threader.place(
            [newcomer(draft) for draft in new],
            [NewAct(act.id, None if act.record.target is None else remote_key(act.record.target)) for act in acts],
        )
        rows = [self._message_row(draft, places[draft.id]) for draft in new]
        rows += [self._act_row(act, places[act.id]) for act in acts]
        self._driver.executemany(_INSERT_EVENT, rows)
        self._write_texts(new)
        find_again(self._connection, self._community_id, first)
        for event_id, at in [*((draft.id, draft.at) for draft in new), *((act.id, act.at) for act in acts)]:
            touched.event(self._community_id, at, places[event_id].root_id)

    def _remember_own(self) -> None:
        """Whose each event is by itself, where people were made one: undoing that needs to know."""
        own = self._people.own
        if not self._people.are_joined:
            return
        messages = [*self._sorted.new, *(draft for draft, _ in self._sorted.changed)]
        acts = [(act, act.id) for act in self._sorted.new_acts]
        acts += [(act, stored.id) for act, stored in self._sorted.changed_acts]
        rows: list[tuple[int, int | None, int | None]]
        rows = [(draft.id, own(draft.record.author), None) for draft in messages]
        for act, event_id in acts:
            target = act.record.target_person
            rows.append((event_id, own(act.record.person), None if target is None else own(target)))
        remember_own(self._connection, rows)

    def _keep_files(self) -> None:
        """What messages tell of their files, also those that say the same as before: they may have come without."""
        edited = [stored.id for _, stored in self._sorted.changed]
        files = [
            (draft.id or self._stored[draft.key].id, draft.record.attachments) for draft in self._sorted.with_files
        ]
        self.has_contents = any(file.content is not None for _, named in files for file in named)
        if files or edited:
            keep_attachments(self._connection, files, edited=edited, now=self._now)

    def _message_row(self, draft: Draft, place: Place) -> tuple[object, ...]:
        is_root = place.parent_id is None and not place.is_headless
        asks, length = draft.features(is_root=is_root)
        return (
            draft.id,
            self._community_id,
            draft.person_id,
            int(EventKind.POST if is_root else EventKind.REPLY),
            draft.at,
            draft.record.sent_at_is_guess,
            place.root_id,
            place.parent_id,
            place.target_person_id,
            storable(draft.record.remote_id),
            draft.key,
            asks,
            length,
            draft.content_key,
            _version(draft),
            draft.record.is_accepted,
        )

    def _act_row(self, act: ActDraft, place: Place) -> tuple[object, ...]:
        return (
            act.id,
            self._community_id,
            act.person_id,
            int(act.record.kind),
            act.at,
            False,
            place.root_id,
            place.parent_id,
            act.target_person_id or (None if act.record.kind == EventKind.MENTION else place.target_person_id),
            storable(act.record.remote_id),
            act.key,
            False,
            0,
            act.content_key,
            None,
            False,
        )

    def _write_texts(self, drafts: Sequence[Draft]) -> None:
        if drafts:
            execute = self._driver.executemany
            execute(_INSERT_BODY, [(d.id, d.subject, d.text, d.html, d.raw) for d in drafts])
            execute(_INSERT_INDEX, [(d.id, self._scope, indexable(d.subject), indexable(d.text)) for d in drafts])
            execute(_INSERT_TAG, [(d.id, tag, d.at, self._community_id) for d in drafts for tag in d.tags()])

    def _change(self, touched: Touched) -> None:
        changed = self._sorted.changed
        if changed:
            remove_from_index(self._connection, [stored.id for _, stored in changed if not stored.is_removed])
            rows = []
            for draft, stored in changed:
                draft.id = stored.id
                asks, length = draft.features(is_root=stored.kind == EventKind.POST)
                rows.append(
                    (
                        draft.person_id,
                        draft.at,
                        draft.record.sent_at_is_guess,
                        asks,
                        length,
                        draft.content_key,
                        _version(draft),
                        draft.record.is_accepted,
                        draft.id,
                    )
                )
                self._touch_both(touched, draft, stored)
            self._driver.executemany(
                "UPDATE event SET person_id = ?, at = ?, at_is_guess = ?, is_question = ?, length = ?, content_key = ?,"
                " version = coalesce(?, version), is_accepted = ?, removed_at = NULL WHERE id = ?",
                rows,
            )
            self._driver.executemany("DELETE FROM event_tag WHERE event_id = ?", [(draft.id,) for draft, _ in changed])
            self._write_texts([draft for draft, _ in changed])
            self._redirect(
                [(d.person_id, s.root_id, s.id, s.person_id) for d, s in changed if d.person_id != s.person_id], touched
            )
        if self._sorted.versions:
            self._driver.executemany("UPDATE event SET version = ? WHERE id = ?", self._sorted.versions)
        acts = self._sorted.changed_acts
        if acts:
            self._driver.executemany(
                # A mention means whom it names; what became of another kind goes to the author of its parent.
                "UPDATE event SET person_id = ?1, target_person_id = CASE WHEN ?2 = kind THEN"
                " coalesce(?4, target_person_id) WHEN ?2 = 6 THEN ?4 ELSE coalesce(?4, (SELECT p.person_id FROM event p"
                " WHERE p.id = event.parent_id)) END, kind = ?2, at = ?3, content_key = ?5, removed_at = NULL"
                " WHERE id = ?6",
                [
                    (act.person_id, int(act.record.kind), act.at, act.target_person_id, act.content_key, stored.id)
                    for act, stored in acts
                ],
            )
            for act, stored in acts:
                self._touch_both(touched, act, stored)

    def _touch_both(self, touched: Touched, draft: Draft | ActDraft, stored: _Stored) -> None:
        for person_id, at in ((stored.person_id, stored.at), (draft.person_id, draft.at)):
            touched.event(self._community_id, at, stored.root_id)
            touched.members.add((self._community_id, person_id))

    def _redirect(self, rows: list[tuple[int, int | None, int, int]], touched: Touched) -> None:
        """Replies and reactions go to the author of their parent, also after the platform corrected who that is."""
        for author, root_id, parent_id, before in rows:
            moved = self._driver.execute(
                "UPDATE event SET target_person_id = ?"
                " WHERE root_id = ? AND parent_id = ? AND target_person_id = ? AND kind <> 6 RETURNING at",
                (author, root_id, parent_id, before),
            )
            for (at,) in moved.fetchall():
                touched.event(self._community_id, at, root_id)

    def _remove(self, touched: Touched) -> None:
        """What the platform says is gone, unless that is too much at once."""
        for of in (CensusOf.MESSAGES, CensusOf.REACTIONS):
            gone = [
                Going(stored.id, stored.person_id, stored.at, stored.root_id)
                for stored in self._sorted.gone
                if (stored.kind in _MESSAGES) == (of is CensusOf.MESSAGES)
            ]
            if self._removals.may_remove(of, len(gone), partial(alive, self._connection, self._community_id, of)):
                remove_events(self._connection, self._community_id, gone, now=self._now, touched=touched)
                self.tally.gone += len(gone)
            else:
                self.tally.unchanged += len(gone)


def _version(draft: Draft) -> str | None:
    return None if draft.record.version is None else storable(draft.record.version)
