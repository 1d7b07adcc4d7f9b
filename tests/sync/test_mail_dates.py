"""When a mail was sent: headers, envelopes, neighbours and dates nobody believes."""

from datetime import UTC, datetime

import pytest

from workbench.sync.mail_dates import ENVELOPE, header_date, sent_moment

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SENT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ENVELOPE_TEXT = "amina at example.org  Mon Jan  5 09:00:00 2026"


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 05 Jan 2026 09:00:00 +0000",
        "Mon, 5 Jan 2026 11:00:00 +0200 (EET)",
        "5 Jan 2026 04:00:00 EST",
        "Mon Jan  5 09:00:00 2026",
        "Mon, 05 Jan 26 09:00:00 GMT",
        "Mon, 05 Jan 2026 09:00:00",
        "Mon, 05 Jan 2026 09:00:00 +9900",
    ],
)
def test_every_usual_way_of_writing_a_date_is_read(text):
    assert header_date(text) == SENT


@pytest.mark.parametrize("text", [None, "", "yesterday", "Mon, 32 Jan 2026 09:00:00 +0000", "0 0 0 0", "x" * 9999])
def test_what_is_no_date_is_none(text):
    assert header_date(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "From amina at example.org  Mon Jan  5 09:00:00 2026",
        "From amina@example.org Mon Jan  5 09:00 2026",
        "From amina@example.org Mon Jan 05 09:00:00 EST 2026",
        "From amina@example.org Mon Jan  5 09:00:00 2026 +0200",
        "From - Mon Jan 05 09:00:00 2026",
        "From amina@example.org Mon 05 Jan 2026 09:00:00 AM UTC",
        "From uucp Mon Jan  5 09:00:00 2026 remote from host",
    ],
)
def test_envelopes_of_many_programs_are_recognised(line):
    assert ENVELOPE.fullmatch(line.encode())


@pytest.mark.parametrize(
    "line", ["From the beach", "From Monday on", "From Amina, 5 Jan 2026", "From x on Mon Jan 5 we met at 09:00"]
)
def test_sentences_are_no_envelopes(line):
    assert ENVELOPE.fullmatch(line.encode()) is None


@pytest.mark.parametrize(
    "header", [None, "", "soon", "Thu, 01 Jan 1970 00:00:00 +0000", "Thu, 01 Jan 2099 00:00:00 +0000"]
)
def test_missing_and_absurd_dates_are_taken_from_envelope_then_neighbour(header):
    assert sent_moment(header, ENVELOPE_TEXT, now=NOW, previous_at=None) == (SENT, True)
    assert sent_moment(header, "amina  Thu Jan  1 00:00:00 1970", now=NOW, previous_at=SENT) == (SENT, True)
    assert sent_moment(header, None, now=NOW, previous_at=SENT) == (SENT, True)
    assert sent_moment(header, None, now=NOW, previous_at=None) is None


def test_a_clock_two_days_fast_is_still_believed():
    assert sent_moment("Tue, 03 Mar 2026 00:00:00 +0000", None, now=NOW, previous_at=None) is not None
    assert sent_moment("Tue, 03 Mar 2026 00:00:01 +0000", None, now=NOW, previous_at=None) is None
    assert sent_moment("Tue, 03 Mar 2026 00:00:01 +0000", None, now=None, previous_at=None) is not None
