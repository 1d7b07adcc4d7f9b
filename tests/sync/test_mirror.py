"""Mirror: what was applied is there once, whatever the batches, and a failing batch leaves nothing."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.sync.mirrored import (
    START,
    Mirrored,
    a_message,
    a_mirror,
    a_person,
    an_act,
    in_batches,
    snapshot,
)
from workbench.errors import NotFoundError
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.connections import BULK_CACHE_KIB, WRITER_CACHE_KIB
from workbench.models.kinds import CommunityType, EventKind, RunState
from workbench.models.moments import DayRange
from workbench.sync.connector import Batch
from workbench.sync.mirror import Applied
from workbench.sync.records import CommunityRecord, GoneRecord, MemberRecord, Rejected, Reread
from workbench.sync.rollup_check import differences

PEOPLE = ("amina", "bruno", "chen", "daemon")
SUBJECTS = (None, "pumps", "wells")


@st.composite
def messages(draw):
    """Messages with every trouble: unknown and circular references, repeated ids with other text, bots, odd dates."""
    ids = st.integers(0, 9)
    number = draw(ids)
    subject = draw(st.sampled_from(SUBJECTS))
    is_reply = draw(st.booleans())
    by = draw(st.sampled_from(PEOPLE))
    return a_message(
        f"m{number}",
        by=a_person(by, is_bot=by == "daemon" and draw(st.booleans())),
        hours=draw(st.sampled_from((0, 1, 30, 200, 200.5, 2100, 2400))),
        subject=draw(st.sampled_from(("Pumps", "Pumps?", "会议"))),
        text=draw(st.sampled_from(("Thanks", "Where is it?", "> quoted?\nNo", "议程"))),
        references=tuple(f"m{draw(ids)}" for _ in range(draw(st.integers(0, 3)))),
        thread_subject_key=subject,
        subject_key=subject if is_reply else None,
    )


@st.composite
def acts(draw):
    kind = draw(st.sampled_from((EventKind.REACTION, EventKind.MENTION, EventKind.JOIN, EventKind.LEAVE)))
    by = draw(st.sampled_from(PEOPLE))
    hours = draw(st.sampled_from((2, 31, 300)))
    if kind in {EventKind.JOIN, EventKind.LEAVE}:
        return an_act(f"{kind}-{by}-{hours}", kind, by=by, hours=hours)
    return an_act(f"a{draw(st.integers(0, 4))}", kind, by=by, hours=hours, target=f"m{draw(st.integers(0, 9))}")


records = st.lists(
    st.one_of(
        messages(),
        messages(),
        messages(),
        acts(),
        st.builds(lambda n: GoneRecord(remote_id=f"m{n}", community="water"), st.integers(0, 9)),
        st.builds(
            lambda by, left: MemberRecord("water", a_person(by), joined_at=START, left_at=START if left else None),
            st.sampled_from(PEOPLE),
            st.booleans(),
        ),
    ),
    min_size=1,
    max_size=24,
)
cuts = st.lists(st.integers(0, 24), max_size=8)
ANOTHER_KIND = [
    an_act("a4", EventKind.MENTION, hours=2, target="m0"),
    GoneRecord(remote_id="m0", community="water"),
    a_message("m0"),
    an_act("a4", EventKind.REACTION, hours=2, target="m0"),
]
many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def mirrored_from(tmp_path_factory, batches) -> Mirrored:
    mirrored = a_mirror(tmp_path_factory.mktemp("mirror"))
    for number, batch in enumerate(batches):
        mirrored.apply(*batch, cursor=str(number))
    return mirrored


@many
@given(records=records, cuts=cuts)
@example(records=ANOTHER_KIND, cuts=[])
def test_any_cut_into_batches_gives_the_same_mirror(tmp_path_factory, records, cuts):
    whole = mirrored_from(tmp_path_factory, [tuple(records)])
    cut = mirrored_from(tmp_path_factory, in_batches(records, cuts))
    single = mirrored_from(tmp_path_factory, [(record,) for record in records])
    expected = snapshot(whole)
    assert snapshot(cut) == expected
    assert snapshot(single) == expected
    for mirrored in (whole, cut, single):
        with mirrored.database.read() as reader:
            assert differences(reader) == []
        mirrored.database.close()


@many
@given(records=records, cuts=cuts)
def test_applying_a_batch_twice_equals_once(tmp_path_factory, records, cuts):
    batches = in_batches(records, cuts)
    once = mirrored_from(tmp_path_factory, batches)
    twice = a_mirror(tmp_path_factory.mktemp("twice"))
    for batch in batches:
        twice.apply(*batch)
        twice.apply(*batch)
    assert snapshot(twice) == snapshot(once)
    once.database.close()
    twice.database.close()


def test_a_second_import_of_the_same_messages_finds_nothing_to_do(tmp_path):
    mirrored = a_mirror(tmp_path)
    archive = [a_message(f"m{n}", by=f"p{n % 3}", hours=n, references=(f"m{n - 1}",)) for n in range(20)]
    assert mirrored.apply(*archive).added == 20
    again = mirrored.apply(*archive)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 20)
    assert again.changes == Changes.NOTHING


def test_a_failing_batch_moves_neither_rows_nor_cursor(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), cursor="1")
    before = snapshot(mirrored)
    broken = a_message("m3")
    object.__setattr__(broken, "sent_at", START.replace(tzinfo=None))
    with pytest.raises(TypeError):
        mirrored.apply(a_message("m2"), broken, cursor="2")
    assert snapshot(mirrored) == before
    assert mirrored.mirror.cursor(mirrored.community_id, "messages") == "1"
    assert mirrored.scalar("SELECT rows FROM streamcursor") == 1


def test_rows_count_what_the_cursor_promises(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.mirror.cursor(mirrored.community_id, "messages")
    mirrored.apply(a_message("m1"), a_message("m2"))
    assert mirrored.rows("SELECT rows FROM streamcursor") == []
    mirrored.apply(a_message("m3"), cursor="a")
    assert mirrored.rows("SELECT rows FROM streamcursor") == [(3,)]
    # The pull broke after a batch without cursor: that batch comes again and counts once.
    mirrored.apply(a_message("m4"))
    assert mirrored.mirror.cursor(mirrored.community_id, "messages") == "a"
    mirrored.apply(a_message("m4"), cursor="b")
    assert mirrored.rows("SELECT value, rows FROM streamcursor") == [("b", 4)]


def test_streams_keep_their_own_cursors(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), cursor="x", stream="messages")
    mirrored.apply(cursor="y", stream="members")
    assert mirrored.mirror.cursor(mirrored.community_id, "messages") == "x"
    assert mirrored.mirror.cursor(mirrored.community_id, "members") == "y"
    assert mirrored.mirror.cursor(mirrored.community_id, "else") is None


def test_ranges_of_coverage_that_touch_become_one(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(covered=(DayRange(date(2024, 1, 1), date(2024, 1, 5)), DayRange(date(2024, 2, 1), date(2024, 2, 2))))
    applied = mirrored.apply(covered=(DayRange(date(2024, 1, 6), date(2024, 1, 9)),))
    assert applied.changes == Changes.COVERAGE
    assert [last - first for first, last in mirrored.rows("SELECT first_day, last_day FROM coverage")] == [8, 1]
    assert mirrored.apply(covered=(DayRange(date(2024, 1, 2), date(2024, 1, 3)),)).changes == Changes.NOTHING


def test_a_rejected_item_is_kept_once(tmp_path):
    mirrored = a_mirror(tmp_path)
    item = Rejected("archive.mbox", 120, "no_date", "The message has no date")
    assert mirrored.apply(rejected=(item,)).rejected == 1
    mirrored.apply(rejected=(item,))
    assert mirrored.rows("SELECT source, position, code FROM quarantine") == [("archive.mbox", 120, "no_date")]


def test_community_names_stay_apart_and_the_coordinators_type_stays(tmp_path):
    mirrored = a_mirror(tmp_path)
    ensure = mirrored.mirror.ensure_community
    other = ensure(mirrored.account_id, CommunityRecord("other", "Water points", type=CommunityType.PROJECT_TEAM))
    assert mirrored.rows("SELECT name, type FROM community WHERE id = ?", (other,)) == [
        ("Water points (2)", "project_team")
    ]
    again = ensure(mirrored.account_id, CommunityRecord("other", "Wells", type=CommunityType.BROADCAST_STREAM))
    assert again == other
    assert mirrored.rows("SELECT name, type FROM community WHERE id = ?", (other,)) == [("Wells", "project_team")]


def test_a_community_that_was_removed_meanwhile_is_refused(tmp_path):
    mirrored = a_mirror(tmp_path)
    with pytest.raises(NotFoundError):
        mirrored.mirror.apply(CommunityId(99), "messages", Batch(records=()))


def test_a_run_is_written_down_with_its_totals(tmp_path):
    mirrored = a_mirror(tmp_path)
    run = mirrored.mirror.start_run(mirrored.community_id)
    assert mirrored.rows("SELECT state, ended_at FROM syncrun") == [("running", None)]
    changes = mirrored.mirror.end_run(run, RunState.DONE, totals=Applied(added=3, bytes_in=7) + Applied(unchanged=1))
    assert changes == Changes.RUNS
    assert mirrored.rows("SELECT state, added, unchanged, bytes_in, error_code FROM syncrun") == [
        ("done", 3, 1, 7, None)
    ]


def test_everything_mirrored_from_an_account_can_be_removed(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"))
    assert Changes.EVENTS in mirrored.mirror.remove_account(mirrored.account_id)
    assert mirrored.rows("SELECT 1 FROM event UNION ALL SELECT 1 FROM person UNION ALL SELECT 1 FROM account") == []


def told(mirrored: Mirrored, *messages, edits: bool) -> Applied:
    return mirrored.mirror.apply(mirrored.community_id, "messages", Batch(messages), edits=edits)


def test_a_message_of_a_source_without_edits_stays_as_it_was_first_read(tmp_path):
    mirrored = a_mirror(tmp_path)
    first = a_message("m1", text="We meet on Monday.")
    told(mirrored, first, edits=False)
    before = snapshot(mirrored)
    others = (
        a_message("m1", text="We meet on Tuesday."),
        a_message("m1", by="mallory", subject="Else", text="We meet on Monday."),
        a_message("m1", text="We meet"),
    )
    for other in others:
        applied = told(mirrored, other, edits=False)
        assert (applied.changed, applied.unchanged, applied.changes) == (0, 1, Changes.NOTHING)
    # Also when both come at once.
    fresh = a_mirror(tmp_path / "fresh")
    assert told(fresh, first, *others, edits=False).unchanged == len(others)
    assert snapshot(mirrored) == snapshot(fresh) == before


def test_a_message_that_was_half_written_becomes_whole_without_edits_too(tmp_path):
    mirrored, whole = a_mirror(tmp_path), a_mirror(tmp_path / "whole")
    message = a_message("m1", text="We meet on Monday.\nWho comes?")
    told(mirrored, a_message("m1", text="We meet on"), edits=False)
    assert told(mirrored, message, edits=False).changed == 1
    told(whole, message, edits=False)
    assert snapshot(mirrored) == snapshot(whole)


def test_a_source_with_edits_has_the_last_word(tmp_path):
    mirrored = a_mirror(tmp_path)
    told(mirrored, a_message("m1", text="Monday"), edits=True)
    assert told(mirrored, a_message("m1", text="Tuesday"), edits=True).changed == 1
    assert mirrored.rows("SELECT text FROM body") == [("Tuesday",)]


def test_a_message_that_was_removed_comes_back_without_edits_too(tmp_path):
    mirrored = a_mirror(tmp_path)
    told(mirrored, a_message("m1", text="Monday"), edits=False)
    told(mirrored, GoneRecord("m1", "water"), edits=False)
    assert told(mirrored, a_message("m1", text="Tuesday"), edits=False).changed == 1
    assert mirrored.rows("SELECT text FROM body") == [("Tuesday",)]


def test_reading_a_source_anew_forgets_what_it_held_back_from_there_on(tmp_path):
    mirrored = a_mirror(tmp_path)

    def held_back() -> list[tuple[object, ...]]:
        return mirrored.rows("SELECT source, position, code FROM quarantine ORDER BY source, position")

    early, cut, late = (
        Rejected("a.gz", 10, "no_date", "no date"),
        Rejected("a.gz", 90, "truncated", "the file ends before its data does"),
        Rejected("a.gz", 120, "no_date", "no date"),
    )
    other = Rejected("b.gz", 95, "damaged", "the packed data is damaged here")
    mirrored.apply(rejected=(early, cut, late, other))
    still = mirrored.apply(reread=(Reread("a.gz", 90),), rejected=(late,))
    assert Changes.QUARANTINE in still.changes
    assert held_back() == [("a.gz", 10, "no_date"), ("a.gz", 120, "no_date"), ("b.gz", 95, "damaged")]
    assert mirrored.apply(reread=(Reread("a.gz"),)).changes == Changes.QUARANTINE
    assert held_back() == [("b.gz", 95, "damaged")]
    assert mirrored.apply(reread=(Reread("a.gz"),)).changes == Changes.NOTHING


def test_what_is_held_back_again_is_the_same_line(tmp_path):
    mirrored = a_mirror(tmp_path)
    item = Rejected("a.gz", 90, "truncated", "the file ends before its data does")
    mirrored.apply(rejected=(item,))
    before = mirrored.rows("SELECT * FROM quarantine")
    mirrored.apply(reread=(Reread("a.gz", 90),), rejected=(item,))
    assert mirrored.rows("SELECT * FROM quarantine") == before


def test_batches_taken_together_are_summed_up_once_and_equal_one_after_the_other(tmp_path):
    apart, joined = a_mirror(tmp_path / "apart"), a_mirror(tmp_path / "joined")
    batches = [[a_message(f"m{number}", by=f"p{number % 3}", hours=number * 30)] for number in range(12)]
    for batch in batches:
        apart.apply(*batch)
    with joined.mirror.together():
        for batch in batches:
            joined.apply(*batch)
    assert snapshot(joined) == snapshot(apart)
    with joined.database.read() as reader:
        assert differences(reader) == []


def test_batches_taken_together_fail_together(tmp_path):
    mirrored = a_mirror(tmp_path)

    def half_done() -> None:
        with mirrored.mirror.together():
            mirrored.apply(a_message("m1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert mirrored.scalar("SELECT count(*) FROM event") == 0
    mirrored.apply(a_message("m2"))
    with mirrored.database.read() as reader:
        assert differences(reader) == []


def test_a_bulk_load_gets_room_in_memory_and_gives_it_back(tmp_path):
    mirrored = a_mirror(tmp_path)

    def kib() -> int:
        with mirrored.database.write() as session:
            return -int(session.connection().exec_driver_sql("PRAGMA cache_size").scalar_one())

    assert kib() == WRITER_CACHE_KIB
    with mirrored.mirror.in_bulk():
        assert kib() == BULK_CACHE_KIB
    assert kib() == WRITER_CACHE_KIB
    with pytest.raises(NotFoundError), mirrored.mirror.in_bulk():
        mirrored.mirror.apply(CommunityId(99), "messages", Batch(()))
    assert kib() == WRITER_CACHE_KIB
