"""Members: the directory by name, filtered by any word, and the card of one person."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.queries.network import NOW, START, a_member, a_message, a_person
from workbench.ids import PersonId
from workbench.queries.members import CARD_WEEKS, MemberSort, count_members, list_members, person_card


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
        assert count_members(reader, scope, text=options.get("text", "")) == len(rows)
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
        ("100%", []),
        ("_", []),
    ],
)
def test_every_word_typed_has_to_stand_in_name_office_or_tag(people, text, found):
    network, _, _ = people
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


def test_somebody_who_never_wrote_has_a_card_too(people):
    network, _, _ = people
    with network.read() as reader:
        card = person_card(reader, network.person("amina"), as_of=NOW)
    assert card is not None
    assert (card.messages, card.first_at, card.note, card.tags) == (0, None, "", ())


def test_an_unknown_person_has_no_card(network):
    with network.read() as reader:
        assert person_card(reader, PersonId(99), as_of=NOW) is None
