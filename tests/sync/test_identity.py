"""Identity: keys that are never shown, a partner file that reads back, names that fit on a line."""

import json

import pytest

from workbench.errors import BadInputError, DamagedError
from workbench.sync.identity import Identity, PublicIdentity, has_signed, name_of, recipient_of, signer_of


@pytest.fixture(scope="module")
def amina() -> Identity:
    return Identity.new(name="Amina Example", instance="first")


def test_a_partner_file_reads_back(amina):
    assert PublicIdentity.from_text(amina.public.to_text()) == amina.public


def test_no_secret_is_in_a_repr_or_in_what_others_get(amina):
    for text in (repr(amina), amina.public.to_text(), repr(amina.public)):
        assert amina.age_secret not in text
        assert amina.signer_secret.hex() not in text
        assert "SECRET" not in text


def test_a_fingerprint_is_six_groups_of_five_digits_and_follows_both_keys(amina):
    groups = amina.public.fingerprint.split(" ")
    assert [len(group) for group in groups] == [5] * 6
    assert all(group.isdigit() for group in groups)
    other = Identity.new(name="Amina Example", instance="first").public
    mixed = [
        PublicIdentity("x", amina.public.recipient, other.signer),
        PublicIdentity("x", other.recipient, amina.public.signer),
    ]
    assert len({each.fingerprint for each in (amina.public, other, *mixed)}) == 4


def test_the_same_data_gets_the_same_signature_and_no_other_data_fits_it(amina):
    signature = amina.sign(b"plan")
    assert signature == amina.sign(b"plan")
    assert has_signed(amina.public.signer, data=b"plan", signature=signature)
    assert not has_signed(amina.public.signer, data=b"plaN", signature=signature)
    assert not has_signed("not base64", data=b"plan", signature=signature)


def changed(text: str, **values: object) -> str:
    return json.dumps(json.loads(text) | values)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: "[]",
        lambda text: "[" * 3_000,
        lambda text: text[:-20],
        lambda text: text + " " * 5_000,
        lambda text: changed(text, community_workbench_partner=2),
        lambda text: changed(text, name=""),
        lambda text: changed(text, name="two\u202elines"),
        lambda text: changed(text, recipient="age1nobody"),
        lambda text: changed(text, recipient=Identity.new(name="x", instance="y").public.recipient),
        lambda text: changed(text, signer="AAAA"),
        lambda text: changed(text, signer=7),
        lambda text: changed(text, fingerprint="00000 00000 00000 00000 00000 00000"),
    ],
)
def test_what_is_no_partner_file_is_refused(amina, spoil):
    with pytest.raises(BadInputError):
        PublicIdentity.from_text(spoil(amina.public.to_text()))


def test_a_stored_key_that_is_none_is_damage(amina):
    with pytest.raises(DamagedError):
        Identity("Amina Example", "first", "AGE-SECRET-KEY-1NONE", amina.signer_secret).age()


def test_names_are_one_line():
    assert name_of("  Amina \n Example ") == "Amina Example"
    assert name_of("می\u200cنا نمونه") == "می\u200cنا نمونه"
    for bad in ("", " \t", "x" * 201, "\x00", "\u200c", "x\u202e"):
        with pytest.raises(BadInputError):
            name_of(bad)
    with pytest.raises(ValueError, match="text"):
        name_of(7)


def test_keys_of_other_shapes_are_refused():
    for check in (recipient_of, signer_of):
        with pytest.raises(ValueError, match=r"\w"):
            check("nothing")
