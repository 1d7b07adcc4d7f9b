"""Files that are damaged, of another kind or form, or bad inside: told apart, and nothing changes."""

from pathlib import Path

import pytest

from tests.operations.laptops import Laptop, card_called, stored, two_laptops
from workbench.errors import (
    EnvelopeCutError,
    EnvelopeDamagedError,
    ForeignEnvelopeError,
    NewerEnvelopeError,
    OlderEnvelopeError,
)
from workbench.ids import PlanId
from workbench.operations.partners import own_identity, partner_store
from workbench.plans.carrying import PlanPayload, packed
from workbench.plans.document import FORMAT, PlanDocument
from workbench.sync.envelope import EnvelopeKind


def damaged(data: bytes) -> bytes:
    return data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]


def in_form(number: bytes):
    return lambda data: data.replace(
        b"community-workbench-envelope 1\n", b"community-workbench-envelope " + number + b"\n", 1
    )


BAD_FILES = {
    "damaged": (damaged, EnvelopeDamagedError),
    "cut in its body": (lambda data: data[:-1], EnvelopeCutError),
    "cut in its header": (lambda data: data[:100], EnvelopeCutError),
    "cut in its first line": (lambda data: data[:10], EnvelopeCutError),
    "empty": (lambda data: b"", EnvelopeCutError),
    "foreign": (lambda data: b"PK\x03\x04 a picture", ForeignEnvelopeError),
    "older form": (in_form(b"0"), OlderEnvelopeError),
    "newer form": (in_form(b"2"), NewerEnvelopeError),
    "header changed": (lambda data: data.replace(b'"sequence":1', b'"sequence":9', 1), EnvelopeDamagedError),
    "something behind it": (lambda data: data + b"x", EnvelopeDamagedError),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_bad_files_are_told_apart_and_change_nothing(tmp_path, kind):
    spoil, error = BAD_FILES[kind]
    amina, bo = two_laptops(tmp_path)
    bo.editor.set_card(card_called(bo.view, "Welcome newcomers"), notes="new")
    path = bo.send(amina).path
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    before = amina.view
    with pytest.raises(error) as caught:
        amina.read(path)
    assert type(caught.value) is error
    assert amina.view == before
    path.write_bytes(whole)
    amina.receive(path)
    assert amina.view == bo.view


@pytest.mark.parametrize(
    ("kind", "schema", "error"),
    [
        (EnvelopeKind.OFFICE, FORMAT, ForeignEnvelopeError),
        (EnvelopeKind.PLAN, 0, OlderEnvelopeError),
        (EnvelopeKind.PLAN, FORMAT + 1, NewerEnvelopeError),
    ],
)
def test_other_kinds_and_forms_of_content_are_told_apart(tmp_path, kind, schema, error):
    amina, bo = two_laptops(tmp_path)
    with pytest.raises(error):
        amina.read(a_file(bo, amina, b"anything", kind=kind, schema=schema))


def test_a_whole_file_with_a_bad_plan_in_it_changes_nothing(tmp_path):
    amina, bo = two_laptops(tmp_path)
    other = PlanDocument.new(PlanId("another")).to_bytes()
    before = stored(amina)
    for content in (
        b"",
        packed(PlanPayload(amina.plan, "", {}, b"\xff junk")),
        packed(PlanPayload(amina.plan, "", {}, other)),
    ):
        with pytest.raises(EnvelopeDamagedError):
            amina.read(a_file(bo, amina, content))
    assert stored(amina) == before


def a_file(sender: Laptop, receiver: Laptop, content: bytes, *, kind=EnvelopeKind.PLAN, schema: int = FORMAT) -> Path:
    to = [own_identity(receiver.workspace).recipient]
    path = sender.folder / "strange.cwplan"
    path.write_bytes(
        partner_store(sender.workspace).seal_next(content, kind=kind, schema=schema, stream="strange", to=to)
    )
    return path
