"""Scribe: writes to a profile one small step after the other, each of which can be found again by its number."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from tests.builders import a_clock, a_database
from tests.sync.mirrored import a_message
from workbench.errors import WorkbenchError
from workbench.ids import EventId, PersonId, PlanId
from workbench.models.database import Database, Reader
from workbench.models.kinds import AccountKind
from workbench.notes.store import NotesStore
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.store import PlanStore
from workbench.queries.plans import plan_cards
from workbench.sync.accounts import AccountStore
from workbench.sync.connector import Batch, Cursor
from workbench.sync.mirror import MirrorStore
from workbench.sync.outbox import OutboxStore
from workbench.sync.records import CommunityRecord
from workbench.sync.rollup_check import differences

KINDS = 4
PAGE = 8
_LIST = CommunityRecord("water", "Water points")


class LostError(Exception):
    """Something that was promised is not there, or half of something is."""


def prepare(folder: Path) -> None:
    """A profile's database with one community, one thread and one plan, to go on from."""
    with closing(a_database(folder)) as database:
        clock = a_clock()
        account = AccountStore(database, clock).add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
        mirror = MirrorStore(database, clock)
        mirror.apply(mirror.ensure_community(account, _LIST), "first", Batch((a_message("opening"),)))
        PlanStore(database, clock, author="me").create(
            name="Plan",
            purpose="Answers come sooner",
            owner="Amina Example",
            starts_on=date(2024, 6, 1),
            objectives=[ObjectiveDraft("More answers", "reply_rate")],
        )


class Scribe:
    """Goes on behind the last step that is stored. Steps take turns: a page of mail, an answer, a note, a card."""

    def __init__(self, database: Database) -> None:
        clock = a_clock()
        self._mirror = MirrorStore(database, clock)
        self._outbox = OutboxStore(database, clock)
        self._notes = NotesStore(database, clock)
        with database.read() as reader:
            self.done = found(reader)
            self._community = reader.scalar("SELECT id FROM community")
            thread, person = reader.one("SELECT id, person_id FROM event ORDER BY id") or (0, 0)
            plan = PlanId(reader.scalar("SELECT id FROM plan"))
        self._thread, self._person = EventId(thread), PersonId(person)
        self._plan = PlanStore(database, clock, author="me").open(plan)
        self._steps: tuple[Callable[[int], object], ...] = (self._mail, self._answer, self._note, self._card)

    def steps(self) -> Iterator[int]:
        """Takes step after step and says the number of each once the program was told that it is stored."""
        number = self.done
        while True:
            number += 1
            self._steps[number % KINDS](number)
            yield number

    def _mail(self, number: int) -> None:
        ids = range(number * PAGE, number * PAGE + PAGE)
        words = "pump well school latrine filter rain budget training " * 12
        page = tuple(a_message(f"m{id_}", hours=id_, text=f"{words}{id_}", references=(f"m{id_ - 3}",)) for id_ in ids)
        self._mirror.apply(self._community, "messages", Batch(page, Cursor(str(number))))

    def _answer(self, number: int) -> None:
        self._outbox.queue(self._outbox.save_reply(self._thread, f"answer {number}"))

    def _note(self, number: int) -> None:
        self._notes.set_preference(f"note {number}", str(number))

    def _card(self, number: int) -> None:
        self._plan.add_card(CardDraft(f"card {number}"))


def found(reader: Reader) -> int:
    """The last step of which all is there; LostError where one before it is missing, or stored by half."""
    cursor = int(reader.scalar("SELECT value FROM streamcursor WHERE stream = 'messages'") or 0)
    mailed = {int(id_[1:]) for (id_,) in reader.rows("SELECT remote_id FROM event WHERE remote_id LIKE 'm%'")}
    answers = reader.rows("SELECT text FROM outboxitem WHERE state = 'queued'")
    notes = reader.rows("SELECT value FROM preference WHERE \"key\" LIKE 'note %'")
    plan = reader.scalar("SELECT id FROM plan")
    cards = [card.title for card in plan_cards(reader, plan)]
    steps = set(range(KINDS, cursor + 1, KINDS))
    if mailed != {id_ for step in steps for id_ in range(step * PAGE, step * PAGE + PAGE)}:
        message = "the cursor promises other messages than are there"
        raise LostError(message)
    steps |= {int(text.split()[-1]) for (text,) in answers}
    steps |= {json.loads(value) for (value,) in notes}
    steps |= {int(title.split()[-1]) for title in cards}
    last = max(steps, default=0)
    if steps != set(range(1, last + 1)):
        message = f"of {last} steps some are missing: {sorted(set(range(1, last + 1)) - steps)}"
        raise LostError(message)
    return last


def checked(folder: Path, *, promised: int = 0) -> int:
    """Opens what was left behind and looks at all of it; the last step that is there.

    LostError for any damage, and where that is before the step that was promised.
    """
    try:
        with closing(a_database(folder)) as database, database.read() as reader:
            bad = [row for row in reader.rows("PRAGMA integrity_check") if row != ("ok",)]
            bad += [*reader.rows("PRAGMA foreign_key_check"), *differences(reader)]
            if bad:
                message = f"the database is not sound: {bad[:3]}"
                raise LostError(message)
            there = found(reader)
    except WorkbenchError as error:
        message = f"the database cannot be read: {error!r}"
        raise LostError(message) from error
    if there < promised:
        message = f"step {promised} was promised, {there} is there"
        raise LostError(message)
    return there
