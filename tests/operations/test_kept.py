"""Kept measures: whatever is written, by whomever, what is answered afterwards is what would be worked out anew."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.builders import NOW, a_workspace
from tests.metrics.plain import DAYS, moment
from tests.metrics.villages import a_world
from tests.networks import ZOE, a_circle_of_friends
from workbench.clock import FixedClock
from workbench.metrics.catalog import CATALOG
from workbench.metrics.compute import measure_all
from workbench.metrics.window import Window, last_days, month
from workbench.models.database import Database, Reader
from workbench.models.kinds import AccountKind, CardColumn, CommunityType, EventKind
from workbench.models.marks import Ground, ground_of
from workbench.models.moments import DayRange
from workbench.operations import annotations, community_card, head_counts, identities, people, questions, today_marks
from workbench.operations.kept import MOMENTARY, KeptMeasures, kept_measures, rests_on_own
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.queries.kept import PREFERENCES_READ, marks
from workbench.queries.people_own import OwnFacts
from workbench.sync.connector import Batch
from workbench.sync.records import ActRecord, CommunityRecord, GoneRecord, MemberRecord, MessageRecord, PersonRecord
from workbench.workspace import Workspace

KEYS = tuple(metric.key for metric in CATALOG)
WINDOWS = (month(2024, 2), Window.between(date(2024, 1, 1), date(2024, 3, 1)))
READ = 20  # SQLite's code for "this statement reads a column"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    database, villages = a_world(tmp_path_factory.mktemp("villages"), 12)
    yield database, tuple(villages)
    database.close()


@pytest.fixture
def workspace(tmp_path):
    with a_workspace(tmp_path) as workspace:
        yield workspace


def asked(database: Database, **question: Any) -> tuple[dict[str, Any], KeptMeasures]:
    """An answer by the kept way, in which everything is kept, and who answered."""
    question = {"keys": KEYS, "scope": (), "windows": WINDOWS, "as_of": NOW} | question
    with kept_measures(database, long_seconds=0.0) as (reader, kept):
        return kept(reader, question.pop("keys"), **question), kept


def fresh(reader: Reader, **question: Any) -> dict[str, Any]:
    question = {"keys": KEYS, "scope": (), "windows": WINDOWS, "as_of": NOW} | question
    return measure_all(reader, question.pop("keys"), **question)


def test_what_is_kept_is_what_was_worked_out_for_every_measure(world):
    database, villages = world
    for scope in ((), villages, *((village,) for village in villages)):
        with database.read() as reader:
            worked = fresh(reader, scope=scope, as_of=moment(DAYS))
        first, by_hand = asked(database, scope=scope, as_of=moment(DAYS))
        again, kept = asked(database, scope=scope, as_of=moment(DAYS))
        assert first == again == worked
        assert all([value.window for value in values] == [*WINDOWS] for values in again.values())
        assert (by_hand.found_any, kept.found_any, kept.seconds) == (False, True, 0.0)
    # Another choice of the same measures over the same windows is found too, and no other windows are.
    assert asked(database, keys=KEYS[3:7], as_of=moment(DAYS))[1].seconds == 0.0
    assert asked(database, windows=WINDOWS[:1], as_of=moment(DAYS))[1].found_any is False


def test_measures_read_nothing_that_moves_no_mark(world):
    """SQLite says what is read, for each measure by itself: both marks, and the settings in the question, cover it."""
    database, villages = world
    read: set[tuple[str, str]] = set()
    settings: set[object] = set()

    def hear(action: int, table: str | None, column: str | None, *_: object) -> int:
        if action == READ and table is not None:
            read.add((table, column or ""))
        return 0

    class Watched(Reader):
        def one(self, sql: str, params: Any = ()) -> Any:
            if "FROM preference" in sql:
                settings.add(params[0])
            return super().one(sql, params)

    for key in KEYS:
        read.clear()
        for scope in ((), villages[:1], villages[:3]):
            connection = database.connection()
            connection.set_authorizer(hear)
            connection.execute("BEGIN")
            fresh(Watched(connection), keys=[key], scope=scope, as_of=moment(DAYS))
            connection.close()
        outside = {
            ("preference", "key"),
            ("preference", "value"),
            ("communitystate", "synced_at"),
            ("json_each", "value"),
        }
        grounds = {place: ground_of(*place) for place in read - outside}
        assert {place for place, ground in grounds.items() if ground is None} == set(), key
        assert (Ground.OWN in grounds.values()) is rests_on_own(key), key
    assert settings == set(PREFERENCES_READ)


def somebody(workspace: Workspace, name: str = ZOE.name) -> Any:
    with workspace.database.read() as reader:
        return reader.scalar("SELECT id FROM person WHERE name = ?", (name,))


def a_thread(workspace: Workspace) -> Any:
    with workspace.database.read() as reader:
        return reader.scalar("SELECT min(id) FROM thread")


def the_plan(workspace: Workspace) -> Any:
    with workspace.database.read() as reader:
        return workspace.plans.open(reader.scalar("SELECT id FROM plan"))


def a_batch(*records: Any, **batch: Any) -> Callable[[Workspace, Any], object]:
    return lambda workspace, water: workspace.mirror.apply(water, "events", Batch(tuple(records), **batch))


def a_plan(workspace: Workspace, water: Any) -> object:
    return workspace.plans.create(
        name="Wells",
        purpose="Safe water",
        owner=ZOE.name,
        starts_on=date(2024, 5, 1),
        community_id=water,
        objectives=[ObjectiveDraft("More answers", "reply_rate")],
        cards=[CardDraft("Call", owner="Amina 0 Example")],
    )


def move_card(workspace: Workspace, _water: Any) -> object:
    plan = the_plan(workspace)
    return plan.move_card(plan.view().cards[0].id, to=CardColumn.DOING, index=0)


def add_account(workspace: Workspace, _water: Any) -> object:
    account = workspace.accounts.add(AccountKind.DISCOURSE, "Forum", "https://forum.example.org")
    workspace.accounts.keep_pace(account, "{}")
    return workspace.accounts.tried(account)


def like_by_hand(workspace: Workspace, _water: Any) -> object:
    with workspace.database.read() as reader:
        message = reader.scalar("SELECT id FROM event WHERE remote_id = 'root00'")
    return workspace.outbox.save_reply(message, "Thank you")


def remove_account(workspace: Workspace, _water: Any) -> object:
    return workspace.mirror.remove_account(workspace.accounts.find(AccountKind.TABLE, "Tables of Water circle"))


AT = NOW - timedelta(days=20)
BRUNO = PersonRecord("bruno", "Bruno Example", office="Lima")
NOTHING, MIRROR, OWN = set(), {"mirror"}, {"own"}
WRITES: list[tuple[str, set[str], Callable[[Workspace, Any], object]]] = [
    ("a message", MIRROR, a_batch(MessageRecord("new", "", BRUNO, AT, "Wells", "Who knows?"))),
    ("the same message again", NOTHING, a_batch(MessageRecord("new", "", BRUNO, AT, "Wells", "Who knows?"))),
    ("a like", MIRROR, a_batch(ActRecord("liked", "", EventKind.REACTION, BRUNO, AT, target="root00"))),
    ("an edit", MIRROR, a_batch(MessageRecord("new", "", BRUNO, AT, "Wells", "I know. #wells"))),
    ("a message gone", MIRROR, a_batch(GoneRecord("new", ""))),
    ("a member", MIRROR, a_batch(MemberRecord("", BRUNO))),
    ("the same member again", NOTHING, a_batch(MemberRecord("", BRUNO))),
    ("a bot", MIRROR, a_batch(MemberRecord("", PersonRecord("robot", "Robot", is_bot=True)))),
    ("days", MIRROR, a_batch(covered=(DayRange(date(2023, 1, 1), date(2023, 12, 31)),))),
    ("the same days again", NOTHING, a_batch(covered=(DayRange(date(2023, 1, 1), date(2023, 12, 31)),))),
    (
        "the community again",
        NOTHING,
        lambda workspace, water: workspace.mirror.ensure_community(1, CommunityRecord("water circle", "Water circle")),
    ),
    ("a first sync to its end", MIRROR, lambda workspace, water: workspace.mirror.settle(water, mark="1")),
    ("a sync without news", NOTHING, lambda workspace, water: workspace.mirror.settle(water, mark="1")),
    ("a sync without news, later", NOTHING, lambda workspace, water: workspace.mirror.stay({water: None})),
    (
        "another name",
        MIRROR,
        lambda workspace, water: workspace.mirror.ensure_community(1, CommunityRecord("water circle", "Wells")),
    ),
    (
        "a type",
        MIRROR | OWN,
        lambda workspace, water: workspace.mirror.set_community_type(water, CommunityType.INFORMATION_FORUM),
    ),
    ("not followed", MIRROR, lambda workspace, water: workspace.accounts.follow(1, [water], is_followed=False)),
    ("followed", MIRROR, lambda workspace, water: workspace.accounts.follow(1, [water])),
    ("another account", MIRROR, add_account),
    ("a plan", OWN, a_plan),
    ("a card moved", OWN, move_card),
    ("a plan archived", OWN, lambda workspace, water: the_plan(workspace).set_plan(is_archived=True)),
    (
        "a coordinator",
        OWN,
        lambda workspace, water: community_card.set_card(
            workspace, community_id=water, fields={"coordinator": ZOE.name}
        ),
    ),
    (
        "a head count",
        NOTHING,
        lambda workspace, water: head_counts.set_head_count(
            workspace, people=400, on=date(2023, 1, 1), source="the office"
        ),
    ),
    ("a limit", NOTHING, lambda workspace, water: questions.choose_limit(workspace, hours=24)),
    (
        "an urgent call",
        OWN,
        lambda workspace, water: questions.mark_urgent(workspace, thread_id=a_thread(workspace), is_urgent=True),
    ),
    (
        "a question routed",
        OWN,
        lambda workspace, water: questions.route_question(
            workspace, thread_id=a_thread(workspace), owner="Zoe", owner_id=None
        ),
    ),
    (
        "a typed office",
        MIRROR,
        lambda workspace, water: people.set_facts(
            workspace, person_id=somebody(workspace), facts=OwnFacts(office="Lima", organisation="Example Org")
        ),
    ),
    (
        "two made one",
        MIRROR,
        lambda workspace, water: identities.merge_people(
            workspace, into=somebody(workspace), person=somebody(workspace, "Amina 0 Example")
        ),
    ),
    (
        "two again",
        MIRROR,
        lambda workspace, water: identities.unmerge_person(workspace, person=somebody(workspace, "Amina 0 Example")),
    ),
    (
        "a note on a day",
        NOTHING,
        lambda workspace, water: annotations.annotate(workspace, day=date(2024, 5, 1), words="A campaign"),
    ),
    ("a tag", NOTHING, lambda workspace, water: workspace.notes.set_tags(somebody(workspace), ["water"])),
    ("a star", NOTHING, lambda workspace, water: workspace.notes.star_thread(a_thread(workspace))),
    ("a setting", NOTHING, lambda workspace, water: workspace.notes.set_preference("theme", '"dark"')),
    (
        "a decision of the day",
        NOTHING,
        lambda workspace, water: today_marks.mark(workspace, keys=["greet:all"], state=today_marks.MarkState.DONE),
    ),
    ("a draft", NOTHING, like_by_hand),
    ("an account gone", MIRROR | OWN, remove_account),
]


def test_after_every_kind_of_write_the_answers_are_those_worked_out_anew(workspace):
    water = a_circle_of_friends(workspace)
    windows = (last_days(90, NOW), month(2024, 5))
    for name, moved, write in WRITES:
        for scope in ((), (water,)):
            asked(workspace.database, scope=scope, windows=windows)
        with workspace.database.read() as reader:
            before = marks(reader)
        write(workspace, water)
        with workspace.database.read() as reader:
            after = marks(reader)
            expected = {scope: fresh(reader, scope=scope, windows=windows) for scope in ((), (water,))}
        assert {ground for ground in ("mirror", "own") if getattr(before, ground) != getattr(after, ground)} == moved, (
            name
        )
        for scope, values in expected.items():
            assert asked(workspace.database, scope=scope, windows=windows)[0] == values, (name, scope)


def test_a_card_moved_leaves_what_does_not_rest_on_plans(workspace):
    water = a_circle_of_friends(workspace)
    a_plan(workspace, water)
    asked(workspace.database)
    move_card(workspace, water)
    mirrored = [key for key in KEYS if not rests_on_own(key)]
    assert asked(workspace.database, keys=mirrored)[1].seconds == 0.0
    assert asked(workspace.database, keys=["involvement"])[1].found_any is False


def test_an_answer_tells_the_moment_it_is_from(workspace):
    a_circle_of_friends(workspace)
    soon, later = NOW + timedelta(minutes=59), NOW + timedelta(hours=3)
    assert asked(workspace.database)[1].as_of(NOW) == NOW
    _, kept = asked(workspace.database, as_of=soon)
    assert (kept.as_of(soon), kept.seconds) == (NOW, 0.0)
    lasting = [key for key in KEYS if key not in MOMENTARY]
    _, kept = asked(workspace.database, keys=lasting, as_of=later)
    assert (kept.as_of(later), kept.seconds) == (later, 0.0)  # they are what they would be now
    _, kept = asked(workspace.database, as_of=later)
    assert kept.as_of(later) == later
    assert kept.found_any
    for other in (NOW - timedelta(seconds=1), NOW + timedelta(days=1)):  # a clock that went back; a new day
        _, kept = asked(workspace.database, as_of=other)
        assert (kept.as_of(other), kept.found_any) == (other, False)


def test_only_what_is_said_to_changes_with_the_hour(workspace):
    """A question grows late between six and eight in the evening, and threads cool down."""
    community = a_circle_of_friends(workspace)
    asked_at = NOW.replace(hour=19) - timedelta(hours=48)
    question = MessageRecord("late", "", ZOE, asked_at, "Which pump", "Which pump is deep enough?")
    workspace.mirror.apply(community, "events", Batch((question,), covered=(DayRange(date(2023, 1, 1), NOW.date()),)))
    window = (last_days(90, NOW),)
    with workspace.database.read() as reader:
        early, late = (fresh(reader, windows=window, as_of=NOW.replace(hour=hour)) for hour in (18, 20))
    assert {key for key in KEYS if early[key] != late[key]} == MOMENTARY


@pytest.mark.parametrize(
    "body", ["", "[", "{}", "[[]]", "[1]", '"x"', '[["share",1,1,1,1,{}]]', '[["share",1,1,1,1,[]]]']
)
def test_what_cannot_be_read_is_worked_out_again_and_written_over(workspace, body):
    a_circle_of_friends(workspace)
    right, _ = asked(workspace.database, keys=["reply_rate"])
    with workspace.database.jot() as connection:
        connection.execute("UPDATE keptresult SET body = ?", (body,))
    assert asked(workspace.database, keys=["reply_rate"])[0] == right
    again, kept = asked(workspace.database, keys=["reply_rate"])
    assert (again, kept.found_any) == (right, True)


def test_what_changed_between_reading_and_keeping_is_not_kept(workspace):
    water = a_circle_of_friends(workspace)
    kept = KeptMeasures(workspace.database, long_seconds=0.0)
    with workspace.database.read() as reader:
        kept(reader, KEYS, scope=(), windows=WINDOWS, as_of=NOW)
        a_batch(MessageRecord("new", "", BRUNO, AT, "Wells", "Who knows?"))(workspace, water)
    assert not kept.keep()
    assert asked(workspace.database)[1].found_any is False


def test_another_connection_moves_the_same_mark(workspace):
    water = a_circle_of_friends(workspace)
    asked(workspace.database)
    beside = Workspace.open_beside(workspace.profile, workspace.database.key, clock=FixedClock(NOW))
    with beside:
        a_batch(MessageRecord("new", "", BRUNO, AT, "Wells", "Who knows?"))(beside, water)
    assert asked(workspace.database)[1].found_any is False
    with workspace.database.read() as reader:
        assert asked(workspace.database)[0] == fresh(reader)


def test_what_takes_no_time_is_not_kept(workspace):
    a_circle_of_friends(workspace)
    with kept_measures(workspace.database, long_seconds=60.0) as (reader, kept):
        kept(reader, KEYS, scope=(), windows=WINDOWS, as_of=NOW)
    assert asked(workspace.database)[1].found_any is False
