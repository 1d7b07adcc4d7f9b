"""Exports of Google Analytics in their three shapes: days as days, ranges as ranges, and nothing twice."""

from datetime import date
from pathlib import Path

import pytest
from typing_extensions import override

from tests.sync.connector_suite import ConnectorSuite
from tests.sync.importers.analytics_files import EXPLORATION, JAPANESE, OVERVIEW, REPORT, a_file
from tests.sync.mirrored import a_mirror, snapshot
from workbench.errors import BadInputError
from workbench.models.moments import DayRange
from workbench.sync.connector import Batch, Cursor
from workbench.sync.importers.analytics_csv import FILES, AnalyticsFiles
from workbench.sync.records import CommunityRecord, PageViews, SiteDaysRecord

TODAY = date(2026, 3, 2)
SITE = "Our site"


def files(*paths: Path, views: str = "", today: date = TODAY) -> AnalyticsFiles:
    return AnalyticsFiles(paths, site=SITE, today=today, views=views)


def read(*paths: Path, since: Cursor | None = None, views: str = "", today: date = TODAY) -> list[Batch]:
    return list(files(*paths, views=views, today=today).pull(SITE, FILES, since=since))


def slices(*batches: Batch) -> dict[DayRange, SiteDaysRecord]:
    return {record.days: record for batch in batches for record in batch.records if isinstance(record, SiteDaysRecord)}


def one_day(number: int, month: int = 2) -> DayRange:
    return DayRange(date(2026, month, number), date(2026, month, number))


class TestFiles(ConnectorSuite):
    community = SITE

    @pytest.fixture(autouse=True)
    def _files(self, tmp_path: Path) -> None:
        texts = {"a.csv": REPORT, "b.csv": EXPLORATION}
        self.paths = [a_file(tmp_path, text, name) for name, text in texts.items()]

    @override
    def make(self) -> AnalyticsFiles:
        return files(*self.paths)


def test_a_report_is_a_range_and_stays_one(tmp_path):
    (record,) = slices(*read(a_file(tmp_path))).values()
    assert record.days == DayRange(date(2025, 1, 1), date(2025, 2, 11))
    assert record.pages == (
        PageViews("/", 83171, users=22652, events=7),
        PageViews("/a,b?c=1#google_vignette", 12, users=9, events=30),
        PageViews("(not set)", 3, users=2, events=6),
    )
    assert not read(a_file(tmp_path))[0].covered


def test_an_exploration_has_days_with_sums_and_a_total_of_the_range(tmp_path):
    found = slices(*read(a_file(tmp_path, EXPLORATION)))
    assert found[one_day(2)].pages == (
        PageViews("", 11), PageViews("/", 10, users=4), PageViews("/new", 1, users=1),
    )  # fmt: skip
    assert found[one_day(2)].is_partial
    assert found[DayRange(date(2026, 2, 2), date(2026, 2, 4))].pages == (PageViews("", 31, users=9),)
    assert len(found) == 3


def test_an_overview_gives_its_numbered_days_and_its_pages(tmp_path):
    (batch,) = read(a_file(tmp_path, OVERVIEW))
    found = slices(batch)
    assert [found[one_day(number)].pages for number in (1, 2, 3)] == [
        (PageViews("", 10, users=4),), (PageViews("", 0, users=5),), (PageViews("", 30, users=6),),
    ]  # fmt: skip
    assert found[DayRange(date(2026, 2, 1), date(2026, 2, 3))].pages == (PageViews("Home", 31), PageViews("Wells", 9))
    assert batch.covered == (DayRange(date(2026, 2, 1), date(2026, 2, 3)),)


def test_days_that_may_still_have_changed_are_marked(tmp_path):
    (batch,) = read(a_file(tmp_path, OVERVIEW), today=date(2026, 2, 4))
    found = slices(batch)
    assert [found[one_day(number)].is_partial for number in (1, 2, 3)] == [False, True, True]
    assert batch.covered == (one_day(1),)


