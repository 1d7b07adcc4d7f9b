"""One mail as bytes into a record: ids, references, dates, authors, and what is held back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.sync import mail
from workbench.sync.mail import message_ids, message_record
from workbench.sync.people import address_key
from workbench.sync.records import MessageRecord, Rejected

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SENT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ENVELOPE = "amina at example.org  Mon Jan  5 09:00:00 2026"
HEADERS = {
    "From": "amina at example.org (Amina Example)",
    "Date": "Mon, 05 Jan 2026 09:00:00 +0000",
    "Subject": "[fishers] Water points",
    "Message-ID": "<one@example.org>",
}


def a_mail(body: str | bytes = "Hello\n", *, without: tuple[str, ...] = (), **headers: str) -> bytes:
    named = HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\n" for name, value in named.items() if name not in without)
    return head.encode("utf-8", "surrogateescape") + b"\n" + (body if isinstance(body, bytes) else body.encode())


def read(raw: bytes, *, envelope: str | None = None, previous_at: datetime | None = None):
    return message_record(
        raw, community="fishers", envelope=envelope, source="a.mbox", position=7, now=NOW, previous_at=previous_at
    )


def test_a_plain_mail_becomes_a_record():
    record = read(a_mail(In_Reply_To="<zero@example.org>"))
    assert (record.remote_id, record.community, record.sent_at) == ("one@example.org", "fishers", SENT)
    assert (record.subject, record.thread_subject_key, record.subject_key) == (
        "[fishers] Water points",
        "water points",
        None,
    )
    assert (record.text, record.html, record.references) == ("Hello", None, ("zero@example.org",))
    assert (record.author.name, record.author.address_key) == ("Amina Example", address_key("amina@example.org"))
    assert not record.sent_at_is_guess


def test_only_a_reply_has_a_subject_to_be_found_by():
    assert read(a_mail(Subject="AW: [fishers] Water points")).subject_key == "water points"


def test_encoded_and_folded_headers_are_read():
    raw = a_mail(
        Subject="=?utf-8?q?Points_d=E2=80=99eau?=\n\t=?utf-8?b?IOawtA==?=", From="=?utf-8?q?J=C3=B6rg?= <j@example.org>"
    )
    record = read(raw)
    assert (record.subject, record.author.name) == ("Points d’eau 水", "Jörg")


def test_nearest_reference_comes_first_and_only_ids_in_brackets_count():
    record = read(
        a_mail(References="<a@x> junk <b@x>\n\t<c at x> <one@example.org>", In_Reply_To="Your message of Monday <c@x>")
    )
    assert record.references == ("c@x", "b@x", "a@x")
    assert read(a_mail(References="<a@x> <b@x>", In_Reply_To="<parent@x>")).references == ("parent@x", "b@x", "a@x")
    assert read(a_mail(In_Reply_To="Amina's mail of Monday")).references == ()


def test_at_most_thirty_references_are_kept():
    record = read(a_mail(References=" ".join(f"<{number}@x>" for number in range(100))))
    assert record.references == tuple(f"{number}@x" for number in range(99, 69, -1))


def test_ids_are_written_alike_however_disguised():
    assert message_ids("<a at example.org> <b@\n example.org> <>") == ["a@example.org", "b@example.org"]
    assert message_ids(f"<{'x' * 400}>") == ["x" * 255]
    assert read(a_mail(Message_ID="bare@example.org")).remote_id == "bare@example.org"


def test_a_missing_id_is_made_from_what_was_said_and_always_the_same():
    record = read(a_mail(without=("Message-ID",)))
    assert record.remote_id == read(a_mail(without=("Message-ID",)), envelope=ENVELOPE).remote_id
    assert record.remote_id == read(a_mail(Message_ID="<>")).remote_id
    assert record.remote_id != read(a_mail("Hello you\n", without=("Message-ID",))).remote_id
    guessed = a_mail(without=("Message-ID", "Date"))
    assert read(guessed, envelope=ENVELOPE).remote_id == read(guessed, previous_at=NOW).remote_id


@pytest.mark.parametrize("date", ["", "soon", "Thu, 01 Jan 1970 00:00:00 +0000", "Thu, 01 Jan 2099 00:00:00 +0000"])
def test_absurd_dates_are_guessed_and_marked(date):
    record = read(a_mail(Date=date), envelope=ENVELOPE)
    assert (record.sent_at, record.sent_at_is_guess) == (SENT, True)
    assert read(a_mail(Date=date), previous_at=SENT) == record


def test_a_mail_that_nothing_dates_is_held_back():
    rejected = read(a_mail(without=("Date",)))
    assert (rejected.source, rejected.position, rejected.code) == ("a.mbox", 7, "no_date")


def test_mangled_from_lines_are_restored_once():
    record = read(a_mail("a\n>From here\n>>From there\nFrom now on\n"))
    assert record.text == "a\nFrom here\n>>From there\nFrom now on"


def test_a_header_that_lost_its_indent_does_not_hide_the_others():
    raw = a_mail().replace(b"Subject: [fishers] Water points", b"Subject: [fishers] Water\npoints and wells")
    record = read(raw)
    assert (record.remote_id, record.subject) == ("one@example.org", "[fishers] Water points and wells")


def test_text_without_a_blank_line_after_the_header_is_body():
    assert read(b"From: a@example.org\nDate: Mon, 05 Jan 2026 09:00:00 +0000\nno colon here\n\nmore").text == (
        "no colon here\n\nmore"
    )


def test_windows_line_ends_and_control_characters_go():
    assert read(a_mail("a\r\nb\x00\x07\r\n").replace(b"\n", b"\r\n", 4)).text == "a\nb"


def test_author_is_found_elsewhere_when_from_is_missing():
    assert read(a_mail(without=("From",), Sender="bo@example.org")).author.name == "bo"
    record = read(a_mail(without=("From",)), envelope=ENVELOPE)
    assert record.author.address_key == address_key("amina@example.org")


def test_multipart_mail_is_parsed_whole():
    body = "--s\nContent-Type: text/plain; charset=utf-8\n\n>From Jörg\n--s\nContent-Type: image/png; name=a.png\n\nx\n--s--\n"
    record = read(a_mail(body, Content_Type="multipart/mixed; boundary=s"))
    assert record.text == "From Jörg\n[attachment: a.png, 1 kB]"


def test_what_is_too_large_or_too_deep_is_held_back(monkeypatch):
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    assert read(a_mail(without=("Subject",), body="")[:-1] + deep.encode()).code == "too_deep"
    monkeypatch.setattr(mail, "MESSAGE_LINES", 3)
    assert read(a_mail("\n" * 9, Content_Type="multipart/mixed; boundary=s")).code == "too_large"
    monkeypatch.setattr(mail, "HEAD_BYTES", 300)
    assert read(a_mail(References="<a@x> " * 90)).code == "too_large"
    monkeypatch.setattr(mail, "MESSAGE_BYTES", 500)
    assert read(a_mail("x" * 600)).code == "too_large"
    assert read(b"").code == "not_mail"


def test_a_line_of_five_megabytes_is_a_mail_like_any_other():
    assert len(read(a_mail("word " * 1_000_000)).text) == 4_999_999


def test_no_address_is_in_the_record():
    record = read(a_mail(Reply_To="secret@example.org", Cc="hidden@example.org"))
    shown = repr(replace(record, remote_id=""))
    for address in ("amina@", "amina at", "secret", "hidden"):
        assert address not in shown


@settings(max_examples=150)
@given(
    head=st.lists(
        st.tuples(
            st.sampled_from(
                ["From", "Date", "Subject", "Message-ID", "References", "Content-Type", "Content-Transfer-Encoding"]
            ),
            st.one_of(
                st.binary(max_size=40),
                st.sampled_from(
                    [b"text/html; charset=\xff", b"multipart/mixed; boundary=s", b"base64", b"x; charset*=a'b"]
                ),
            ),
        ),
        max_size=8,
    ),
    body=st.one_of(
        st.binary(max_size=200), st.just(b"--s\nContent-Disposition: attachment; filename*=x''%\n\n\xff\n--s--")
    ),
)
def test_whatever_stands_in_a_mail_it_is_read_or_held_back(head, body):
    raw = b"".join(name.encode() + b": " + value + b"\n" for name, value in head) + b"\n" + body
    record = read(raw, previous_at=SENT)
    assert isinstance(record, MessageRecord | Rejected)
    if isinstance(record, MessageRecord):
        for text in (record.remote_id, record.subject, record.text, record.html or "", record.author.name):
            assert text.encode().decode() == text
            assert "\x00" not in text


def test_message_id_of_nothing_but_control_characters_counts_as_missing():
    record = read(b"Message-ID: \x00\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n\nwords")
    assert isinstance(record, MessageRecord)
    assert "\x00" not in record.remote_id
    assert len(record.remote_id) > 10
