"""Measures on the edges: ends of months, leap days, time zones, nobody, one person, two made one, bots, late edits."""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, START, Network, a_member, a_message, a_network, a_person, gone
from workbench.ids import CommunityId
from workbench.metrics.catalog import CATALOG
from workbench.metrics.compute import measure_all
from workbench.metrics.value import Value
from workbench.metrics.window import Window, month
from workbench.models.kinds import EventKind
from workbench.notes.care import CareStore
from workbench.queries.answer_path import answer_path
from workbench.queries.questions import QuestionState, list_questions
from workbench.queries.series import week_activity
from workbench.queries.surge import thread_surge
from workbench.sync.people_merge import PeopleMerger
from workbench.sync.records import ActRecord

KEYS = [metric.key for metric in CATALOG]
FEBRUARY, MARCH = month(2024, 2), month(2024, 3)


@pytest.fixture
def network(tmp_path):
    network = a_network(tmp_path)
    yield network
    network.database.close()


def told(network: Network, *scope: CommunityId, window: Window = FEBRUARY, as_of: datetime = NOW) -> dict[str, Value]:
    with network.read() as reader:
        values = measure_all(reader, KEYS, scope=scope, windows=[window], as_of=as_of)
    return {key: value for key, (value,) in values.items()}


def numbers(values: dict[str, Value]) -> dict[str, tuple[float | None, ...]]:
    return {key: (value.value, value.numerator, value.denominator) for key, value in values.items()}


def at(text: str, *, hours: float = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone(timedelta(hours=hours)))


def test_an_empty_community_has_no_data_or_zero_and_nothing_breaks(network):
    empty = network.community("Empty")
    network.cover(empty, date(2024, 1, 1), date(2024, 3, 31))
    values = told(network, empty)
    assert {value.value for value in values.values()} == {None, 0}
    shares = [value for value in values.values() if value.unit == "share" and value.denominator == 0]
    assert all(value.value is None for value in shares)
    assert numbers(told(network)) == numbers(values)


def test_one_person_alone_is_everybody_and_has_no_ties(network):
    alone = network.community("Alone")
    network.apply(alone, a_message("m1", at=at("2024-02-10")), a_message("m2", to="m1", at=at("2024-02-11")))
    network.cover(alone, date(2024, 1, 1), date(2024, 3, 31))
    values = told(network, alone)
    expected = {
        "interactive_users": 1.0,
        "absence_factor": 1,
        "split": 1.0,
        "reply_rate": 0.0,
        "dialogue_share": 0.0,
        "loop_feedback": 0.0,
        "loop_return": 1.0,
        "two_way": None,
        "density": None,
        "betweenness": None,
        "co_creation": None,
    }
    assert {key: values[key].value for key in expected} == expected


@pytest.mark.parametrize(
    ("sent", "january", "february", "march"),
    [
        (at("2024-01-31T23:59:59"), 1, 0, 0),
        (at("2024-02-01T00:00:00"), 0, 1, 0),
        (at("2024-02-29T23:59:59"), 0, 1, 0),
        (at("2024-03-01T00:00:00"), 0, 0, 1),
        (at("2024-03-01T04:00:00", hours=5.75), 0, 1, 0),
        (at("2024-01-31T21:00:00", hours=-8), 0, 1, 0),
    ],
)
def test_months_begin_at_midnight_utc_wherever_somebody_wrote(network, sent, january, february, march):
    water = network.community("Water")
    network.apply(water, a_message("m1", at=sent))
    network.cover(water, date(2024, 1, 1), date(2024, 3, 31))
    windows = [month(2024, 1), FEBRUARY, MARCH]
    keys = ["messages", "contributors", "new_contributors", "dialogue_share", "loop_return", "reply_rate"]
    with network.read() as reader:
        values = measure_all(reader, keys, scope=(water,), windows=windows, as_of=NOW)
    for key in ("messages", "contributors", "new_contributors"):
        assert [value.value for value in values[key]] == [january, february, march]
    for key in ("dialogue_share", "loop_return", "reply_rate"):
        assert [value.denominator for value in values[key]] == [january, february, march]


def test_the_year_before_a_leap_day_and_the_moment_asked_in_another_zone(network):
    water = network.community("Water")
    network.apply(water, a_message("m1", at=at("2023-02-28T12:00")), a_message("m2", at=at("2024-02-29T12:00")))
    network.cover(water, date(2023, 1, 1), date(2024, 3, 31))
    leap_day = Window.between(date(2024, 2, 29), date(2024, 3, 1))
    assert leap_day.year_before == Window.between(date(2023, 2, 28), date(2023, 3, 1))
    assert FEBRUARY.year_before == month(2023, 2)
    for window in (leap_day, leap_day.year_before, FEBRUARY, FEBRUARY.year_before):
        assert told(network, water, window=window)["messages"].value == 1
    # The same moment, told by a clock in Suva and in London.
    suva = NOW.astimezone(timezone(timedelta(hours=12)))
    assert numbers(told(network, water, as_of=suva)) == numbers(told(network, water, as_of=NOW.astimezone(UTC)))


