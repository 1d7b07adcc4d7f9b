"""Names, disguised addresses and digests: what may leave a mail about its author, and what may not."""

import pytest

from workbench.sync.people import (
    UNKNOWN_NAME,
    address_key,
    author,
    clean_name,
    is_automatic,
    name_handle,
    plain_address,
)


@pytest.mark.parametrize(
    "disguised",
    [
        "amina@example.org",
        "Amina@Example.ORG",
        "<amina@example.org>",
        "mailto:amina@example.org",
        "amina at example.org",
        "amina AT example.org",
        "amina (a) example.org",
        "amina(at)example.org",
        "amina [at] example [dot] org",
        "amina＠example.org",
    ],
)
def test_every_disguise_of_an_address_gives_one_key(disguised):
    assert plain_address(disguised) == "amina@example.org"
    assert address_key(disguised) == address_key("amina@example.org")
    assert len(address_key(disguised)) == 32


@pytest.mark.parametrize("text", ["", "Amina Example", "meet at the well at noon", "a@b@c", "@", "amina@"])
def test_what_is_no_address_has_no_key(text):
    assert plain_address(text) is None
    assert address_key(text) is None


@pytest.mark.parametrize(
    "header",
    [
        "Amina Example <amina@example.org>",
        '"Amina Example" <amina@example.org>',
        "amina@example.org (Amina Example)",
        "amina at example.org (Amina Example)",
        "=?utf-8?q?Amina_Example?= <amina@example.org>",
        "=?UTF-8?B?QW1pbmEgRXhhbXBsZQ==?= <amina at example.org>",
        "Amina\n\tExample <amina@example.org>, Bo Example <bo@example.org>",
    ],
)
def test_every_shape_of_a_from_header_gives_one_person(header):
    person = author(header)
    assert (person.name, person.handle) == ("Amina Example", address_key("amina@example.org"))
    assert person.handle == person.address_key
    assert not person.is_bot


def test_no_address_leaves_as_data():
    for header in ("amina@example.org", "amina at example.org ()", '"amina@example.org" <amina@example.org>'):
        person = author(header)
        assert person.name == "amina"
        assert "example.org" not in repr(person)


def test_person_without_an_address_is_known_by_name():
    person = author("Amina  EXAMPLE")
    assert (person.name, person.address_key) == ("Amina EXAMPLE", None)
    assert person.handle == name_handle("amina example")


def test_nobody_at_all_is_called_so():
    assert author("").name == UNKNOWN_NAME


def test_one_person_keeps_one_handle_through_all_ways_of_scrambling():
    # "nadia.islam@fields.example.org" with letters swapped by three generations of one archive server
    first = author("n@di@@i@l@m @ending from field@@ex@mple@org (Nadia Example)")
    second = author("n@d|@@|@|@m @end|ng |rom ||e|d@@ex@mp|e@org (Nadia Example)")
    assert first.handle == second.handle
    assert first.name == second.name == "Nadia Example"
    assert first.address_key is None
    assert first.handle != author("p@di@@i@l@m @ending from field@@ex@mple@org (Nadia Example)").handle


def test_people_behind_a_rewritten_from_are_told_apart():
    via = "via Fishers <fishers@lists.example.org>"
    known = author(f"Amina Example {via}", stand_in="Amina Example <amina@example.org>")
    assert (known.name, known.address_key) == ("Amina Example", address_key("amina@example.org"))
    unknown = author(f"Bo Example {via}")
    assert (unknown.name, unknown.handle) == ("Bo Example", name_handle("Bo Example"))
    to_the_list = author(f"Bo Example {via}", stand_in="fishers@lists.example.org")
    assert to_the_list.handle == unknown.handle


def test_bytes_in_a_name_follow_the_charset_of_the_mail():
    raw = b"J\xf6rg Example <joerg@example.org>".decode("ascii", "surrogateescape")
    assert author(raw).name == "Jörg Example"
    cyrillic = "Нина Пример".encode("koi8_r").decode("ascii", "surrogateescape")
    assert author(f"{cyrillic} <nina@example.org>", charset="koi8-r").name == "Нина Пример"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  'Amina   Example' ", "Amina Example"),
        ("Amina\u202e elpmaxE\u200b", "Amina elpmaxE"),
        ("Amina\x00 Example", "Amina Example"),
        ("Amina Example via Fishers", "Amina Example"),
        ("amina.example at example.org", "amina.example"),
        ("مثال\u200cها", "مثال\u200cها"),
        ("x" * 500, "x" * 120),
    ],
)
def test_names_are_made_fit_to_show(given, shown):
    assert clean_name(given) == shown


@pytest.mark.parametrize(
    "header",
    [
        "MAILER-DAEMON@example.org",
        "noreply@example.org",
        "Digest <no-reply+list@example.org>",
        "do_not_reply at example.org (News)",
        "fishers-request@lists.example.org",
        "fishers-owner@lists.example.org",
        "owner-fishers@lists.example.org",
        "fishers-bounces+amina=example.org@lists.example.org",
        "root@example.org (Cron Daemon)",
        "Mail Delivery Subsystem <x@example.org>",
    ],
)
def test_programs_that_write_by_themselves_are_bots(header):
    assert author(header).is_bot


@pytest.mark.parametrize("address", ["cronin@example.org", "amina.owner@example.org", "requests@example.org", None])
def test_people_with_similar_addresses_are_none(address):
    assert is_automatic(address, "Amina Example") is (address == "amina.owner@example.org")
