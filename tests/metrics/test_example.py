"""The worked example of the definitions: from CSV through importer, mirror and queries to every number, to the digit."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.builders import a_clock, a_database
from workbench.ids import CommunityId
from workbench.metrics.compute import measure
from workbench.metrics.participation import written_by
from workbench.metrics.personas import given_and_received, personas_of
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Reader
from workbench.models.kinds import AccountKind
from workbench.queries.frames import FramePart, load_frame
from workbench.sync.accounts import AccountStore
from workbench.sync.engine import sync_community
from workbench.sync.importers.table import TableFiles
from workbench.sync.mirror import MirrorStore

FOLDER = Path(__file__).parent / "example"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
MEASURES = EXPECTED["measures"]
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
ALL, JANUARY, FEBRUARY = (
    Window(*(datetime.fromisoformat(moment) for moment in EXPECTED["windows"][name]))
    for name in ("all", "january", "february")
)


@pytest.fixture
def example(tmp_path: Path):
    """The reader over a profile that read the two files, and the community."""
    database = a_database(tmp_path)
    clock = a_clock(AS_OF)
    account_id = AccountStore(database, clock).add(AccountKind.TABLE, "Example")
    files = TableFiles(community="example", events=FOLDER / "events.csv", members=FOLDER / "members.csv", now=AS_OF)
    (community,) = files.communities()
    result = sync_community(files, MirrorStore(database, clock), community=community, account_id=account_id)
    assert result.totals.rejected == 0
    with database.read() as reader:
        yield reader, result.community_id
    database.close()


def the(example: tuple[Reader, CommunityId], key: str, window: Window = ALL) -> Value:
    reader, community = example
    return measure(reader, key, scope=(community,), windows=[window], as_of=AS_OF)[0]


@pytest.mark.parametrize("key", ["interactive_users", "reply_rate", "response_rate", "curiosity"])
def test_shares_have_the_numerator_denominator_and_percent_of_the_sheet(example, key):
    value, expected = the(example, key), MEASURES[key]
    assert (value.numerator, value.denominator) == (expected["numerator"], expected["denominator"])
    assert round(value.value * 100, 1) == expected["percent"]


def test_retention_from_january_to_february(example):
    value, expected = the(example, "retention", FEBRUARY), MEASURES["retention_january_to_february"]
    assert (value.numerator, value.denominator) == (expected["numerator"], expected["denominator"])
    assert round(value.value * 100, 1) == expected["percent"]


def test_messages_and_contributors_are_those_of_the_sheet(example):
    by_person = MEASURES["messages_by_person"]
    assert the(example, "messages").value == sum(by_person.values()) == 12
    assert the(example, "contributors").value == len(MEASURES["contributors"]) == 6


def test_the_one_new_contributor_of_february_may_not_be_the_first_time(example):
    value = the(example, "new_contributors", FEBRUARY)
    assert value.value == len(MEASURES["new_contributors_february"]) == 1
    assert value.detail["may_not_be_first"] is True


def test_hours_to_the_first_reply(example):
    value = the(example, "first_reply_hours")
    assert round(value.value, 4) == MEASURES["first_reply_median_hours"]
    assert (value.numerator, value.denominator) == (4, 6)
    assert value.detail["share_without_reply"] == pytest.approx(2 / 6)
    assert value.detail["p90_hours"] == pytest.approx(4 + 1 / 6 + 0.7 * (48 - 4 - 1 / 6))


def test_the_one_unanswered_question(example):
    reader, _ = example
    value = the(example, "unanswered")
    names = [reader.scalar("SELECT remote_id FROM event WHERE id = ?", (id_,)) for id_ in value.detail["thread_ids"]]
    assert names == MEASURES["unanswered"]
    assert value.value == 1


def test_the_absence_factor(example):
    value = the(example, "absence_factor")
    assert value.value == MEASURES["absence_factor"] == 2
    assert (value.numerator, value.denominator) == (6, 12)


def test_coverage_counts_the_days_between_the_first_and_the_last_event(example):
    reader, community = example
    assert reader.rows("SELECT community_id FROM coverage") == [(community,)]
    assert the(example, "messages").coverage == (date(2026, 2, 25) - date(2026, 1, 5)).days / 59 + 1 / 59


def test_january_alone_is_complete_from_the_fifth(example):
    value = the(example, "messages", JANUARY)
    assert value.value == 6
    assert value.coverage == 27 / 31


def test_health_index_of_february_over_the_two_months_that_exist(example):
    value, expected = the(example, "health_index", FEBRUARY), MEASURES["health_index_february"]
    assert (value.numerator, value.denominator) == (expected["numerator"], expected["denominator"])
    assert round(value.value * 100, 1) == expected["percent"]
    assert value.detail["doubts"] == ("The copy begins on 2026-01-05, so what was before is not counted.",)


def test_what_each_person_gave_and_received_makes_the_personas(example):
    reader, community = example
    parts = FramePart.ACTS | FramePart.TIES | FramePart.MEMBERS
    frame = load_frame(reader, (community,), start=ALL.start, end=ALL.end, as_of=AS_OF, parts=parts)
    names = dict(reader.rows("SELECT id, name FROM person"))
    _, given, received = given_and_received(frame, ALL)
    assert {name: given[person] for person, name in names.items()} == MEASURES["given"]
    assert {name: received[person] for person, name in names.items()} == MEASURES["received"]
    found = {names[person]: each.value.capitalize() for person, each in personas_of(frame, ALL).items()}
    assert {name: found.get(name, "Observer") for name in names.values()} == MEASURES["personas"]


def test_the_distribution_of_personas_names_nobody(example):
    value = the(example, "personas")
    assert (value.numerator, value.denominator) == (2, 8)
    told = {"observer": 6, "broadcaster": 0, "catalyst": 0, "responder": 1, "engager": 1}
    assert dict(value.detail["personas"]) == told


def test_messages_of_each_person_are_those_of_the_sheet(example):
    reader, community = example
    parts = FramePart.WRITTEN
    frame = load_frame(reader, (community,), start=ALL.start, end=ALL.end, as_of=AS_OF, parts=parts)
    names = dict(reader.rows("SELECT id, name FROM person"))
    assert {names[person]: count for person, count in written_by(frame, ALL).items()} == MEASURES["messages_by_person"]


def test_the_people_the_hours_and_the_questions_behind_the_numbers_are_those_of_the_sheet(example):
    reader, community = example
    parts = FramePart.WROTE | FramePart.FIRSTS | FramePart.THREADS
    frame = load_frame(reader, (community,), start=ALL.start, end=ALL.end, as_of=AS_OF, parts=parts)
    names = dict(reader.rows("SELECT id, name FROM person"))
    assert sorted({names[person] for row in frame.wrote for person in row.people}) == MEASURES["contributors"]
    began = {names[person] for person, at in frame.first_contributions.items() if at >= FEBRUARY.start_us}
    assert sorted(began) == MEASURES["new_contributors_february"]
    hours = sorted(round(delay / 3_600_000_000, 4) for row in frame.threads for delay in row.delays)
    assert hours == sorted(MEASURES["first_reply_hours"].values())
    asked = reader.rows("SELECT remote_id FROM event WHERE is_question ORDER BY at")
    assert [name for (name,) in asked] == MEASURES["curiosity"]["messages"]
