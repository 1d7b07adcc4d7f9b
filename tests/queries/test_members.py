"""Members: the directory by name, filtered by any word, and the card of one person."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, START, a_member, a_message, a_person
from workbench.ids import PersonId
from workbench.notes.people import PeopleNotes
from workbench.notes.store import NotesStore
from workbench.queries.member_filter import MemberFilter
from workbench.queries.members import (
    CARD_WEEKS,
    MemberRow,
    MemberSort,
    PersonHere,
    count_members,
    list_members,
    person_card,
    place_of_member,
)
from workbench.queries.own_organisations import OWN_KEY
from workbench.queries.people_own import AdvocatePath, OwnFacts
from workbench.sync.records import MemberRecord


@pytest.fixture
def people(network):
    water, health = network.community("Water"), network.community("Health")
    network.apply(
        water,
        a_member("zoe", name="Zoé Example", office="Dakar"),
        a_member("amina", name="Amina Example", office="Lima"),
        a_member("li", name="李示例"),
        a_member("gone", name="Gone Example", left_at=datetime(2024, 3, 1, tzinfo=UTC)),
        a_message("m1", by=a_person("zoe", name="Zoé Example")),
        a_message("m2", by=a_person("bruno", name="Bruno Example"), hours=1, to="m1"),
        a_message("m3", by=a_person("daemon", name="Daemon", is_bot=True), hours=2, to="m1"),
    )
    network.apply(health, a_message("h1", by=a_person("bruno", name="Bruno Example"), hours=24))
    return network, water, health


def names(network, scope=(), **options) -> list[str]:
    with network.read() as reader:
        rows = list_members(reader, scope, limit=100, **options)
        assert count_members(
            reader, scope, **{key: options[key] for key in ("text", "where") if key in options}
        ) == len(rows)
    return [row.name for row in rows]


def test_people_come_by_name_without_bots_and_those_who_left(people):
    network, water, _ = people
    assert names(network, (water,)) == ["Amina Example", "Bruno Example", "Zoé Example", "李示例"]
    assert names(network, (water,), descending=True)[0] == "李示例"


def test_the_whole_network_lists_everybody_once(people):
    network, water, health = people
    assert names(network) == names(network, (water, health)) == names(network, (water,))
    assert names(network, (health,)) == ["Bruno Example"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ZOE", ["Zoé Example"]),
        ("exam zo", ["Zoé Example"]),
        ("李", ["李示例"]),
        ("lima", ["Amina Example"]),
        ("facilit", ["Bruno Example"]),
        ("amina dakar", []),
        ("dakar, zoe", ["Zoé Example"]),
        ("lima pumps", ["Amina Example"]),
        ("Lima, #pumps", ["Amina Example"]),
        ("dakar #pumps", []),
        ("100%", []),
        ("_", []),
    ],
)
def test_every_word_typed_has_to_stand_in_name_office_or_tag(people, text, found):
    network, _, _ = people
    network.apply(people[1], a_message("m4", by=a_person("amina", name="Amina Example"), text="Read #pumps", hours=3))
    network.change("INSERT INTO persontag VALUES (?, 'Facilitator')", network.person("bruno"))
    assert names(network, text=text) == found


def test_a_row_counts_within_the_scope(people):
    network, water, _ = people
    network.change("INSERT INTO persontag VALUES (?1, 'b'), (?1, 'a')", network.person("bruno"))
    with network.read() as reader:
        (everywhere,) = list_members(reader, (), text="bruno", limit=5)
        (here,) = list_members(reader, (water,), text="bruno", limit=5)
        (zoe,) = list_members(reader, (water,), text="zoe", limit=5)
    assert (everywhere.communities, everywhere.messages, everywhere.tags) == (2, 2, ("a", "b"))
    assert (everywhere.first_at, everywhere.last_at) == (START + timedelta(hours=1), START + timedelta(hours=24))
    assert (here.communities, here.messages, here.last_at) == (1, 1, START + timedelta(hours=1))
    assert (here.is_listed, zoe.is_listed, zoe.office) == (False, True, "Dakar")


@pytest.mark.parametrize("sort", list(MemberSort))
@pytest.mark.parametrize("descending", [False, True])
def test_pages_of_every_order_hold_everybody_once(people, sort, descending):
    network, _, _ = people
    with network.read() as reader:
        pages = [list_members(reader, (), sort=sort, descending=descending, limit=1, offset=page) for page in range(5)]
    assert sorted(row.name for page in pages for row in page) == sorted(names(network))


def test_somebody_is_found_where_the_directory_lists_them(people):
    network, water, health = people
    zoe = network.person("zoe")
    with network.read() as reader:
        for scope, options in (
            ((), {}),
            ((water,), {"sort": MemberSort.LAST, "descending": True}),
            ((), {"text": "da"}),
        ):
            rows = list_members(reader, scope, limit=9, **options)
            place = place_of_member(reader, scope, zoe, **options)
            assert rows[place].person_id == zoe
        assert place_of_member(reader, (health,), zoe) is None


def test_unknown_times_come_last_either_way(people):
    network, _, _ = people
    assert names(network, sort=MemberSort.LAST)[:2] == ["Zoé Example", "Bruno Example"]
    assert names(network, sort=MemberSort.LAST, descending=True)[:2] == ["Bruno Example", "Zoé Example"]


def test_the_card_tells_all_of_one_person(people):
    network, water, health = people
    bruno = network.person("bruno")
    network.apply(health, a_message("h2", by="bruno", at=NOW), a_message("h3", by="bruno", at=NOW - timedelta(weeks=1)))
    network.change("INSERT INTO personnote VALUES (?, 'Knows pumps', 0)", bruno)
    network.change("INSERT INTO persontag VALUES (?, 'expert')", bruno)
    with network.read() as reader:
        card = person_card(reader, bruno, as_of=NOW)
        scopes = ((water,), (health, water))
        here, both = (person_card(reader, bruno, as_of=NOW, scope=scope) for scope in scopes)
    assert card is not None
    assert [(item.id, item.name, item.messages) for item in card.communities] == [
        (health, "Health", 3),
        (water, "Water", 1),
    ]
    assert (card.messages, card.replies_given) == (4, 1)
    assert (card.first_at, card.last_at) == (START + timedelta(hours=1), NOW)
    assert len(card.weeks) == CARD_WEEKS
    assert (card.weeks[-1], card.weeks[-2], sum(card.weeks)) == (1, 1, 4)
    assert (card.note, card.tags, card.is_bot) == ("Knows pumps", ("expert",), False)
    assert (card.here, both.here, both.messages) == (None, None, 4)
    assert (here.messages, here.communities[0].name) == (4, "Water")
    first = START + timedelta(hours=1)
    assert here.here == PersonHere(frozenset({water}), 1, 1, first, first)


def test_somebody_who_never_wrote_has_a_card_too(people):
    network, _, _ = people
    with network.read() as reader:
        card = person_card(reader, network.person("amina"), as_of=NOW)
    assert card is not None
    assert (card.messages, card.first_at, card.note, card.tags) == (0, None, "", ())


def test_an_unknown_person_has_no_card(network):
    with network.read() as reader:
        assert person_card(reader, PersonId(99), as_of=NOW) is None


def test_people_are_found_by_what_sources_tell_by_what_was_typed_and_by_hashtags(people):
    network, water, _ = people
    told = {"region": "Andes", "organisation": "Example trust", "languages": "Español, English", "time_zone": "-05:00"}
    network.apply(water, MemberRecord("", a_person("amina", office="Lima", **told), role="Mentor"))
    network.apply(water, a_message("m9", by="bruno", hours=50, text="On #ferrocement tanks"))
    PeopleNotes(network.database, a_clock()).set_facts(network.person("li"), OwnFacts(office="Genève"))
    for text, found in (
        ("espanol andes", ["Amina Example"]), ("trust", ["Amina Example"]), ("geneve", ["李示例"]),
        ("#ferrocement", ["Bruno Example"]), ("ferroc", ["Bruno Example"]), ("#fe", []),
    ):  # fmt: skip
        assert names(network, text=text) == found
    (row,) = rows_of(network, text="trust")
    assert (row.region, row.organisation, row.role, row.languages) == (
        "Andes",
        "Example trust",
        "Mentor",
        told["languages"],
    )
    assert rows_of(network, text="ferrocement")[0].topics == ("ferrocement",)
    assert rows_of(network, text="geneve")[0].office == "Genève"


def test_a_choice_shows_external_people_by_organisation_sponsors_and_those_who_leave(people):
    network, water, _ = people
    for handle, organisation in (("zoe", "Example trust"), ("amina", "Another trust")):
        network.apply(water, MemberRecord("", a_person(handle, organisation=organisation)))
    notes = PeopleNotes(network.database, a_clock())
    notes.set_facts(network.person("bruno"), OwnFacts(organisation="Middle trust", is_sponsor=True))
    notes.set_facts(network.person("amina"), OwnFacts(is_leaving=True))
    notes.set_path(network.person("li"), AdvocatePath(note="Asked around"))
    external = names(network, where=MemberFilter.EXTERNAL, sort=MemberSort.ORGANISATION)
    assert external == ["Amina Example", "Zoe Example", "Bruno Example"]
    store = NotesStore(network.database, a_clock())
    store.set_preference(OWN_KEY, '["another Trust", "Middle trust"]')
    assert names(network, where=MemberFilter.EXTERNAL) == ["Zoe Example"]
    notes.set_facts(network.person("zoe"), OwnFacts(organisation="Middle trust"))  # typed wins over told
    assert names(network, where=MemberFilter.EXTERNAL) == []
    assert names(network, (water,), where=MemberFilter.SPONSORS) == ["Bruno Example"]
    assert names(network, where=MemberFilter.LEAVING) == ["Amina Example"]
    assert names(network, where=MemberFilter.ADVOCATES) == ["李示例"]
    for sort, text in ((MemberSort.NAME, ""), (MemberSort.OFFICE, ""), (MemberSort.LAST, "daemon")):
        assert names(network, (water,), where=MemberFilter.PROGRAMS, sort=sort, text=text) == ["Daemon"]
    assert names(network, where=MemberFilter.PROGRAMS) == ["Daemon"]


def test_whom_i_know_is_of_whom_i_kept_something_or_with_whom_i_talked(people):
    network, water, _ = people
    assert names(network, where=MemberFilter.KNOWN) == []
    store = NotesStore(network.database, a_clock())
    store.set_preference("me", str(network.person("bruno")))
    assert names(network, where=MemberFilter.KNOWN) == ["Zoé Example"], "whom I answered; not the program, not me"
    network.apply(water, a_message("m4", by=a_person("amina", name="Amina Example"), hours=3, to="m2"))
    store.set_tags(network.person("li"), ["pumps"])
    assert names(network, where=MemberFilter.KNOWN) == ["Amina Example", "Zoé Example", "李示例"]
    assert names(network, where=MemberFilter.KNOWN, text="lima") == ["Amina Example"]


def rows_of(network, **options) -> list[MemberRow]:
    with network.read() as reader:
        return list_members(reader, (), limit=100, **options)
