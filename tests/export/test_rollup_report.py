"""The report of headquarters: who told, who is silent, what is missing, and no number where nothing is known."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.builders import a_clock, a_database
from tests.rollups import a_file, a_plan, a_snapshot, a_week, monday
from workbench.errors import BadInputError
from workbench.export.rollup_report import RollupReport, gather_rollup, plan_detail, troubles_of
from workbench.export.rollup_tables import rollup_csv
from workbench.export.summary import Standing
from workbench.queries.rollup import FileRow
from workbench.sync.rollup import RollupStore
from workbench.sync.rollup_snapshot import WHOLE_OFFICE, CommunityState, ExpectedOffice, Told

AS_OF = datetime(2024, 7, 6, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    database = a_database(tmp_path)
    yield RollupStore(database, a_clock())
    database.close()


def report(store) -> RollupReport:
    with store.place.read() as source:
        return gather_rollup(source, as_of=AS_OF)


def test_coverage_is_told_in_words(store):
    assert report(store).coverage_words == "0 offices"
    store.expect(ExpectedOffice(f"o{number}", f"Office {number}") for number in range(152))
    assert report(store).coverage_words == "0 of 152 offices"
    for number in range(131):
        days = 23 if number else 0  # made on 3 July, the first one on 10 June
        store.take(f"o{number}", [a_file(1, a_snapshot(plans=[]), office=f"o{number}", days=days)])
    assert report(store).coverage_words == "131 of 152 offices, newest 3 d, oldest 26 d"
    assert len(report(store).silent) == 21
    store.take("zzz", [a_file(1, a_snapshot(name="Elsewhere"), office="zzz")])
    told = report(store)
    assert told.coverage_words == "131 of 152 offices, newest 3 d, oldest 26 d, and 1 not on the list"
    assert [office.name for office in told.unexpected] == ["Elsewhere"]


def test_a_silent_office_has_no_age_and_one_whose_clock_runs_ahead_none_below_zero(store):
    store.expect([ExpectedOffice("ken", "Kenya"), ExpectedOffice("uga", "Uganda")])
    store.take("uga", [a_file(1, a_snapshot(), office="uga", days=400)])
    assert [(office.name, office.age_days, office.files) for office in report(store).offices] == [
        ("Kenya", None, 0),
        ("Uganda", 0, 1),
    ]


def test_measures_are_counted_by_where_they_stand_and_never_averaged(store):
    reached = replace(a_plan().objectives[0], standing="reached")
    newer = replace(a_plan().objectives[0], position=1, measure="joy", standing="splendid", now=Told(1.0))
    store.take("ken", [a_file(1, a_snapshot())])
    store.take("uga", [a_file(1, a_snapshot(plans=[a_plan("plan-2", objectives=(reached, newer))]), office="uga")])
    store.take("old", [a_file(1, a_snapshot(plans=[a_plan("plan-3", is_archived=True)]), office="old")])
    measures = {each.measure: each for each in report(store).measures}
    assert measures["reply_rate"].standings == {Standing.REACHED: 1, Standing.ON_THE_WAY: 1}
    assert (measures["reply_rate"].offices, measures["reply_rate"].plans) == (2, 2)
    assert (measures["contributors"].withheld, measures["contributors"].standings) == (1, {Standing.UNKNOWN: 1})
    assert measures["joy"].standings == {Standing.UNKNOWN: 1}
    assert [office.plans for office in report(store).offices] == [1, 0, 1]


def test_a_plan_two_offices_share_counts_once_and_the_newest_word_on_it_stands(store):
    ahead = a_plan(done=7, objectives=(replace(a_plan().objectives[0], standing="reached"),))
    store.take("ken", [a_file(1, a_snapshot())])
    store.take("uga", [a_file(1, a_snapshot(name="Uganda", plans=[ahead]), office="uga", days=3)])
    told = report(store)
    (line,) = told.plans
    assert (line.office_words, line.plan.done, line.office_ids) == ("Uganda, shared with Kenya", 7, {"ken", "uga"})
    assert [(each.measure, each.plans, each.offices, each.standings) for each in told.measures] == [
        ("reply_rate", 1, 2, {Standing.REACHED: 1})
    ]
    with store.place.read() as source:
        detail = plan_detail(source, office_id="ken", plan_id="plan-1", as_of=AS_OF)
    assert detail.line.plan.done == 7
    rows = rollup_csv(told).decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "Uganda, shared with Kenya" in rows[1]


def test_a_week_counts_the_offices_that_told_of_it_and_no_other(store):
    def told(*weeks):
        return replace(a_snapshot(0, 3), communities=(CommunityState(WHOLE_OFFICE, "", None, weeks),))

    store.take("ken", [a_file(1, told(a_week(0), a_week(1, known_days=5, messages=7)))])
    withheld = a_week(1, messages=3, contributors=None, is_withheld=True)
    store.take("uga", [a_file(1, told(withheld), office="uga")])
    weeks = report(store).weeks
    assert [(week.week, week.offices, week.partly, week.messages) for week in weeks] == [
        (monday(0), 1, 0, 40),
        (monday(1), 2, 1, 10),
    ]
    assert [(week.contributors, week.contributors_from) for week in weeks] == [(12, 1), (12, 1)]


def test_one_plan_comes_with_the_weeks_of_its_community(store):
    store.take("ken", [a_file(1, a_snapshot())])
    with store.place.read() as source:
        detail = plan_detail(source, office_id="ken", plan_id="plan-1", as_of=AS_OF)
        with pytest.raises(BadInputError):
            plan_detail(source, office_id="uga", plan_id="plan-1", as_of=AS_OF)
    assert (detail.line.cards, detail.line.day_words, len(detail.weeks)) == (8, "day 33 of 90", 4)
    assert detail.line.standings == {Standing.ON_THE_WAY: 1, Standing.UNKNOWN: 1}
    assert detail.line.standing_words == "1 on the way, 1 not known"


def files(*numbers: str) -> list[FileRow]:
    """Files such as "3" or, with another content, "3b"; each names the plain one before it."""
    rows = []
    for text in numbers:
        number = int(text.rstrip("bx"))
        previous = "other" if text.endswith("x") else str(number - 1)
        rows.append(FileRow("ken", "copy-1", number, previous, text.rstrip("x"), AS_OF, AS_OF, {}))
    return rows


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (("1", "2"), None),
        (("2",), "file 1 is missing"),
        (("1", "5"), "files 2–4 are missing"),
        (("1", "3", "7", "8"), "files 2 and 4–6 are missing"),
        (("1", "3", "5", "7"), "files 2, 4 and 6 are missing"),
        (("1", "2", "2b"), "2 came twice with different content"),
        (("1", "2x"), "2 follows another file than the one that came"),
    ],
)
def test_what_is_missing_among_files_is_named(numbers, words):
    troubles = troubles_of(files(*numbers))
    assert (troubles[0].words if troubles else None) == words
