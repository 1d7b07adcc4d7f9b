"""Mails in a stream of bytes: where one ends and the next begins, whatever stands in them."""

import pytest

from workbench.sync.archives import looks_like_mail, pieces

HEAD = b"From: amina@example.org\nSubject: x\n\n"
LINE = b"From amina at example.org  Mon Jan  5 09:00:00 2026\n"


def split(data: bytes, *, step: int | None = None, start: int = 0, limit: int = 25_000_000):
    step = step or max(len(data), 1)
    chunks = (data[place : place + step] for place in range(start, len(data), step))
    return [piece for piece in pieces(chunks, start=start, limit=limit) if piece is not None]


def a_mail(body: bytes) -> bytes:
    return LINE + HEAD + body + b"\n"


def test_mails_come_one_by_one_with_their_offsets():
    data = a_mail(b"one\n") + a_mail(b"two\n")
    first, second = split(data)
    assert (first.start, first.end, second.start, second.end) == (0, len(data) // 2, len(data) // 2, len(data))
    assert first.raw == HEAD + b"one\n\n"
    assert first.envelope == "amina at example.org  Mon Jan  5 09:00:00 2026"


@pytest.mark.parametrize(
    "body",
    [
        b"\nFrom the shore we see boats.\n",
        b"\nFrom Monday on: closed.\nSubject: no\n",
        b"text\n" + LINE + b"no blank line before: quoted\n",
        b"\n" + LINE + b"no header after it\n",
        b"\n" + LINE + b"\n",
        b"\nFrom " + b"x" * 5000 + b" Mon Jan  5 09:00:00 2026\nSubject: x\n",
        b"\n>" + LINE + HEAD,
    ],
)
def test_a_from_line_in_a_body_starts_no_mail(body):
    assert len(split(a_mail(body) + a_mail(b"next\n"))) == 2


@pytest.mark.parametrize("step", [1, 2, 3, 7, 64, 1000])
def test_chunks_of_any_size_give_the_same_mails(step):
    data = a_mail(b"one\n\nFrom here\n") + a_mail(b"\r\n") + a_mail(b"\n" + LINE + b"\n") + a_mail(b"last")
    assert split(data, step=step) == split(data)


def test_reading_on_from_any_mail_gives_the_rest():
    data = a_mail(b"one\n") + a_mail(b"two\n") + a_mail(b"three\n")
    whole = split(data)
    for number, piece in enumerate(whole):
        assert split(data, start=piece.end, step=10) == whole[number + 1 :]


def test_windows_line_ends_are_understood():
    data = (a_mail(b"one\n") + a_mail(b"two\n")).replace(b"\n", b"\r\n")
    assert [piece.envelope for piece in split(data)] == ["amina at example.org  Mon Jan  5 09:00:00 2026"] * 2


def test_the_same_sender_twice_stands_in_for_a_forgotten_blank_line():
    pipermail = LINE + b"From: amina at example.org (Amina Example)\n\nURL: https://example.org/1.html\n"
    assert len(split(pipermail + pipermail)) == 2
    assert len(split(pipermail + pipermail.replace(b"amina", b"boris", 1))) == 1


def test_a_mail_over_the_limit_is_passed_by_and_the_rest_goes_on():
    data = a_mail(b"one\n") + a_mail(b"x\n" * 5000) + a_mail(b"three\n")
    first, long, third = split(data, step=512, limit=4000)
    assert (first.fault, long.fault, third.fault) == ("", "too_large", "")
    assert (long.raw, long.start, long.end) == (None, first.end, third.start)
    assert third.raw == HEAD + b"three\n\n"


def test_a_long_mail_is_not_held_in_memory():
    def chunks():
        yield a_mail(b"one\n")
        for _ in range(1000):
            yield b"no line end " * 500

    held = list(pieces(chunks(), limit=10_000))
    assert [piece.fault for piece in held if piece] == ["too_large"]
    assert len([piece for piece in held if piece is None]) > 1000


def test_a_first_mail_without_an_envelope_is_read():
    data = b"\xef\xbb\xbf" + HEAD + b"one\n\n" + a_mail(b"two\n")
    first, second = split(data)
    assert (first.envelope, first.raw) == (None, HEAD + b"one\n\n")
    assert second.envelope is not None


def test_rubbish_before_the_first_mail_is_named():
    rubbish, mail = split(b"<html>Not found</html>\n\n" + a_mail(b"one\n"))
    assert (rubbish.fault, rubbish.raw, mail.fault) == ("not_mail", None, "")


def test_a_stream_that_breaks_off_keeps_back_the_mail_it_broke_in():
    def chunks():
        yield a_mail(b"one\n") + a_mail(b"two and then")
        raise EOFError

    stream = pieces(chunks())
    assert next(stream).raw == HEAD + b"one\n\n"
    assert next(stream) is None
    with pytest.raises(EOFError):
        next(stream)


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", a_mail(b""), HEAD, b"Received: x\n\ty\nFrom: z\n", b"rubbish\n\n" + a_mail(b"x")]
)
def test_mail_is_recognised(data):
    assert looks_like_mail(data)


@pytest.mark.parametrize(
    "data", [b"\x00" * 99, bytes(range(256)) * 9, b"Read me first\n\nplease", b"%PDF-1.7\n", b"a: b\n\nc"]
)
def test_other_files_are_not_taken_for_mail(data):
    assert not looks_like_mail(data)


def test_hostile_headers_take_no_time_to_speak_of():
    assert not looks_like_mail(b"X: y\r\n" * 11_000)
