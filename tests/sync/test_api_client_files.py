"""Files that break off: taken where their beginning is worth having, asked for again where not."""

import gzip

import pytest

from tests.sync.clients import at_port
from tests.sync.raw_server import RawServer
from workbench.errors import (
    LineError,
)
from workbench.sync.gate import Expect

# -- files that break off

MBOX = b"".join(b"From %d\n" % number for number in range(400))

PACKED_MBOX = gzip.compress(MBOX, mtime=0)

FILE_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/gzip\r\nDate: Tue, 10 Mar 2026 12:00:00 GMT\r\n"

CUT_FILES = {
    "of a stated length": b"Content-Length: %d\r\n\r\n" % len(PACKED_MBOX) + PACKED_MBOX[:400],
    "in chunks": b"Transfer-Encoding: chunked\r\n\r\n400\r\n" + PACKED_MBOX[:400],
    "of no length": b"Connection: close\r\n\r\n" + PACKED_MBOX[:400],
}


@pytest.mark.parametrize("kind", CUT_FILES)
@pytest.mark.parametrize("is_ahead", [True, False], ids=["begun ahead", "asked for"])
def test_what_came_of_a_file_is_an_answer_where_it_is_worth_having(kind: str, is_ahead: bool):
    with RawServer([FILE_HEAD + CUT_FILES[kind]]) as server, at_port(server.port) as client:
        if is_ahead:
            client.ahead("export", {}, expect=Expect.GZIP, in_part=bool)
        answer = client.get("export", {}, expect=Expect.GZIP, in_part=bool)
        assert answer.is_cut
        assert MBOX.startswith(answer.body)
        assert (len(answer.body) > 100, answer.size) == (True, 400)
        assert client.traffic.bytes_in > 400
    assert len(server.asked) == 1


def test_what_is_not_worth_having_is_asked_for_again():
    parts: list[bytes] = []
    cut, whole = FILE_HEAD + CUT_FILES["in chunks"], b"Connection: close\r\n\r\n" + PACKED_MBOX
    with RawServer([cut, FILE_HEAD + whole]) as server, at_port(server.port) as client:
        answer = client.get("export", {}, expect=Expect.GZIP, in_part=lambda part: bool(parts.append(part)))
    assert (answer.body, answer.is_cut) == (MBOX, False)
    assert len(parts) == 1
    assert len(server.asked) == 2


def test_without_a_word_the_beginning_of_a_file_is_a_broken_line():
    reply = FILE_HEAD + CUT_FILES["in chunks"]
    with RawServer([reply]) as server, at_port(server.port) as client, pytest.raises(LineError):
        client.get("export", {}, expect=Expect.GZIP, attempts=1)
    assert len(server.asked) == 1
