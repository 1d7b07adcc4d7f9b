"""Envelope: nothing is opened that is not whole, signed and for us; no file decides what opening it costs."""

import base64
import json
from datetime import UTC, datetime

import pytest
import zstandard

from workbench.errors import (
    BadInputError,
    EnvelopeCutError,
    EnvelopeDamagedError,
    EnvelopeLockedError,
    ForeignEnvelopeError,
    NewerEnvelopeError,
    OlderEnvelopeError,
    UntrustedSignerError,
)
from workbench.sync import envelope
from workbench.sync.envelope import (
    EnvelopeKind,
    HeaderDraft,
    Passphrase,
    digest_of,
    open_envelope,
    read_header,
    require_kind,
    require_trusted,
    seal,
)
from workbench.sync.identity import Identity

AT = datetime(2024, 6, 15, 12, 0, tzinfo=UTC)
AMINA = Identity.new(name="Amina Example", instance="first")
BO = Identity.new(name="Bo Example", instance="second")
DRAFT = HeaderDraft(
    kind=EnvelopeKind.OFFICE,
    schema=3,
    sequence=7,
    created=AT,
    stream="office:1",
    previous="ab",
    office="Office One",
    counts={"weeks": 2},
)


def sealed(payload: bytes = b"hello", *, draft: HeaderDraft = DRAFT) -> bytes:
    return seal(payload, header=draft, identity=AMINA, to=[BO.public.recipient])


def signed_anew(data: bytes, **values: object) -> bytes:
    """The same with other header values, signed by the sender: not damage, but what a strange sender could send."""
    first, head, _, body = data.split(b"\n", 3)
    changed = json.dumps(json.loads(head) | values).encode()
    signature = base64.b64encode(AMINA.sign(b"%s\n%s\n%s" % (first, changed, body)))
    return b"\n".join((first, changed, signature, body))


def test_what_was_sealed_opens_with_its_header():
    data = sealed(b"hello " * 1000)
    opened = open_envelope(data, identity=BO)
    assert opened.payload == b"hello " * 1000
    assert opened.digest == digest_of(data)
    header = opened.header
    assert header == read_header(data)
    assert (header.kind, header.schema, header.sequence, header.created) == (EnvelopeKind.OFFICE, 3, 7, AT)
    assert (header.stream, header.previous, header.office, header.counts) == (
        "office:1",
        "ab",
        "Office One",
        {"weeks": 2},
    )
    assert header.sender_identity == AMINA.public
    assert header.instance == "first"
    assert not header.needs_passphrase


def test_a_small_payload_is_a_small_file():
    assert len(sealed(b"[]")) < 1_200


def test_the_content_is_not_in_the_file():
    assert b"Safe water" not in sealed(b"Safe water")


def test_every_flipped_bit_and_every_cut_is_refused():
    data = sealed()
    for place in range(len(data)):
        for spoiled in (data[:place], data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]):
            with pytest.raises((EnvelopeDamagedError, ForeignEnvelopeError, OlderEnvelopeError)):
                open_envelope(spoiled, identity=BO)


@pytest.mark.parametrize("place", [0, 5, 60, 300])
def test_a_file_that_ends_early_says_so(place):
    with pytest.raises(EnvelopeCutError):
        read_header(sealed()[:place])


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"PK\x03\x04", ForeignEnvelopeError),
        (b"community-workbench-envelope 0\n{}\n\n", OlderEnvelopeError),
        (b"community-workbench-envelope 2\nanything at all", NewerEnvelopeError),
        (b"community-workbench-envelope x\n{}\n\n", EnvelopeDamagedError),
        (b"community-workbench-envelope 9999999\n{}\n\n", EnvelopeDamagedError),
        (b"community-workbench-envelope 1\n" + b"[" * 5_000 + b"\n\n", EnvelopeDamagedError),
        (b"community-workbench-envelope 1\n" + b" " * 70_000 + b"\n\n\n", EnvelopeDamagedError),
        (b"community-workbench-envelope 1\n" + b" " * 70_000, EnvelopeDamagedError),
    ],
)
def test_other_files_are_told_apart_by_their_beginning(data, error):
    with pytest.raises(error) as caught:
        read_header(data)
    assert type(caught.value) is error


def test_a_file_larger_than_any_of_ours_is_not_looked_into(monkeypatch):
    monkeypatch.setattr(envelope, "MOST_BYTES", 100)
    with pytest.raises(ForeignEnvelopeError):
        read_header(sealed())


