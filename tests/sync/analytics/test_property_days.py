"""Days and weeks of a property: whole, marked where something may be missing, refused in words."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.platforms.google_analytics import HOST, PROPERTY
from tests.platforms.server import Asked, Told, told
from tests.sync.connectors.analytics_site import (
    SITE,
    a_site,
    connector,
    day_of,
    held,
    pulled,
    synced,
    views_of,
    world,
)
from tests.sync.mirrored import Mirrored, a_mirror
from tests.sync.seats import a_seat
from workbench.errors import ForbiddenError, LineError, PlatformBusyError, SignInError, SkipStreamError
from workbench.sync.connectors.google_analytics import DAYS, GoogleAnalyticsConnector
from workbench.sync.records import PageViews

DAY = timedelta(days=1)


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_mirror(tmp_path, community=SITE)


@pytest.mark.parametrize("switch", [{"threshold": True}, {"other": 3}, {"sampled": True}, {"truncated": True}])
def test_what_may_be_missing_is_marked(switch):
    platform = a_site(**switch)
    day = platform.today - 8 * DAY
    platform.visit(day, "/rare", 1)
    record = day_of(pulled(platform), day)
    assert record.is_partial
    pages = views_of(record)
    total = platform.total(day, day)
    assert total is not None
    assert pages[""] == total.views
    assert ("(other)" in pages) is ("other" in switch)
    assert ("/rare" in pages) is not ("threshold" in switch or "other" in switch)
    assert not day_of(pulled(a_site()), day).is_partial


def test_where_the_total_of_a_day_is_missing_the_sum_stands_for_it():
    platform = a_site(threshold=True)
    day = platform.today - 6 * DAY

    def hide(asked: Asked, reply: Told) -> Told:
        value = json.loads(reply.body)
        for report in value.get("reports", [value]):
            if report.get("dimensionHeaders") == [{"name": "date"}] and len(report["rows"]) > 1:
                report["metadata"]["subjectToThresholding"] = True
                report["rows"] = [
                    row for row in report["rows"] if row["dimensionValues"][0]["value"] != f"{day:%Y%m%d}"
                ]
        return told(value)

    platform.after = hide
    record = day_of(pulled(platform), day)
    whole, *pages = record.pages
    assert (whole.page, whole.views, whole.users) == ("", sum(page.views for page in pages), None)
    assert record.is_partial


def test_many_pages_of_a_day_come_in_several_replies(mirrored):
    platform = a_site(days=3, pages=2_300)
    synced(mirrored, platform, pages="5000")
    assert held(mirrored) == world(platform)
    offsets = {int(asked.json["offset"]) for asked in platform.asked if "offset" in asked.json}
    assert offsets == {1000, 2000}


def test_the_most_seen_pages_are_read_and_the_total_counts_all():
    platform = a_site(days=3, pages=40)
    record = day_of(pulled(platform, pages="10"), platform.today)
    seen = sorted((one.views for (day, _, _), one in platform.seen.items() if day == platform.today), reverse=True)
    assert [page.views for page in record.pages] == [sum(seen), *seen[:10]]


def test_a_day_that_never_stands_still_is_marked_and_read_again():
    platform = a_site(days=3, pages=1_100)
    platform.world.pass_time(hours=1)
    number = 0

    def visit(asked: Asked) -> None:
        nonlocal number
        if "offset" in asked.json:
            number += 1
            platform.visit(platform.today, f"/new/{number}", 9_000)

    platform.before = visit
    batches = pulled(platform, pages="3000")
    assert day_of(batches, platform.today).is_partial
    platform.before = None
    again = pulled(platform, batches[-1].cursor, pages="3000")
    assert views_of(day_of(again, platform.today)).keys() - {""} == {
        path for day, _, path in platform.seen if day == platform.today
    }


def test_a_host_and_a_path_restrict_what_is_read(mirrored):
    platform = a_site(days=3)
    platform.visit(platform.today, "/community/", 5, host="other.example.org")
    reader = connector(platform, host="WWW.example.org", path="community")
    record = next(iter(reader.communities()))
    assert (record.remote_id, record.url) == (f"{PROPERTY} {HOST}/community", f"https://{HOST}/community")
    found = views_of(day_of(list(reader.pull(record.remote_id, DAYS, since=None)), platform.today))
    expected = {
        path: seen.views
        for (day, host, path), seen in platform.seen.items()
        if day == platform.today and host == HOST and path.startswith("/community")
    }
    assert found == {"": sum(expected.values()), **expected}
    connector(platform, path="/a")  # a path alone needs no host
    assert "andGroup" not in json.dumps(platform.asked[-1].json) or HOST in json.dumps(platform.asked[-1].json)


def test_the_day_is_the_property_s_and_not_ours():
    platform = a_site(zone="Pacific/Kiritimati")
    platform.world.now = platform.world.now.replace(hour=11)
    platform.visit(platform.today, "/", 1)
    assert platform.today == platform.world.now.date() + DAY
    assert day_of(pulled(platform), platform.today).pages


@pytest.mark.parametrize(
    ("switch", "error", "words"),
    [
        ({"expired": True}, SignInError, "sign_in"),
        ({"no_scope": True}, SignInError, "permission"),
        ({"api_off": True}, ForbiddenError, "switched off"),
        ({"not_ours": True}, ForbiddenError, "Viewer"),
        ({"broken": True}, LineError, "line"),
    ],
)
def test_refusals_have_their_meaning(switch, error, words):
    with pytest.raises(error, match=words):
        list(connector(a_site(**switch)).communities())


@pytest.mark.parametrize(("kind", "seconds"), [("hour", 1800), ("thresholded", 1800), ("day", 86_400)])
def test_used_up_quotas_say_how_long_to_wait(kind, seconds):
    platform = a_site(busy=kind)
    with pytest.raises(PlatformBusyError) as caught:
        pulled(platform)
    assert caught.value.details["seconds"] == seconds
    assert len(platform.asked) == 1


def test_too_many_questions_at_once_are_waited_out():
    platform = a_site(busy="concurrent")
    start = platform.world.now

    def relent(asked: Asked) -> None:
        if len(platform.asked) > 1:
            platform.switches["busy"] = ""

    platform.before = relent
    seat = a_seat(platform, property=PROPERTY)
    list(GoogleAnalyticsConnector(seat).communities())
    assert (seat.clock.now() - start).total_seconds() >= 30


def test_server_errors_are_asked_for_twice_only():
    platform = a_site(broken=True)
    with pytest.raises(LineError):
        pulled(platform)
    assert len(platform.asked) == 2


def test_a_question_the_platform_calls_invalid_leaves_the_stream_out():
    platform = a_site()
    platform.before = lambda asked: told({"error": {"code": 400, "status": "INVALID_ARGUMENT"}}, status=400)
    with pytest.raises(SkipStreamError):
        pulled(platform)


def test_a_bundle_with_a_report_missing_is_a_broken_answer():
    platform = a_site()

    def cut(asked: Asked, reply: Told) -> Told:
        value = json.loads(reply.body)
        return told({**value, "reports": value["reports"][1:]}) if "reports" in value else reply

    platform.after = cut
    with pytest.raises(LineError):
        pulled(platform)


def test_a_row_without_a_number_is_held_back_until_it_has_one(mirrored):
    platform = a_site(days=0)

    def break_one(asked: Asked, reply: Told) -> Told:
        return Told(
            200,
            reply.body.replace(
                b'"/community/"}],"metricValues":[{"value":"', b'"/community/"}],"metricValues":[{"value":"x'
            ),
        )

    platform.after = break_one
    batches = pulled(platform)
    assert [(one.code, one.source) for batch in batches for one in batch.rejected] == [
        ("bad_number", f"{PROPERTY} {platform.today}")
    ]
    assert day_of(batches, platform.today).is_partial
    synced(mirrored, platform)
    assert mirrored.scalar("SELECT count(*) FROM quarantine") == 1
    platform.after = None
    platform.visit(platform.today, "/", 1)
    synced(mirrored, platform)
    assert mirrored.scalar("SELECT count(*) FROM quarantine") == 0
    assert held(mirrored) == world(platform)


def test_a_total_is_a_page_without_a_name():
    platform = a_site(days=0)
    platform.visit(platform.today, "", 3)
    record = day_of(pulled(platform), platform.today)
    assert isinstance(record.pages[0], PageViews)
    assert record.pages[0].page == ""
    assert views_of(record)["(not set)"] == 3