def test_another_language_is_read_by_place_and_by_known_words(tmp_path):
    (record,) = slices(*read(a_file(tmp_path, JAPANESE))).values()
    assert record.days == DayRange(date(2026, 2, 1), date(2026, 2, 28))
    assert {page.page: (page.views, page.users) for page in record.pages} == {
        "": (12345, 1000),
        "/": (12000, 900),
        "/wells": (345, 120),
    }


@pytest.mark.parametrize(
    ("encoding", "separator", "end"),
    [("utf-8-sig", ",", "\n"), ("utf-16", "\t", "\r\n"), ("utf-16-le", "\t", "\n"), ("utf-8", ";", "\r\n")],
)
def test_what_a_spreadsheet_saved_again_is_the_same(tmp_path, encoding, separator, end):
    text = EXPLORATION.replace(",", separator).replace("\n", end)
    text = text.replace("# Our site", f"# Our site{separator}{separator}{separator}")
    assert slices(*read(a_file(tmp_path, text, encoding=encoding))) == slices(*read(a_file(tmp_path, EXPLORATION)))


def test_the_same_file_twice_changes_nothing(tmp_path):
    path = a_file(tmp_path, EXPLORATION)
    mirrored = a_mirror(tmp_path, community=CommunityRecord(SITE, SITE))
    for batch in read(path):
        mirrored.mirror.apply(mirrored.community_id, FILES.name, batch)
    before = snapshot(mirrored)
    (again,) = read(path, since=mirrored.mirror.cursor(mirrored.community_id, FILES.name))
    assert not again.records
    assert "read before" in again.note
    applied = mirrored.mirror.apply(mirrored.community_id, FILES.name, read(path)[0])
    assert (applied.added, applied.changed, applied.unchanged) == (0, 0, 3)
    assert snapshot(mirrored) == before


def test_a_file_beside_one_that_was_read_is_read(tmp_path):
    first, second = a_file(tmp_path, name="a.csv"), a_file(tmp_path, EXPLORATION, "b.csv")
    cursor = read(first)[-1].cursor
    assert [len(batch.records) for batch in read(first, second, since=cursor)] == [0, 3]


def test_rows_of_one_page_are_put_together(tmp_path):
    text = REPORT + "/,1,1,1,1,1,0,0\n"
    (record,) = slices(*read(a_file(tmp_path, text))).values()
    assert record.pages[0] == PageViews("/", 83172, events=8)


def test_rows_that_cannot_be_read_are_held_back_with_their_line(tmp_path):
    text = EXPLORATION + "20260204,/x,many,1\n"
    (batch,) = read(a_file(tmp_path, text))
    assert [(one.code, one.source, one.position) for one in batch.rejected] == [("bad_number", "pages.csv", 10)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (REPORT.replace("# Start date: 20250101\n", ""), "which days"),
        (REPORT.replace(",Views,", ",Weergaven,"), "“Weergaven”.*--views"),
        ("# Start date: 20250101\n# End date: 20250102\nCountry,Views\nFrance,3\n", "no page views by page"),
        ("Country,Page path,Views\nFrance,/,3\n", "no page views by page"),
        ("", "no page views"),
        ("# only\n# comments\n", "no page views"),
        ("Page path,Views\n", "no page views"),
    ],
)
def test_what_cannot_be_used_says_what_to_do(tmp_path, text, words):
    path = a_file(tmp_path, text)
    with pytest.raises(BadInputError, match=words):
        files(path).communities()


def test_the_column_of_views_may_be_named(tmp_path):
    path = a_file(tmp_path, REPORT.replace(",Views,", ",Weergaven,"))
    (record,) = slices(*read(path, views="weergaven")).values()
    assert record.pages[0].views == 83171


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadInputError, match=r"gone\.csv"):
        files(tmp_path / "gone.csv").communities()


def test_a_report_of_one_day_is_that_day(tmp_path):
    text = REPORT.replace("20250211", "20250101")
    (record,) = slices(*read(a_file(tmp_path, text))).values()
    assert record.days == DayRange(date(2025, 1, 1), date(2025, 1, 1))
    assert record.pages[0] == PageViews("", 83186)
