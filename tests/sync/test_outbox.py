"""The outbox store: drafts, what a person may do in which state, and a machine of everything that can happen at once."""

import tempfile
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.sync.outbox_desk import Crash, Desk, Fault, a_desk
from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.models.kinds import OutboxState, PostKind
from workbench.notes.store import NotesStore
from workbench.queries.outbox import EXPIRES_DAYS
from workbench.sync.accounts import AccountStore
from workbench.sync.outbox_steps import Reason


@pytest.fixture
def desk(tmp_path: Path):
    made = a_desk(tmp_path)
    yield made
    made.database.close()


def test_draft_is_kept_and_changed_until_it_is_queued(desk: Desk):
    item = desk.store.save_reply(desk.threads[0], "We use")
    desk.store.save_reply(desk.threads[0], "We use a rope pump.", item_id=item)
    row = desk.item(item)
    assert (row.state, row.text, row.subject) == (OutboxState.DRAFT, "We use a rope pump.", "Subject 0")
    assert (row.thread_id, row.parent_id, row.parent_author) == (desk.threads[0], desk.threads[0], "Bruno Example 2")
    assert desk.store.queue(item) is Changes.OUTBOX
    assert desk.state(item) is OutboxState.QUEUED
    with pytest.raises(BadInputError, match="recall it first"):
        desk.store.save_reply(desk.threads[0], "other", item_id=item)
    assert len(desk.rows()) == 1


def test_key_is_made_with_the_draft_and_stays(desk: Desk):
    item = desk.store.save_reply(desk.threads[0], "one")
    key = desk.item(item).key
    desk.store.queue(item)
    desk.send(desk.poster(Fault.NO_LINE))
    assert desk.item(item).key == key
    other = desk.store.save_reply(desk.threads[0], "one")
    assert desk.item(other).key != key


def test_words_that_change_after_a_try_get_another_key(desk: Desk):
    item = desk.reply("one")
    key = desk.item(item).key
    desk.store.recall(item)
    assert desk.item(item).key == key
    desk.store.queue(item)
    desk.send(desk.poster(Fault.REFUSED))
    desk.store.recall(item)
    row = desk.item(item)
    assert row.key != key
    assert (row.state, row.attempts, row.queued_at, row.reason) == (OutboxState.DRAFT, 0, None, None)


def test_nothing_empty_is_queued(desk: Desk):
    reply = desk.store.save_reply(desk.threads[0], "  \n")
    topic = desk.store.save_topic(desk.community_id, subject=" ", text="words")
    for item, words in ((reply, "nothing to send"), (topic, "needs a subject")):
        with pytest.raises(BadInputError, match=words):
            desk.store.queue(item)
        assert desk.state(item) is OutboxState.DRAFT
    desk.store.save_topic(desk.community_id, subject="News", text="words", item_id=topic)
    desk.store.queue(topic)
    row = desk.item(topic)
    assert (row.kind, row.subject, row.thread_id, row.state) == (PostKind.TOPIC, "News", None, OutboxState.QUEUED)


def test_what_is_not_there_is_refused(desk: Desk):
    for call in (
        lambda: desk.store.save_reply(99_999, "x"),
        lambda: desk.store.save_topic(99_999, subject="x", text="x"),
        lambda: desk.store.like(99_999),
        lambda: desk.store.queue("absent"),
        lambda: desk.store.drop("absent"),
    ):
        with pytest.raises(BadInputError):
            call()
    assert desk.rows() == []


def test_like_is_queued_once(desk: Desk):
    item = desk.store.like(desk.threads[0])
    assert desk.store.like(desk.threads[0]) == item
    desk.send(desk.poster())
    assert desk.store.like(desk.threads[0]) == item
    assert len(desk.rows()) == 1


def test_item_expires_after_the_days_that_were_set(desk: Desk):
    assert desk.item(desk.reply("one")).expires_at - desk.clock.now() < timedelta(days=14)
    NotesStore(desk.database, desk.clock).set_preference(EXPIRES_DAYS, "3")
    row = desk.item(desk.reply("two"))
    assert row.expires_at - row.queued_at == timedelta(days=3)


def test_recalled_item_loses_its_place_and_one_that_is_asked_again_keeps_it(desk: Desk):
    first, second = desk.reply("one"), desk.reply("two")
    desk.send(desk.poster(Fault.REFUSED, Fault.NO_LINE))
    desk.store.queue(first)
    assert [row.id for row in desk.rows()] == [first, second]
    desk.store.recall(first)
    desk.store.queue(first)
    assert [row.id for row in desk.rows()] == [second, first]


def test_order_does_not_depend_on_the_clock(desk: Desk):
    items = []
    for days in (0, -3, 0):
        desk.clock._moment += timedelta(days=days)
        for _ in range(2):
            item = desk.store.save_reply(desk.threads[0], f"words {len(items)}")
            desk.store.queue(item)
            items.append(item)
    assert [row.id for row in desk.rows()] == items
    poster = desk.poster(Fault.LOST_AFTER)
    desk.send(poster)
    desk.wait(minutes=3)
    desk.send(poster)
    assert poster.texts() == [f"words {number}" for number in range(6)]


def test_only_what_is_being_sent_cannot_be_dropped(desk: Desk):
    item = desk.reply("one")

    def drop(_posting) -> None:
        with pytest.raises(BadInputError, match="on its way"):
            desk.store.drop(item)

    desk.send(desk.poster(on_send=drop))
    assert desk.store.drop(item) is Changes.OUTBOX
    assert desk.rows() == []


