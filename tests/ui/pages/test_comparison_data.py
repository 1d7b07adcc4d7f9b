"""Comparison data: the type that is shown, rows in words, and a CSV without small numbers of people."""

import csv
import io
from datetime import date, timedelta

import pytest

from tests.builders import NOW
from tests.ui.conftest import COLD, WATER
from workbench.cancel import CancelToken
from workbench.models.kinds import AccountKind, CommunityType
from workbench.notes.community_cards import CommunityCardStore
from workbench.operations.comparison import MEASURES
from workbench.sync.records import CommunityRecord
from workbench.ui.pages.comparison_data import as_csv, read_comparison, rows_of, summary_words

TODAY = NOW.date()
PRACTICE = CommunityType.COMMUNITY_OF_PRACTICE


@pytest.fixture
def read(filled):
    def reading(kind="", scope=()):
        days = (TODAY - timedelta(days=29), TODAY)
        return read_comparison(filled.database, scope=scope, kind=kind, days=days, now=NOW, cancel=CancelToken())

    return reading


def test_a_type_comes_before_none_and_the_wanted_one_before_both(read, water_id):
    assert [group.type for group in read().groups] == [PRACTICE, None]
    assert read().comparison.type is PRACTICE
    assert read(None).comparison.communities[0].card.name == COLD
    assert read("gone").comparison.type is PRACTICE


def test_the_type_with_the_most_communities_is_shown_and_one_community_beside_its_like(read, filled, water_id):
    account = filled.accounts.add(AccountKind.TABLE, "More tables")
    others = [filled.mirror.ensure_community(account, CommunityRecord(name, name)) for name in ("Third", "Fourth")]
    filled.mirror.set_community_type(others[0], PRACTICE)
    assert read().comparison.type is PRACTICE  # as many have none
    filled.mirror.set_community_type(others[0], None)
    assert read().comparison.type is None
    for scope, names in (((water_id,), [WATER]), ((others[0],), [COLD, "Fourth", "Third"])):
        assert [each.card.name for each in read(scope=scope).comparison.communities] == names


def test_rows_say_measures_then_value_then_what_the_card_says(read, filled, water_id):
    CommunityCardStore(filled.database).set_benchmark(
        "curiosity", PRACTICE, value=0.11, source="A study", day=date(2024, 1, 1)
    )
    found = read().comparison
    rows = rows_of(found)
    assert tuple(row.key for row in rows[: len(MEASURES)]) == MEASURES
    assert {len(row.cells) for row in rows_of(found, ())} == {0}, "only what is in sight is put into words"
    facts = {row.title: row.cells[0] for row in rows[len(MEASURES) :]}
    assert {title: cell.text for title, cell in facts.items()} == {
        "Offices reached": "No data",
        "Objectives reached": "no plan",
        "Done cards with evidence": "none done",
        "Asked for by": "not said",
        "Coordinator": "no coordinator",
    }
    assert facts["Coordinator"].mark[1] == "bad"
    by_key = {row.key: row for row in rows}
    assert by_key["curiosity"].benchmark.tip.endswith("A study, 1 Jan 2024")
    assert by_key["reply_rate"].benchmark.text == ""
    assert by_key["curiosity"].cells[0].mark is not None
    assert [words[:2] for words in summary_words(found)] == [
        ("Members asked for them", "No data"),
        ("With a coordinator", "0\N{NO-BREAK SPACE}%"),
        ("Offices reached", "No data"),
        ("Organisations reached", "No data"),
    ]


def test_what_counts_fewer_than_five_people_stays_here(read, filled, water_id):
    CommunityCardStore(filled.database).set_card(water_id, {"coordinator": "Amina Example", "asked_by": "members"})
    CommunityCardStore(filled.database).set_benchmark(
        "curiosity", PRACTICE, value=0.11, source="=A study", day=date(2024, 1, 1)
    )
    rows = {row[0]: row for row in csv.reader(io.StringIO(as_csv(read().comparison)))}
    assert rows["measure"][2] == WATER
    assert rows["New contributors"][2] == "fewer than 5"
    assert rows["Curiosity"][3:] == ["0.11", "'=A study", "2024-01-01"]
    # Names stay at home; that there is somebody does not.
    assert (rows["Coordinator"][2], rows["Asked for by"][2]) == ("yes", "its members")
    assert len({len(row) for row in rows.values()}) == 1
