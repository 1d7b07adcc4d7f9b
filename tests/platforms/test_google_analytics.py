"""The Google Analytics stand-in: shapes and habits as the service's own definitions describe them."""

from typing import Any

import httpx2
import pytest

from tests.platforms.google_analytics import PROPERTY, STAND_IN, GoogleAnalytics
from tests.platforms.world import World


def a_site(**switches: Any) -> GoogleAnalytics:
    return STAND_IN(World(), **switches)


def asked(
    platform: GoogleAnalytics, what: str = "runReport", *, number: str = PROPERTY, **body: Any
) -> httpx2.Response:
    with httpx2.Client(transport=platform.wire(), base_url="https://analytics.example.org") as client:
        return client.post(f"/v1beta/properties/{number}:{what}", json=body)


def a_question(first: str = "today", last: str = "today", **more: Any) -> dict[str, Any]:
    return {
        "dateRanges": [{"startDate": first, "endDate": last}],
        "dimensions": [{"name": "pagePath"}],
        "metrics": [{"name": "screenPageViews"}],
        **more,
    }


def test_every_value_is_text_and_the_count_is_that_of_all_rows():
    page = asked(a_site(), **a_question(limit="2")).json()
    assert page["rowCount"] == 5
    assert len(page["rows"]) == 2
    assert all(isinstance(row["metricValues"][0]["value"], str) for row in page["rows"])
    assert page["metadata"]["timeZone"] == "Europe/Warsaw"


def test_what_is_empty_is_left_out():
    page = asked(a_site(), **a_question("2020-01-01", "2020-01-02")).json()
    assert "rows" not in page
    assert "rowCount" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": "0"},
        {"dimensions": [{"name": "colour"}]},
        {"metrics": [{"name": "mood"}]},
        {"dateRanges": [{"startDate": "today", "endDate": "yesterday"}]},
        {"dateRanges": [{"startDate": "soon", "endDate": "today"}]},
    ],
)
def test_wrong_questions_are_invalid(wrong):
    reply = asked(a_site(), **{**a_question(), **wrong})
    assert (reply.status_code, reply.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_five_reports_come_in_one_answer_and_not_six():
    platform = a_site()
    assert len(asked(platform, "batchRunReports", requests=[a_question()] * 5).json()["reports"]) == 5
    assert asked(platform, "batchRunReports", requests=[a_question()] * 6).status_code == 400


def test_another_property_and_another_path_are_refused():
    assert asked(a_site(), number="9").status_code == 403
    assert asked(a_site(), "deleteEverything").status_code == 404


@pytest.mark.parametrize(
    ("switch", "status"),
    [("expired", 401), ("no_scope", 403), ("api_off", 403), ("not_ours", 403), ("busy", 429), ("broken", 500)],
)
def test_it_refuses_when_told_to(switch, status):
    assert asked(a_site(**{switch: True}), **a_question()).status_code == status


def test_yesterday_grows_and_quotas_shrink():
    platform = a_site(growing=True)
    question = a_question("yesterday", "yesterday", returnPropertyQuota=True, dimensions=[])
    one, other = (asked(platform, **question).json() for _ in range(2))
    assert int(other["rows"][0]["metricValues"][0]["value"]) - int(one["rows"][0]["metricValues"][0]["value"]) == 7
    left = [page["propertyQuota"]["tokensPerProjectPerHour"]["remaining"] for page in (one, other)]
    assert left == [13_997, 13_994]


def test_rare_pages_are_lumped_together_or_left_out():
    platform = a_site(other=2)
    page = asked(platform, **a_question()).json()
    assert page["metadata"]["dataLossFromOtherRow"] is True
    assert "(other)" in [row["dimensionValues"][0]["value"] for row in page["rows"]]
    platform = a_site(threshold=True)
    platform.visit(platform.today, "/rare", 1)
    page = asked(platform, **a_question()).json()
    assert page["metadata"]["subjectToThresholding"] is True
    assert "/rare" not in [row["dimensionValues"][0]["value"] for row in page["rows"]]


def test_without_an_order_none_holds_and_with_one_it_does():
    platform = a_site(pages=30)
    order = [{"metric": {"metricName": "screenPageViews"}, "desc": True}, {"dimension": {"dimensionName": "pagePath"}}]
    rows = asked(platform, **a_question(orderBys=order)).json()["rows"]
    views = [int(row["metricValues"][0]["value"]) for row in rows]
    assert views == sorted(views, reverse=True)


def test_it_says_how_to_try_it():
    with a_site() as platform:
        assert f"Property: {PROPERTY}" in platform.how_to_sign_in()