def test_item_outlives_its_account_and_can_only_be_copied_or_dropped(desk: Desk):
    queued, draft = desk.reply("Keep these words"), desk.store.save_reply(desk.threads[1], "and these")
    AccountStore(desk.database, desk.clock).forget(desk.account_id)
    assert desk.store.pause_orphans() is Changes.NOTHING  # it says so from the moment its account is gone
    row = desk.item(queued)
    assert (row.state, row.reason_code, row.text) == (OutboxState.PAUSED, Reason.ACCOUNT_GONE, "Keep these words")
    assert (row.account_id, row.community_id, row.thread_id) == (None, None, None)
    assert row.community == "Water points"
    assert desk.state(draft) is OutboxState.DRAFT
    for call in (lambda: desk.store.queue(draft), lambda: desk.store.recall(queued)):
        with pytest.raises(BadInputError, match="no longer in this profile"):
            call()
    desk.store.resume()
    assert desk.state(queued) is OutboxState.PAUSED
    desk.store.mark_sent(queued)
    desk.store.drop(draft)
    assert [one.state for one in desk.rows()] == [OutboxState.SENT]


def test_item_posted_by_hand_says_so(desk: Desk):
    item = desk.store.save_reply(desk.threads[0], "one")
    desk.store.mark_sent(item)
    assert (desk.state(item), desk.item(item).reason_code) == (OutboxState.SENT, "by hand")


def test_hurried_item_is_tried_before_its_time(desk: Desk):
    item = desk.reply("one")
    desk.send(desk.poster(Fault.BUSY))
    assert desk.send(desk.poster()).sent == 0
    desk.store.hurry(item)
    assert desk.send(desk.poster()).sent == 1


def test_late_answer_of_a_live_process_still_counts(desk: Desk):
    item = desk.reply("one")
    desk.send(desk.poster(on_send=lambda _posting: desk.store.left_over(desk.account_id)))
    assert desk.state(item) is OutboxState.SENT


class OutboxMachine(RuleBasedStateMachine):
    """People, faults, crashes and time, in any order; every item is in one state and arrives once unless a person chose."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.written = 0
        self.chosen: set[str] = set()
        self.dropped: set[str] = set()
        self.words: dict[str, str] = {}

    @initialize(knows_keys=st.booleans())
    def begin(self, knows_keys: bool) -> None:
        self.desk = a_desk(Path(self.folder.name))
        self.poster = self.desk.poster(knows_keys=knows_keys)

    @rule(thread=st.integers(0, 2))
    def write(self, thread: int) -> None:
        self.written += 1
        words = f"words {self.written}"
        self.words[self.desk.reply(words, thread=thread)] = words

    @rule(faults=st.lists(st.sampled_from(sorted(Fault, key=lambda fault: fault.value)), max_size=4))
    def send(self, faults: list[Fault]) -> None:
        self.poster._faults = iter(faults)
        with suppress(Crash):
            self.desk.send(self.poster)

    @rule(step=st.sampled_from(["begin", "arrived", "settle"]), lost=st.booleans(), skip=st.integers(0, 2))
    def die(self, step: str, lost: bool, skip: int) -> None:
        """The process ends at a commit; whoever comes next takes over."""
        real, calls = getattr(self.desk.store, step), []

        def ending(*args, **options):
            calls.append(step)
            answer = None if len(calls) > skip and lost else real(*args, **options)
            if len(calls) > skip:
                raise Crash
            return answer

        setattr(self.desk.store, step, ending)
        self.poster._faults = iter([Fault.LOST_AFTER, Fault.NONE])
        with suppress(Crash):
            self.desk.send(self.poster)
        setattr(self.desk.store, step, real)

    @rule(minutes=st.sampled_from([1, 3, 90, 60 * 24 * 15]))
    def wait(self, minutes: int) -> None:
        self.desk.wait(minutes=minutes)

    @rule(data=st.data(), deed=st.sampled_from(["queue", "recall", "send_again", "mark_sent", "drop", "hurry"]))
    def person(self, data: st.DataObject, deed: str) -> None:
        if not self.words:
            return
        item = data.draw(st.sampled_from(sorted(self.words)))
        before = self.desk.item(item)
        try:
            getattr(self.desk.store, deed)(item)
        except BadInputError:
            assert self.desk.item(item).state is before.state
            return
        if deed == "send_again" or (deed == "recall" and before.looks):
            self.chosen.add(before.text)
        if deed == "drop":
            self.dropped.add(self.words.pop(item))

    @rule()
    def copy_and_resume(self) -> None:
        self.desk.store.pause_copied()
        self.desk.store.resume()

    @rule()
    def copy(self) -> None:
        """Whoever takes a paused item back to edit it has been told that it may have been sent."""
        self.desk.store.pause_copied()
        self.chosen |= {row.text for row in self.desk.rows(OutboxState.PAUSED)}

    @invariant()
    def nothing_goes_twice_unless_a_person_chose(self) -> None:
        if hasattr(self, "poster"):
            doubled = {text for text, count in Counter(self.poster.texts()).items() if count > 1}
            assert doubled <= self.chosen

    @invariant()
    def nothing_is_lost(self) -> None:
        if hasattr(self, "desk"):
            rows = {row.id: row for row in self.desk.rows()}
            assert set(rows) == set(self.words)
            arrived = set(self.poster.texts())
            for item, words in self.words.items():
                assert rows[item].text == words
                if rows[item].state is OutboxState.SENT and rows[item].reason_code != Reason.BY_HAND:
                    assert words in arrived
                if rows[item].state in {
                    OutboxState.QUEUED,
                    OutboxState.DRAFT,
                    OutboxState.REFUSED,
                    OutboxState.EXPIRED,
                }:
                    assert words not in arrived or words in self.chosen

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.database.close()
        self.folder.cleanup()


TestOutboxMachine = OutboxMachine.TestCase
TestOutboxMachine.settings = settings(
    derandomize=True,
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