@pytest.mark.parametrize(
    "values",
    [
        {"sequence": 0},
        {"sequence": -1},
        {"sequence": True},
        {"sequence": 1 << 60},
        {"size": "many"},
        {"created": "2024-06-15T12:00:00"},
        {"created": "yesterday"},
        {"counts": [1]},
        {"counts": {"cards": 1.5}},
        {"instance": ""},
        {"instance": "a\nb"},
        {"stream": "x" * 2_000},
        {"sender": ""},
        {"signer": "AAAA"},
        {"recipient": "age1"},
    ],
)
def test_a_header_that_says_what_cannot_be_is_damage(values):
    with pytest.raises(EnvelopeDamagedError):
        read_header(signed_anew(sealed(), **values))


def test_a_kind_to_come_asks_for_a_newer_version():
    with pytest.raises(NewerEnvelopeError):
        read_header(signed_anew(sealed(), kind="survey"))


def test_content_that_is_not_what_the_header_says_is_damage():
    with pytest.raises(EnvelopeDamagedError):
        open_envelope(signed_anew(sealed(), sha256="00"), identity=BO)


def test_what_is_for_others_does_not_open():
    with pytest.raises(ForeignEnvelopeError) as caught:
        open_envelope(sealed(), identity=AMINA)
    assert caught.value.details == {"cause": "not_for_us"}


def test_a_bomb_stops_at_the_limit(monkeypatch):
    monkeypatch.setattr(envelope, "MOST_PAYLOAD", 1 << 20)
    data = sealed(bytes(1 << 20))
    assert len(data) < 2_000
    assert len(open_envelope(data, identity=BO).payload) == 1 << 20
    monkeypatch.setattr(envelope, "MOST_PAYLOAD", (1 << 20) - 1)
    with pytest.raises(EnvelopeDamagedError):
        open_envelope(data, identity=BO)
    with pytest.raises(BadInputError):
        sealed(bytes(1 << 20))


def test_what_does_not_unpack_is_damage(monkeypatch):
    class Plain:
        def __init__(self, **_: object) -> None: ...

        def compress(self, payload: bytes) -> bytes:
            return payload

    with monkeypatch.context() as patched:
        patched.setattr(zstandard, "ZstdCompressor", Plain)
        data = sealed(b"not packed at all")
    with pytest.raises(EnvelopeDamagedError):
        open_envelope(data, identity=BO)


@pytest.mark.parametrize("to", [[], ["nobody"], Passphrase("")])
def test_sealing_for_nobody_is_refused(to):
    with pytest.raises(BadInputError):
        seal(b"", header=DRAFT, identity=AMINA, to=to)


def test_a_passphrase_is_asked_for_and_no_other_one_opens():
    # That the right one does is seen in the test of the command line: each try costs a second, as it should.
    data = seal(b"hello", header=DRAFT, identity=AMINA, to=Passphrase("three green boats"))
    assert read_header(data).needs_passphrase
    for given, cause in ((None, "missing"), ("three red boats", "wrong")):
        with pytest.raises(EnvelopeLockedError) as caught:
            open_envelope(data, identity=BO, passphrase=given)
        assert caught.value.details == {"cause": cause}


def test_a_file_does_not_choose_what_its_passphrase_costs():
    body = b"age-encryption.org/v1\n-> scrypt c2FsdHNhbHRzYWx0c2FsdA 30\nx"
    first, head, _, _ = sealed().split(b"\n", 3)
    changed = json.dumps(json.loads(head) | {"size": len(body)}).encode()
    signature = base64.b64encode(AMINA.sign(b"%s\n%s\n%s" % (first, changed, body)))
    with pytest.raises(EnvelopeDamagedError, match="memory"):
        open_envelope(b"\n".join((first, changed, signature, body)), identity=BO, passphrase="x")


def test_a_passphrase_is_not_in_a_repr():
    assert "boats" not in repr(Passphrase("three green boats"))


def test_kind_and_form_of_the_payload_are_asked_for():
    header = read_header(sealed())
    require_kind(header, EnvelopeKind.OFFICE, oldest=1, newest=3)
    with pytest.raises(ForeignEnvelopeError):
        require_kind(header, EnvelopeKind.PLAN, oldest=1, newest=3)
    with pytest.raises(OlderEnvelopeError):
        require_kind(header, EnvelopeKind.OFFICE, oldest=4, newest=5)
    with pytest.raises(NewerEnvelopeError):
        require_kind(header, EnvelopeKind.OFFICE, oldest=1, newest=2)


def test_only_trusted_signers_pass_and_a_known_name_with_another_key_says_so():
    header = read_header(sealed())
    require_trusted(header, {AMINA.public.signer: "Amina"})
    for trusted, cause in (({}, "new"), ({BO.public.signer: "amina example"}, "changed")):
        with pytest.raises(UntrustedSignerError) as caught:
            require_trusted(header, trusted)
        assert caught.value.details == {"cause": cause, "fingerprint": AMINA.public.fingerprint}
