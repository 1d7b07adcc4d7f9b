"""The HyperKitty stand-in: shapes and habits as its source and recorded answers have them."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.platforms.hyperkitty_asked import API, EXPORT, WELLS, a_site, ask, listed, mails
from tests.platforms.hyperkitty_shelf import hash_of, message_id_of
from tests.platforms.world import BEGINNING

RECORDED = Path(__file__).parents[1] / "sync" / "connectors" / "hyperkitty"


def test_lists_and_mails_have_the_names_of_recorded_ones():
    platform = a_site()
    for name, path in (("list-200.json", API), ("emails-page-200.json", f"{API}emails/?limit=2")):
        recorded, told = json.loads((RECORDED / name).read_bytes()), listed(platform, path)
        assert list(told) == list(recorded)
        if "results" in told:
            assert list(told["results"][0]) == list(recorded["results"][0])
            assert list(told["results"][0]["sender"]) == list(recorded["results"][0]["sender"])


def test_a_page_needs_a_limit_and_everything_comes_without_one():
    platform = a_site()
    page = listed(platform, f"{API}emails/?limit=50&offset=50")
    assert (page["count"], len(page["results"])) == (120, 50)
    assert page["next"].endswith("/emails/?format=json&limit=50&offset=100")
    assert page["previous"].endswith("/emails/?format=json&limit=50")
    for bare in ("", "?limit=0", "?limit=-1", "?limit=many"):
        assert len(listed(platform, f"{API}emails/{bare}")) == 120
    assert listed(platform, f"{API}emails/?limit=100000")["next"] is None
    assert len(listed(a_site(page_size=10), f"{API}emails/")["results"]) == 10
    assert len(listed(a_site(bare_arrays_only=True), f"{API}emails/?limit=5")) == 120


def test_an_unknown_list_is_missing_or_breaks_the_site():
    platform = a_site()
    unknown = API.replace("water-points", "nobody")
    assert listed(platform, unknown) == {"detail": "No MailingList matches the given query."}
    for path, status in (("", 404), ("emails/", 500), ("threads/", 500), ("thread/X/emails/", 500), ("email/X/", 404)):
        assert ask(platform, unknown + path).status_code == status
    assert ask(platform, f"{API}email/X/").json() == {"detail": "No Email matches the given query."}
    assert ask(platform, EXPORT.replace("water-points", "nobody")).status_code == 404
    assert ask(platform, API, headers={"Accept": "text/html"}).headers["content-type"].startswith("text/html")
    assert ask(a_site(no_api=True), "/hyperkitty/api/lists/").status_code == 404


def test_mails_are_named_by_hash_and_addresses_are_disguised():
    platform = a_site()
    (first, *_) = platform.world.shown()
    told = listed(platform, f"{API}email/{hash_of(message_id_of(first))}/")
    assert (told["content"].rstrip(), told["parent"], told["attachments"]) == (first.text, None, [])
    assert " (a) example.org" in told["sender"]["address"]
    thread = listed(platform, f"{API}thread/{told['message_id_hash']}/")
    below = listed(platform, f"{API}thread/{told['message_id_hash']}/emails/?limit=100")["results"]
    assert thread["replies_count"] == len(below) - 1
    assert [item["message_id"] for item in below[:1]] == [message_id_of(first)]
    assert {item["message_id"] for item in below} == {message_id_of(said) for said in platform.world.thread(first.id)}


def test_an_export_is_rebuilt_mail_of_whole_days_by_their_date():
    platform = a_site(messages=0)
    world = platform.world
    text = "First line\nFrom here on it is dry.\nJosé " + "pump " * 40
    root = world.say(11, 2, text, subject="Wells, and the 30 other things we wrote about in the letter of last week").id
    world.pass_time(days=2)
    world.say(11, 3, "Short", parent=root)
    reply = ask(platform, EXPORT)
    assert (reply.headers["content-type"], "content-length" in reply.headers) == ("application/gzip", False)
    assert ask(platform, EXPORT, headers={"Range": "bytes=10-"}).status_code == 200
    first, second = mails(reply)
    assert set(first.keys()) == {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}
    # A long subject begins in the line below its name.
    assert (first["Subject"].strip(), first["To"]) == (world.said[root].subject, WELLS)
    assert first.get_content_type() == "multipart/mixed"
    assert first.get_body(("plain",)).get_content().rstrip() == text.replace("\nFrom", "\n>From").rstrip()
    assert second["In-Reply-To"] == first["Message-ID"]
    assert "References" not in second
    assert mails(ask(platform, EXPORT))[0].get_boundary() != first.get_boundary()
    day = BEGINNING.date()
    assert len(mails(ask(platform, f"{EXPORT}?start={day}&end={day + timedelta(days=2)}"))) == 1
    assert len(mails(ask(platform, f"{EXPORT}?start=2026-3-3"))) == 1
    assert len(mails(ask(platform, f"{EXPORT}?message={hash_of(message_id_of(world.said[root]))}"))) == 1
    assert len(ask(platform, f"{EXPORT}?start=2030-01-01").content) == 20
    assert ask(platform, f"{EXPORT}?start=2026-03-01T10:00").text == "Invalid dates"
    assert ask(a_site(export_disabled=True), EXPORT).text == "Archive download disabled."


def test_large_windows_fail_and_cut_ones_are_no_gzip():
    platform = a_site(slow_windows=100)
    assert ask(platform, EXPORT).status_code == 500
    assert ask(platform, f"{EXPORT}?start={BEGINNING.date() - timedelta(days=20)}").status_code == 200
    with pytest.raises(EOFError):
        gzip.decompress(ask(a_site(cut_exports=True), EXPORT).content)


def test_late_mail_stands_on_top_and_in_the_window_of_its_date():
    platform = a_site()
    late = platform.world.say(11, 2, "Sent from the boat", subject="Late", at=BEGINNING - timedelta(days=60))
    held = platform.world.say(11, 3, "Held", subject="Held")
    held.shown_from = BEGINNING + timedelta(days=3)
    assert listed(platform, f"{API}emails/?limit=1")["results"][0]["message_id"] == message_id_of(late)
    assert listed(platform, f"{API}threads/?limit=1")["results"][0]["subject"] != "Late"
    assert "Late" not in {mail["Subject"] for mail in mails(ask(platform, f"{EXPORT}?start={BEGINNING.date()}"))}
    platform.world.pass_time(days=3)
    assert listed(platform, f"{API}emails/?limit=1")["results"][0]["message_id"] == message_id_of(held)
    assert mails(ask(platform, f"{EXPORT}?start={BEGINNING.date()}"))[-1].get_unixfrom() is not None


def test_a_list_may_put_its_prefix_before_subjects_and_tells_who_wrote_what():
    platform = a_site(groups=2, prefix=True)
    platform.world.groups[12].is_hidden = True
    (shown,) = listed(platform, "/hyperkitty/api/lists/")
    (newest,) = listed(platform, f"{API}emails/?limit=1")["results"]
    assert newest["subject"].startswith(shown["subject_prefix"])
    assert mails(ask(platform, EXPORT))[-1]["Subject"].startswith(shown["subject_prefix"])
    theirs = [said for said in platform.world.shown(11) if said.author == 2]
    told = listed(platform, "/hyperkitty/api/sender/bruno2@example.org/emails/")
    assert [item["message_id"] for item in told] == [message_id_of(said) for said in reversed(theirs)]
    assert ask(platform, f"/hyperkitty/list/{WELLS}/feed/").text.count("<item>") == 30
    assert ask(platform, API, method="POST").status_code == 405


def test_an_owner_who_deletes_a_mail_leaves_no_trace_but_in_its_answers():
    platform = a_site(messages=0)
    world = platform.world
    root = world.say(11, 1, "Root", subject="Wells").id
    first, second = (world.say(11, number, f"Answer {number}", parent=root) for number in (2, 3))
    answer = f"{API}email/{hash_of(message_id_of(first))}/"
    before = listed(platform, answer)
    world.edit(first.id, "Other words")
    assert listed(platform, answer) == before
    world.remove(root)
    told = listed(platform, f"{API}emails/?limit=5")
    assert told["count"] == 2
    assert [item["parent"] is None for item in told["results"]] == [False, True]
    assert told["results"][0]["parent"].endswith(f"email/{hash_of(message_id_of(first))}/?format=json")
    assert mails(ask(platform, EXPORT))[1]["In-Reply-To"] == f"<{message_id_of(world.said[root])}>"
    assert second.parent == root


def test_what_is_sent_to_a_list_is_taken_once_and_may_wait():
    platform = a_site(held=True)
    (first, *_) = platform.world.shown()
    sent = (
        f"From: Bruno Example 2 <bruno2@example.org>\r\nTo: {WELLS}\r\nSubject: Re: it\r\nMessage-ID: <k1@example.org>\r\n"
        f"In-Reply-To: <{message_id_of(first)}>\r\n\r\nMended.\r\n"
    ).encode()
    said = platform.deliver(sent)
    assert said is not None
    assert platform.deliver(sent) is None
    assert ask(platform, f"{API}email/{hash_of('k1@example.org')}/").status_code == 404
    platform.release()
    told = ask(platform, f"{API}email/{hash_of('k1@example.org')}/").json()
    assert (told["content"], said.root) == ("Mended.\n", first.id)
    assert told["parent"].endswith(f"email/{hash_of(message_id_of(first))}/")


def test_every_date_carries_the_day_of_its_writer():
    platform = a_site(messages=0)
    at = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    platform.world.say(11, 1, "Late in Geneva, early in Suva", subject="Hours", at=at)
    platform.world.say(11, 4, "Likewise", subject="Hours", at=at)
    exported = mails(ask(platform, f"{EXPORT}?start=2026-03-02&end=2026-03-03"))
    assert {mail["Date"].datetime for mail in exported} == {at}
    assert len({mail["Date"].datetime.utcoffset() for mail in exported}) == 2
