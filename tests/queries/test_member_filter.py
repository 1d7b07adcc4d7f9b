"""Member filter: signs are looked for as they stand, a first page knows how many fit, and who is away stays out."""

from datetime import UTC, datetime
from itertools import product

import pytest

from tests.queries.network import Network, a_member, a_message, a_person, gone
from workbench.models.migrations import m0015_away
from workbench.notes.people import PeopleNotes
from workbench.queries.member_filter import MemberFilter, filter_words
from workbench.queries.members import MemberSort, count_members, first_members, list_members
from workbench.queries.people_own import OwnFacts
from workbench.sync.people_merge import PeopleMerger
from workbench.sync.rollup_check import differences


@pytest.fixture
def crowd(network):
    water, health = network.community("Water"), network.community("Health")
    network.apply(
        water,
        *(a_member(f"p{n}", name=f"{'Same' if n % 3 else 'Other'} Example", office=f"Site {n % 2}") for n in range(9)),
        a_member("star", name="A*b [c] ?", office="100%_"),
        a_member("left", name="Left Example", left_at=datetime(2024, 3, 1, tzinfo=UTC)),
        a_message("m", by=a_person("bot", name="Same Bot", is_bot=True)),
    )
    network.apply(health, a_member("p3", name="Other Example"), a_member("p4", name="Same Example"))
    PeopleNotes(network.database, network.mirror._clock).set_facts(
        network.person("p4"), OwnFacts(organisation="Trust", office="Attic")
    )
    return network, water, health


@pytest.mark.parametrize("text", ["*", "?", "[c]", "[", "a*b", "%", "_", "100% [c]", "*" * 60_000])
def test_signs_stand_for_themselves(crowd, text):
    network, _, _ = crowd
    found = ["A*b [c] ?"] if len(text) < 100 else []
    with network.read() as reader:
        assert [row.name for row in list_members(reader, (), text=text, limit=9)] == found


def test_words_are_cut_where_a_pattern_would_be_too_long():
    assert [len(word) for word in filter_words(f"{'a' * 900}, b;")] == [200, 1]


def test_a_first_page_tells_how_many_fit_as_the_list_and_the_count_do(crowd):
    network, water, health = crowd
    texts = ("", "example", "same", "same site", "attic", "nobody")
    orders = product(MemberSort, (False, True))
    with network.read() as reader:
        for scope, text, where, (sort, descending) in product(
            ((), (water,), (health, water)), texts, (MemberFilter.ALL, MemberFilter.EXTERNAL), list(orders)
        ):
            order = {"text": text, "where": where, "sort": sort, "descending": descending}
            everybody = list_members(reader, scope, **order, limit=99)
            assert count_members(reader, scope, text=text, where=where) == len(everybody)
            for limit in (1, 4, 99):
                assert first_members(reader, scope, **order, limit=limit) == (everybody[:limit], len(everybody))


def away(network: Network) -> set[int]:
    """Who is away by what is stored; it has to be what the memberships say."""
    with network.read() as reader:
        assert "personaway" not in {one.table for one in differences(reader)}
        return {person for (person,) in reader.rows("SELECT person_id FROM personaway")}


def test_who_is_in_no_community_is_known_after_every_change(crowd):
    network, water, health = crowd
    who = {name: network.person(name) for name in ("left", "p1", "p2", "p3")}
    merger = PeopleMerger(network.database, network.mirror._clock)
    steps = (
        (lambda: None, {"left"}),
        (lambda: network.apply(water, a_member("p1", left_at=datetime(2024, 4, 1, tzinfo=UTC))), {"left", "p1"}),
        (lambda: network.apply(health, a_member("left")), {"p1"}),
        (lambda: merger.merge(who["p3"], who["p2"]), {"p1", "p2"}),
        (lambda: merger.unmerge(who["p2"]), {"p1"}),
        (lambda: network.change("DELETE FROM member WHERE community_id = ?", int(water)), {*who} - {"left", "p3"}),
        (lambda: network.apply(water, a_message("m2", by="p1"), gone("m2")), {"p2"}),
    )
    for change, expected in steps:
        change()
        assert away(network) & set(who.values()) == {who[name] for name in expected}


def test_a_profile_of_before_is_filled_from_its_memberships(crowd):
    network, _, _ = crowd
    kept = away(network)
    with network.database.write() as session:
        execute = session.connection().exec_driver_sql
        triggers = [name for (name,) in execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()]
        for name in triggers:
            execute(f"DROP TRIGGER {name}")
        execute("DROP TABLE personaway")
        for statement in m0015_away._STATEMENTS:
            execute(statement)
    assert away(network) == kept != set()