def test_two_made_one_count_once_and_apart_again_as_before(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("m1", at=at("2024-02-01T09:00"), text="Where?"),
        a_message("m2", by="amina2", to="m1", at=at("2024-02-02")),
        a_message("m3", by="bruno", to="m1", at=at("2024-02-04")),
        a_message("m4", by="amina2", at=at("2024-01-05")),
    )
    network.cover(water, date(2024, 1, 1), date(2024, 3, 31))
    before = numbers(told(network, water))
    merger = PeopleMerger(network.database, a_clock(NOW))
    merger.merge(network.person("amina"), network.person("amina2"))
    joined = told(network, water)
    assert (joined["contributors"].value, joined["new_contributors"].value) == (2, 1)
    assert joined["first_reply_hours"].value == pytest.approx(63)
    assert (joined["interactive_users"].denominator, joined["split"].denominator) == (2, 2)
    assert numbers(told(network)) == numbers(joined)
    merger.unmerge(merged_person(network))
    assert numbers(told(network, water)) == before


def merged_person(network: Network) -> int:
    with network.read() as reader:
        return reader.scalar("SELECT person_id FROM personmerge")


def test_a_bot_is_in_no_number_at_all(network):
    water, plain = network.community("Water"), network.community("Plain")
    bot = a_person("daemon", is_bot=True, office="Lima", organisation="Machines")
    for community, mark in ((water, "w"), (plain, "p")):
        network.apply(
            community,
            a_message(f"{mark}1", at=at("2024-02-01"), text="Where? #water"),
            a_message(f"{mark}2", by="bruno", to=f"{mark}1", at=at("2024-02-03")),
        )
        network.cover(community, date(2024, 1, 1), date(2024, 3, 31))
    network.apply(
        water,
        a_message("b1", by=bot, at=at("2024-02-10"), text="Anyone? #new"),
        a_message("b2", by=bot, to="w1", at=at("2024-02-01T01:00")),
        ActRecord("b3", "", EventKind.REACTION, bot, at("2024-02-11"), target="w2"),
        a_member("daemon", is_bot=True, role="owner"),
    )
    assert numbers(told(network, water)) == numbers(told(network, plain))


def test_a_late_edit_and_a_late_removal_change_the_month_they_belong_to(network):
    water = network.community("Water")
    asked = {"at": at("2024-02-01"), "text": "Where is it?"}
    network.apply(water, a_message("m1", **asked), a_message("m2", by="bruno", to="m1", at=at("2024-02-03")))
    network.cover(water, date(2024, 1, 1), date(2024, 3, 31))
    first = told(network, water)
    assert (first["curiosity"].value, first["unanswered"].denominator, first["loop_feedback"].value) == (0.5, 1, 0.5)
    network.apply(water, a_message("m1", **{**asked, "text": "Here it is."}))
    edited = told(network, water)
    assert (edited["curiosity"].value, edited["unanswered"].denominator) == (0.0, 0)
    network.apply(water, gone("m2"))
    removed = told(network, water)
    assert (removed["messages"].value, removed["reply_rate"].value, removed["dialogue_share"].value) == (1, 0.0, 0.0)


@pytest.mark.parametrize(("at", "hours"), [(-16.0, 0.0), (-0.5, 0.0), (0.0, 0.0), (3.0, 3.0)])
def test_a_reply_that_a_senders_clock_dates_before_its_question_came_at_once_everywhere(network, at, hours):
    """As in an archive of 2010, where an answer lies sixteen hours before what it quotes."""
    water, asked = network.community("Water"), 40.0
    network.cover(water, date(2023, 1, 1), NOW.date())
    network.apply(
        water,
        a_message("q", hours=asked, text="Where?"),
        a_message("r", by="bruno", to="q", hours=asked + at, is_accepted=True),
    )
    CareStore(network.database, a_clock(NOW)).set_urgent(network.event("q"), is_urgent=True)
    keys, week = ("reply_rate", "first_reply_hours", "time_to_answer"), START.date()
    with network.read() as reader:
        values = measure_all(reader, keys, scope=(water,), windows=[month(2024, 1)], as_of=NOW)
        weeks = [week_activity(reader, scope, week, week)[0] for scope in ((water,), ())]
        path, surge = (find(reader, network.event("q")) for find in (answer_path, partial(thread_surge, as_of=NOW)))
        (listed,) = list_questions(reader, (), QuestionState.ANSWERED, as_of=NOW, limit=5)
    assert [values[key][0].value for key in keys] == [1.0, hours, hours]
    assert values["first_reply_hours"][0].detail["p90_hours"] == hours
    assert [row.first_reply_median_hours for row in weeks] == [hours, hours]
    assert (path.hours, surge.responders[0].hours, surge.people_in_time, listed.hours) == (hours, hours, 1, hours)
