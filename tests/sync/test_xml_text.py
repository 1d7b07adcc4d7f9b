"""XML: whole documents give their elements; everything XML could do beyond that is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import LineError
from workbench.sync.causes import Cause
from workbench.sync.xml_text import parse_xml

FEED = """
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:snx="http://www.example.org/snx" xml:lang="en">
  <entry snx:kind="topic" term="water"><title>Wells &amp; <![CDATA[<pumps>]]> für Zoë</title></entry>
</feed>""".encode()
ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_feed_is_read_with_its_namespaces():
    root = parse_xml(FEED)
    entry = root.find(f"{ATOM}entry")
    assert root.tag == f"{ATOM}feed"
    assert root.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
    assert entry is not None
    assert entry.attrib == {"{http://www.example.org/snx}kind": "topic", "term": "water"}
    assert entry.findtext(f"{ATOM}title") == "Wells & <pumps> für Zoë"


def test_other_encodings_are_read_where_they_are_named():
    assert parse_xml('<?xml version="1.0" encoding="iso-8859-1"?><a>für</a>'.encode("iso-8859-1")).text == "für"
    assert parse_xml('<?xml version="1.0"?><a>für</a>'.encode("utf-16")).text == "für"


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
BAD = {
    "nothing": b"",
    "blanks": b" \n ",
    "half of it": FEED[:-10],
    "two roots": b"<a/><b/>",
    "crossed ends": b"<a><b></a></b>",
    "a sign-in page": b"<html><body>Sign in<br></body></html>",
    "JSON": b'{"a": 1}',
    "entities that grow": LAUGHS,
    "a file of ours": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
    "a DOCTYPE alone": b"<!DOCTYPE html><html/>",
    "an unknown entity": b"<a>&nbsp;</a>",
    "bad UTF-8": b"<a>\xff</a>",
    "an unknown encoding": b'<?xml version="1.0" encoding="x-nobody"?><a/>',
    "an unbound prefix": b"<x:a/>",
    "a deep nest": b"<a>" * 100_000 + b"</a>" * 100_000,
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_not_plain_whole_xml_is_a_bad_reply(kind: str):
    with pytest.raises(LineError) as caught:
        parse_xml(BAD[kind])
    assert caught.value.details["cause"] == Cause.BAD_REPLY


def test_more_than_the_cap_is_too_large():
    with pytest.raises(LineError) as caught:
        parse_xml(b"<a>" + b"x" * 100 + b"</a>", cap=100)
    assert caught.value.details["cause"] == Cause.TOO_LARGE


@given(st.binary(max_size=200) | st.text(alphabet="<>/&;a b=\"'![]CDATA-?xml", max_size=80).map(str.encode))
def test_any_bytes_are_xml_or_refused(body: bytes):
    with suppress(LineError):  # the only error there may be
        assert parse_xml(body).tag
