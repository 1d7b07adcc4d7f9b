"""An archive read in windows: newest first, cut exports, late mail, and what a site cannot deliver."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import httpx2
import pytest

from tests.sync.connectors.hyperkitty_site import (
    FISHERS,
    MESSAGES,
    NOW,
    FakeSite,
    Mail,
    end,
    gzipped,
    history,
    ids,
    message_hash,
    mirrored,
    packed,
    page,
    pull,
)
from workbench.errors import LineError, PlatformBusyError

DAY = timedelta(days=1)


def cut_exports(times: int) -> Callable[[httpx2.Request], httpx2.Response | None]:
    """A line that drops the next `times` exports in the middle."""
    left = [times]

    def fault(request: httpx2.Request) -> httpx2.Response | None:
        if "/export/" not in request.url.path or left[0] == 0:
            return None
        left[0] -= 1
        return packed(gzipped(b"From a mail that never arrived whole\n" * 50)[:-12])

    return fault


def test_the_newest_days_come_first():
    site = FakeSite({FISHERS: history(1500)})
    batches = [batch for batch in pull(site) if batch.records]
    newest = [max(record.sent_at for record in batch.records) for batch in batches]  # type: ignore[union-attr]  # all are messages
    assert newest == sorted(newest, reverse=True)
    assert len(batches[0].records) < 400
    assert mirrored(batches) == ids(site)


def test_a_small_list_comes_in_one_window():
    site = FakeSite({FISHERS: history(30)})
    batches = pull(site)
    assert mirrored(batches) == ids(site)
    assert [path for path in site.paths() if "export" in path] == [f"list/{FISHERS}/export/archive.mbox.gz"]


def test_dates_before_and_after_all_others_are_in_the_endless_windows():
    site = FakeSite({FISHERS: history(600)})
    site.deliver(Mail("first@example.org", datetime(1969, 7, 1, tzinfo=UTC), NOW - DAY))
    site.deliver(Mail("future@example.org", datetime(2099, 1, 1, tzinfo=UTC), NOW - DAY))
    batches = pull(site)
    assert mirrored(batches) == ids(site)
    # Neither is believed: what the site's own clock and the year 1980 do not bound comes from the envelope.
    guessed = {
        record.remote_id: record.sent_at for batch in batches for record in batch.records if record.sent_at_is_guess
    }
    assert guessed == dict.fromkeys(("first@example.org", "future@example.org"), NOW - DAY)


def test_days_are_promised_once_they_are_over_and_read():
    site = FakeSite({FISHERS: history(600)})
    first = pull(site)
    days = {day for batch in first for span in batch.covered for day in (span.first, span.last)}
    assert max(days) == date(2026, 3, 9)
    assert min(days) == min(mail.sent_at for mail in site.lists[FISHERS]).date()
    site.now = NOW + 2 * DAY
    (batch,) = pull(site, end(first))
    assert [(span.first, span.last) for span in batch.covered] == [(date(2026, 3, 10), date(2026, 3, 11))]


def test_new_mail_costs_a_look_a_page_and_one_window():
    site = FakeSite({FISHERS: history(600)})
    cursor = end(pull(site))
    site.paths()
    for number in range(5):
        site.deliver(Mail(f"new.{number}@example.org", NOW + number * DAY, NOW + number * DAY))
    site.now = NOW + 5 * DAY
    batches = pull(site, cursor)
    assert {f"new.{number}@example.org" for number in range(5)} <= mirrored(batches)
    assert len(site.paths()) == 3
    assert len(mirrored(batches)) <= 8


def test_mail_with_an_old_date_is_found_by_its_arrival_and_fetched_alone():
    site = FakeSite({FISHERS: history(600)})
    cursor = end(pull(site))
    site.paths()
    site.deliver(Mail("late@example.org", NOW - 100 * DAY, NOW + DAY))
    assert mirrored(pull(site, cursor)) == {"late@example.org"}
    assert site.paths()[-1] == f"list/{FISHERS}/export/archive.mbox.gz?message={message_hash('late@example.org')}"


def test_mail_that_arrives_while_history_is_read_is_found_on_resuming():
    site = FakeSite({FISHERS: history(900)})
    connector = site.connector()
    running = connector.pull(FISHERS, MESSAGES, since=None)
    held = [next(running), next(running)]
    site.deliver(Mail("meanwhile@example.org", NOW - 200 * DAY, NOW + DAY))
    site.deliver(Mail("meanwhile.2@example.org", NOW + DAY, NOW + DAY))
    rest = pull(site, end(held))
    assert mirrored([*held, *rest]) == ids(site)


def test_an_archive_put_in_underneath_is_read_too():
    site = FakeSite({FISHERS: history(200)})
    cursor = end(pull(site))
    for mail in history(150, last=NOW - 1500 * DAY):
        site.deliver(Mail("old." + mail.message_id, mail.sent_at, mail.sent_at))
    assert {mail for mail in ids(site) if mail.startswith("old.")} <= mirrored(pull(site, cursor))


def test_deleted_mail_on_top_does_not_hide_new_mail():
    site = FakeSite({FISHERS: history(200)})
    cursor = end(pull(site))
    del site.lists[FISHERS][-6:]
    site.deliver(Mail("new@example.org", NOW + DAY, NOW + DAY))
    assert "new@example.org" in mirrored(pull(site, cursor))


def test_new_mail_is_found_although_as_many_were_deleted():
    site = FakeSite({FISHERS: history(200)})
    cursor = end(pull(site))
    del site.lists[FISHERS][50]
    site.deliver(Mail("new@example.org", NOW - 300 * DAY, NOW + DAY))
    assert mirrored(pull(site, cursor)) == {"new@example.org"}


def test_a_cut_export_is_fetched_again_whole():
    site = FakeSite({FISHERS: history(30)}, fault=cut_exports(1))
    assert mirrored(pull(site)) == ids(site)
    assert len(site.waits) == 1


def test_an_export_that_is_cut_again_and_again_comes_in_smaller_windows():
    site = FakeSite({FISHERS: history(300)}, fault=cut_exports(9))
    assert mirrored(pull(site)) == ids(site)


def test_a_site_that_gives_up_over_long_windows_is_read_in_short_ones():
    def fault(request: httpx2.Request) -> httpx2.Response | None:
        if "/export/" not in request.url.path:
            return None
        query = request.url.params
        if "start" in query and "end" in query:
            days = date.fromisoformat(query["end"]) - date.fromisoformat(query["start"])
            return page(504, "") if days > 20 * DAY else None
        return (
            None if query.get("start", "") >= "2026-03-01" or query.get("end", "9") <= "2025-11-25" else page(502, "")
        )

    site = FakeSite({FISHERS: history(300)}, fault=fault)
    assert mirrored(pull(site)) == ids(site)


def test_a_day_the_site_cannot_deliver_is_held_back_not_promised_and_tried_after_a_week():
    bad = date(2026, 3, 1)

    def fault(request: httpx2.Request) -> httpx2.Response | None:
        query = request.url.params
        if "/export/" not in request.url.path or "message" in query:
            return None
        start, end_day = query.get("start", "0001-01-01"), query.get("end", "9999-01-01")
        return page(500, "") if start <= bad.isoformat() < end_day else None

    site = FakeSite({FISHERS: history(60)}, fault=fault)
    batches = pull(site)
    missing = {mail.message_id for mail in site.lists[FISHERS] if mail.sent_at.date() == bad}
    assert missing
    assert mirrored(batches) == ids(site) - missing
    assert [item.code for batch in batches for item in batch.rejected] == ["window_failed"]
    assert not [span for batch in batches for span in batch.covered if span.first <= bad <= span.last]
    site.paths()
    again = pull(site, end(batches))
    assert len(site.paths()) == 1
    site.fault, site.now = None, NOW + 8 * DAY
    later = pull(site, end(again))
    assert mirrored(later) >= missing
    # What was held back for these days no longer is.
    (item,) = (item for batch in batches for item in batch.rejected)
    assert item.source in {place.source for batch in later for place in batch.reread}
    assert [span for batch in later for span in batch.covered if span.first <= bad <= span.last]


def test_a_site_that_is_down_stops_the_pull_and_keeps_the_place():
    site = FakeSite({FISHERS: history(900)})
    connector = site.connector()
    running = connector.pull(FISHERS, MESSAGES, since=None)
    held = [next(running), next(running)]
    site.fault = lambda request: page(502, "")
    with pytest.raises(LineError):
        next(running)
    site.fault = None
    assert mirrored([*held, *pull(site, end(held))]) == ids(site)


def test_a_busy_site_is_waited_for_as_long_as_it_asks():
    answers = [httpx2.Response(429, headers={"Retry-After": "11"})]
    site = FakeSite({FISHERS: history(3)}, fault=lambda request: answers.pop() if answers else None)
    assert mirrored(pull(site)) == ids(site)
    assert site.waits == [11.0]
    site.fault = lambda request: httpx2.Response(503, headers={"Retry-After": "900"})
    with pytest.raises(PlatformBusyError):
        pull(site)


def test_late_mail_is_found_without_the_api_by_reading_the_last_quarter_again_once_a_month():
    site = FakeSite({FISHERS: history(60)}, has_api=False)
    cursor = end(pull(site))
    site.deliver(Mail("late@example.org", NOW - 40 * DAY, NOW + DAY))
    assert "late@example.org" not in mirrored(pull(site, cursor))
    site.now = NOW + 31 * DAY
    cursor = end(pull(site, cursor))
    site.paths()
    assert "late@example.org" in mirrored(pull(site, cursor))


def test_nothing_unreadable_stops_a_window():
    site = FakeSite({FISHERS: history(4)})
    noise = b"From nobody@example.org Tue Mar 10 12:00:00 2026\nX-Nothing: at all\n\nno date\n\n\n"
    whole = b"".join(mail.exported() for mail in site.lists[FISHERS])
    site.fault = lambda request: packed(gzipped(whole + noise)) if "/export/" in request.url.path else None
    assert mirrored(pull(site)) >= ids(site)


def test_a_site_that_delivers_nothing_is_not_asked_for_ever():
    site = FakeSite({FISHERS: history(900)})
    site.fault = lambda request: page(500, "") if "/export/" in request.url.path else None
    with pytest.raises(LineError):
        pull(site)
    assert len(site.paths()) < 70
