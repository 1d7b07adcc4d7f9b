"""An export window: every mail becomes a record, and what is none is held back with its place."""

from dataclasses import replace
from datetime import timedelta

from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, history
from workbench.sync.api_client import Answer
from workbench.sync.hyperkitty.export import messages_of, rest_after
from workbench.sync.windows import DayWindow


def answer(body: bytes) -> Answer:
    return Answer(status=200, body=body, served_at=NOW, headers={})


def test_mails_become_records_and_the_rest_is_named():
    mails = history(3)
    body = b"".join(mail.exported() for mail in mails) + b"From x Thu Jan  1 00:00:00 1970\n\n"
    records, rejected = messages_of(answer(body), FISHERS, "the window")
    assert [record.remote_id for record in records] == [mail.message_id for mail in mails]
    assert {item.source for item in rejected} <= {"the window"}
    assert messages_of(answer(b""), FISHERS, "the window") == ([], [])


def test_of_a_cut_export_the_last_mail_is_left_out():
    body = b"".join(mail.exported() for mail in history(3))
    records, rejected = messages_of(replace(answer(body[:-40]), is_cut=True), FISHERS, "the window")
    assert [record.remote_id for record in records] == [mail.message_id for mail in history(3)[:2]]
    assert rejected == []


def test_what_is_asked_for_again_begins_on_the_day_of_the_last_mails_that_came():
    mails = history(20, every=timedelta(days=1))
    records, _ = messages_of(answer(b"".join(mail.exported() for mail in mails[:10])), FISHERS, "")
    first, last = mails[0].sent_at.date(), mails[9].sent_at.date()
    three_back = last - timedelta(days=2)
    assert rest_after(DayWindow(first, None), records) == DayWindow(three_back, None)
    assert rest_after(DayWindow(None, last), records) == DayWindow(three_back, last)
    assert rest_after(DayWindow(three_back, None), records[-3:]) is None
    assert rest_after(DayWindow(first, None), []) is None
    # A mail with a date of its envelope only says nothing of the days the site would leave out.
    guessed = [replace(record, sent_at_is_guess=True) for record in records]
    assert rest_after(DayWindow(first, None), guessed) is None
