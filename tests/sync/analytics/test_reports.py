"""Reports: what is asked for, numbers as text, rows that are not there, flags, and what refusals mean."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import ForbiddenError, LineError, PlatformBusyError, SignInError
from workbench.models.moments import DayRange
from workbench.sync.analytics.reports import MEASURES, Site, pages_of, read_day, read_report, refusal, totals_of
from workbench.sync.gate import Reply
from workbench.sync.records import PageViews

SAMPLES = Path(__file__).parents[1] / "connectors" / "google_analytics"
DAY = date(2026, 3, 2)
HEADERS = [{"name": name, "type": "TYPE_INTEGER"} for name in MEASURES]


def a_report(*rows: tuple[str, ...], **more: Any) -> dict[str, Any]:
    made = [
        {"dimensionValues": [{"value": row[0]}], "metricValues": [{"value": number} for number in row[1:]]}
        for row in rows
    ]
    return {"metricHeaders": HEADERS, "rows": made, "rowCount": len(made), "metadata": {"timeZone": "UTC"}, **more}


def a_reply(status: int, value: object, **headers: str) -> Reply:
    named = {"content-type": "application/json", **headers}
    return Reply(status, "https://example.org", "https://example.org", named, json.dumps(value).encode())


def test_the_sample_of_a_report_is_read():
    report = read_report(json.loads((SAMPLES / "report.json").read_text()), source="1")
    assert report.rows == {
        "/": PageViews("/", 266, 41, 60, 900),
        "/community/": PageViews("/community/", 12, 3, 4, 30),
    }
    assert (report.count, report.zone, report.is_partial) == (23, "Europe/Warsaw", False)


def test_a_report_of_nothing_has_neither_rows_nor_a_count():
    report = read_report({"metricHeaders": HEADERS, "metadata": {}}, source="1")
    assert (report.rows, report.count, report.length, report.zone) == ({}, 0, 0, "")


@pytest.mark.parametrize("shape", [None, [], {}, {"metricHeaders": {}}, {"metricHeaders": HEADERS, "rows": 3}])
def test_another_shape_is_a_broken_answer(shape):
    with pytest.raises(LineError):
        read_report(shape, source="1")


@pytest.mark.parametrize("text", ["x", "", "-3", "1e3", "1" * 30])
def test_a_row_without_a_readable_number_is_rejected(text):
    report = read_report(a_report(("/", "1", "1", "1", "1"), ("/b", text, "1", "1", "1")), source="here")
    assert [(one.source, one.position, one.code) for one in report.rejected] == [("here", 1, "bad_number")]
    assert list(report.rows) == ["/"]
    assert report.is_partial


def test_whole_numbers_may_be_written_with_decimals_and_a_missing_one_is_not_known():
    report = read_report(a_report(("/", "12.0", "x")), source="1")
    assert report.rows["/"] == PageViews("/", 12, None, None, None)


def test_a_page_without_a_name_is_not_the_whole_site():
    report = read_report(a_report(("", "1", "1", "1", "2"), ("(not set)", "4", "2", "2", "8")), source="1")
    assert report.rows == {"(not set)": PageViews("(not set)", 5, events=10)}


@pytest.mark.parametrize(
    "flag",
    [
        {"subjectToThresholding": True},
        {"dataLossFromOtherRow": True},
        {"samplingMetadatas": [{"samplesReadCount": "1"}]},
        {"dataTruncationReasons": [{}]},
    ],
)
def test_flags_say_that_something_may_be_missing(flag):
    assert read_report(a_report(metadata=flag), source="1").is_partial
    assert not read_report(a_report(), source="1").is_partial


def test_days_are_eight_digits():
    assert read_day("20260302") == DAY
    for text in ("2026-03-02", "20261399", "(other)", ""):
        with pytest.raises(LineError):
            read_day(text)


def test_pages_are_asked_for_in_an_order_that_holds_and_the_rest_with_an_offset():
    asked = pages_of(DAY, Site(), limit=500)
    assert asked["dateRanges"] == [{"startDate": "2026-03-02", "endDate": "2026-03-02"}]
    assert asked["orderBys"] == [
        {"metric": {"metricName": "screenPageViews"}, "desc": True},
        {"dimension": {"dimensionName": "pagePath"}},
    ]
    assert (asked["limit"], "offset" in asked, "dimensionFilter" in asked) == ("500", False, False)
    assert pages_of(DAY, Site(), limit=500, offset=1000)["offset"] == "1000"


def test_a_site_may_be_a_host_a_path_or_both():
    days = DayRange(DAY, DAY)
    one = totals_of(days, Site(prefix="/a"))["dimensionFilter"]
    assert one == {
        "filter": {
            "fieldName": "pagePath",
            "stringFilter": {"matchType": "BEGINS_WITH", "value": "/a", "caseSensitive": True},
        }
    }
    both = totals_of(days, Site("example.org", "/a"))["dimensionFilter"]
    assert isinstance(both, dict)
    assert both["andGroup"]["expressions"][1] == one


def test_the_sample_of_a_missing_permission_asks_to_sign_in_again():
    error = refusal(a_reply(403, json.loads((SAMPLES / "scope.json").read_text())))
    assert isinstance(error, SignInError)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ({"status": "PERMISSION_DENIED", "details": [{"reason": "SERVICE_DISABLED"}]}, "switched off"),
        ({"status": "PERMISSION_DENIED", "details": [3]}, "Viewer"),
    ],
)
def test_other_refusals_say_what_to_do(error, words):
    found = refusal(a_reply(403, {"error": error}))
    assert isinstance(found, ForbiddenError)
    assert words in found.reason


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("Exhausted concurrent requests quota.", 30),
        ("Exhausted property tokens for a project per hour.", 1800),
        ("Something new.", 1800),
        ("Exhausted property tokens per day. These quota tokens will return in under 24 hours.", 86_400),
    ],
)
def test_a_used_up_quota_is_waited_for_by_its_kind(words, seconds):
    found = refusal(a_reply(429, {"error": {"message": words, "status": "RESOURCE_EXHAUSTED"}}))
    assert isinstance(found, PlatformBusyError)
    assert found.details["seconds"] == seconds


def test_what_is_not_recognised_is_left_to_the_common_table():
    assert refusal(a_reply(429, {}, **{"retry-after": "9"})) is None
    assert refusal(a_reply(500, {})) is None
    assert refusal(a_reply(403, {"error": "no"})) is None
    assert refusal(a_reply(403, {}, **{"content-type": "text/html"})) is None
    assert refusal(Reply(403, "a", "a", {"content-type": "application/json"}, b"{")) is None
