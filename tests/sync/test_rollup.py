"""The roll-up's writer on both places: what is stored follows from which files came, not from how they came."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from tests.builders import a_clock
from tests.rollups import a_file, a_plan, a_snapshot, a_week, all_rows, monday
from workbench.export.rollup_report import gather_rollup
from workbench.models.postgres import Postgres
from workbench.queries.rollup import community_weeks, list_office_plans, list_offices
from workbench.sync.rollup import Place, Received, RollupStore, stable_uuid7
from workbench.sync.rollup_snapshot import CommunityState, ExpectedOffice

AS_OF = datetime(2024, 7, 20, 9, tzinfo=UTC)


def a_store(place: Place) -> RollupStore:
    return RollupStore(place, a_clock())


def told_messages(place: Place) -> dict[int, int]:
    """{week: messages} of the community of "ken"."""
    with place.read() as source:
        rows = community_weeks(source, "ken", "wash")
    return {(row.week - monday(0)).days // 7: row.messages for row in rows}


def test_taking_files_twice_changes_no_row(place):
    store = a_store(place)
    files = [a_file(number, a_snapshot(number, number + 3)) for number in (1, 2, 3)]
    assert store.take("ken", files).new == {file.digest for file in files}
    before = all_rows(place, with_moments=True)
    assert [len(rows) for rows in before.values()] == [1, 3, 1, 2, 2, 12]
    later = RollupStore(place, a_clock(AS_OF))
    for again in (files, files[::-1], [*files, *files]):
        assert not later.take("ken", again).new
    assert all_rows(place, with_moments=True) == before


def some_files() -> list[Received]:
    """Two copies of a profile of one office; restated, shrinking and lost weeks, plans that end, a twin."""
    first = [
        a_file(1, a_snapshot(0, 3)),
        a_file(2, a_snapshot(1, 4, messages=50, plans=[a_plan(done=3), a_plan("plan-2", name="Wells")])),
        a_file(3, a_snapshot(2, 5, messages=60, without=(3,))),
        a_file(3, a_snapshot(2, 5, messages=70, plans=[a_plan(done=9)]), days=15, mark="twin"),
        a_file(4, a_snapshot(5, 5, messages=80, plans=[]), days=2),  # the clock was set back
    ]
    other = [
        a_file(1, a_snapshot(0, 2, messages=500, plans=[a_plan(done=7)]), instance="copy-2", days=10),
        a_file(2, a_snapshot(3, 4, messages=600, plans=[a_plan(done=8)]), instance="copy-2", days=12),
    ]
    return first + other


@pytest.mark.parametrize("seed", range(12))
def test_no_order_and_no_repetition_makes_a_difference(place, seed):
    dice, files = Random(seed), some_files()
    a_store(place).take("ken", files)
    expected = all_rows(place)
    a_store(place).take("uga", [a_file(1, a_snapshot(0, 1, name="Uganda"), office="uga")])
    with place.write() as session:
        for table in expected:
            session.connection().exec_driver_sql(f"DELETE FROM {table}")
    dice.shuffle(files)
    waiting = files + dice.choices(files, k=4)
    while waiting:
        cut = dice.randint(1, 3)
        a_store(place).take("ken", waiting[:cut])
        waiting = waiting[cut:]
    assert all_rows(place) == expected


def test_a_week_is_what_the_highest_file_says_and_one_it_leaves_alone_stays(place):
    store = a_store(place)
    store.take("ken", [a_file(2, a_snapshot(2, 3, messages=70))])
    store.take("ken", [a_file(1, a_snapshot(0, 3, messages=40))])
    assert told_messages(place) == {0: 40, 1: 41, 2: 72, 3: 73}


def test_a_week_that_is_no_longer_known_goes_and_does_not_turn_to_zero(place):
    store = a_store(place)
    store.take("ken", [a_file(1, a_snapshot(0, 3))])
    store.take("ken", [a_file(2, a_snapshot(2, 3, without=(3,)))])
    assert told_messages(place) == {0: 40, 1: 41, 2: 42}


def test_two_leaders_who_share_a_plan_show_it_once_as_the_newer_saw_it(place):
    a_store(place).take("ken", some_files())
    with place.read() as source:
        plans = list_office_plans(source)
    assert [(plan.plan_id, plan.done) for plan in plans] == [("plan-1", 8)]


def test_a_week_that_two_leaders_know_counts_once(place):
    files = [a_file(1, a_snapshot(0, 0)), a_file(1, a_snapshot(0, 0, messages=90), instance="copy-2", days=1)]
    a_store(place).take("ken", files)
    assert told_messages(place) == {0: 90}


def test_who_speaks_for_one_office_is_not_heard_for_another(place):
    store = a_store(place)
    store.take("ken", [a_file(1, a_snapshot())])
    strange = a_file(1, a_snapshot(name="Uganda"), office="uga", signer="signer of ken")
    taken = store.take("uga", [strange])
    assert (taken.new, dict(taken.refused)) == (frozenset(), {strange.digest: "ken"})
    with place.read() as source:
        assert [office.office_id for office in list_offices(source)] == ["ken"]


def test_an_office_that_is_waited_for_is_silent_until_it_tells_and_keeps_its_name(place):
    store = a_store(place)
    store.expect([ExpectedOffice("ken", "Kenya (Nairobi)", "Kenya"), ExpectedOffice("uga", "Uganda")])
    store.take("ken", [a_file(1, a_snapshot())])
    with place.read() as source:
        rows = [(row.name, row.is_expected, row.heard_at is None, row.last_week) for row in list_offices(source)]
    assert rows == [("Kenya (Nairobi)", True, False, monday(3)), ("Uganda", True, True, None)]
    store.forget("uga")
    store.forget("ken")
    with place.read() as source:
        assert [(row.name, row.is_expected) for row in list_offices(source)] == [("Kenya (Nairobi)", False)]


def test_counts_that_are_withheld_stay_apart_from_no_data(place):
    weeks = (a_week(0, contributors=None, is_withheld=True), a_week(1, messages=0, contributors=0), a_week(2))
    told = replace(a_snapshot(0, 2), communities=(CommunityState("wash", "WASH", None, weeks),))
    a_store(place).take("ken", [a_file(1, told)])
    with place.read() as source:
        rows = community_weeks(source, "ken", "wash")
    assert [(row.contributors, row.is_withheld) for row in rows] == [(None, True), (0, False), (12, False)]


def test_both_places_tell_the_same(tmp_path, place):
    a_store(place).take("ken", some_files())
    with place.read() as source:
        report = gather_rollup(source, as_of=AS_OF)
    assert report.coverage_words == "1 office, newest 25 d, oldest 25 d"
    assert [(week.week, week.messages, week.offices) for week in report.weeks[:2]] == [
        (monday(0), 500, 1),
        (monday(1), 501, 1),
    ]
    (trouble,) = report.offices[0].troubles
    assert (trouble.twins, trouble.strays, trouble.missing) == ((3,), (), ())
    plan = report.plans[0]
    assert (plan.plan.hours_planned, plan.objectives[0].now.value, plan.objectives[0].baseline_on) == (
        21.5,
        0.71,
        monday(0),
    )
    assert (plan.objectives[1].now.is_withheld, plan.objectives[1].now.value) == (True, None)
    assert [(each.day, each.is_locked, each.decisions) for each in plan.checkpoints] == [(30, True, 2), (60, False, 0)]


def test_two_people_at_headquarters_may_take_in_at_once(server_address):
    files = some_files()
    places = [Postgres(server_address) for _ in range(2)]
    with places[0].read():  # makes the tables
        pass
    halves = (files[::2] + files[:2], files[1::2] + files[-2:])
    threads = [
        threading.Thread(target=lambda at=at, half=half: [a_store(at).take("ken", [each]) for each in half])
        for at, half in zip(places, halves, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = all_rows(places[0])
    with places[0].write() as session:
        for table in together:
            session.connection().exec_driver_sql(f"DELETE FROM {table}")
    a_store(places[0]).take("ken", files)
    assert all_rows(places[0]) == together
    for place in places:
        place.close()


def test_an_id_is_a_uuid_of_version_7_and_the_same_wherever_it_is_made():
    moment = datetime(2024, 6, 3, tzinfo=UTC)
    one = stable_uuid7(moment, "office_week", "ken", "wash")
    assert (
        one == stable_uuid7(moment, "office_week", "ken", "wash") != stable_uuid7(moment, "office_week", "uga", "wash")
    )
    assert one[14] == "7"
    assert one[19] in "89ab"
    assert int(one.replace("-", "")[:12], 16) == int(moment.timestamp() * 1000)
