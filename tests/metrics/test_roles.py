"""Roles: named sets, each with its rule and a reason; equals are treated alike and nobody is ranked."""

from itertools import combinations

from workbench.ids import PersonId
from workbench.metrics.roles import ROLES, Role, roles_of, top
from workbench.metrics.ties import MESSAGE_WEIGHT, REACTION_WEIGHT, Network
from workbench.queries.ties import TopicAnswers


def a_network(pairs: dict[tuple[int, int], int]) -> Network:
    """People tied by so much weight."""
    people = {person for pair in pairs for person in pair}
    acts = {pair: -(-weight // MESSAGE_WEIGHT) for pair, weight in pairs.items()}
    liked = {pair: 1 for pair, weight in pairs.items() if weight == REACTION_WEIGHT}
    return Network(len(people), acts, {}, liked)


def star() -> Network:
    """1 is tied to everybody to 21; 20 and 21 to each other, heavily, and 21 to 22 who is tied to nobody else."""
    return a_network({**{(1, other): 1 for other in range(2, 22)}, (20, 21): 90, (21, 22): 1})


def roles(network: Network, between=None, offices=None, topics=()):
    found = roles_of(network, between or [0.0] * len(network.links), offices=offices or {}, topics=topics)
    return {role: {holder.person_id: holder.reason for holder in holders} for role, holders in found.items()}


def test_connectors_are_the_twentieth_by_weight():
    found = roles(star())[Role.CONNECTOR]
    assert found == {20: "Has ties with 2 people.", 21: "Has ties with 3 people."}


def test_brokers_are_the_twentieth_by_paths():
    between = [100.0, *[0.0] * 19, 20.0, 0.0]
    found = roles(star(), between)[Role.BROKER]
    assert set(found) == {1, 21}
    assert found[1] == "On many of the shortest ways between others; has ties with 20 people."


def test_spanners_have_five_ties_and_the_largest_share_elsewhere():
    pairs = {(1, other): 1 for other in range(3, 9)} | {(2, other): 1 for other in range(3, 7)}
    offices = dict.fromkeys(range(3, 9), "Lima") | {1: "Dakar", 2: "Dakar", 8: "Dakar"}
    found = roles(a_network(pairs), offices=offices)[Role.SPANNER]
    assert found == {1: "5 of 6 people they have ties with sit elsewhere."}


def test_specialists_have_few_ties_and_thanked_answers_where_few_answer():
    network = star()
    rare = [TopicAnswers("latrines", PersonId(3), 4, 2), TopicAnswers("latrines", PersonId(1), 9, 9)]
    crowded = [TopicAnswers("cash", PersonId(person), 5, 5) for person in (2, 4, 5, 6)]
    thankless = [TopicAnswers("pumps", PersonId(7), 5, 1)]
    found = roles(network, topics=[*rare, *crowded, *thankless])[Role.SPECIALIST]
    assert found == {3: "Was thanked for 2 answers on #latrines, where 1 person else answered."}
    alone = roles(network, topics=rare[:1])[Role.SPECIALIST]
    assert alone[3] == "Was thanked for 2 answers on #latrines, where nobody else answered."


def test_equals_at_the_border_are_treated_alike():
    values = {PersonId(place): float(value) for place, value in enumerate([9, 5, 5, 1, 1, 1, 1, 1, 1, 0])}
    assert top(values, 0.2) == {0, 1, 2}
    assert top(values, 0.4) == {0, 1, 2}, "six more with 1 would be more than twice as many as meant"
    assert top(dict.fromkeys(map(PersonId, range(30)), 2.0), 0.05) == frozenset()
    assert top({PersonId(1): 0.0}, 0.5) == frozenset()
    assert top({}, 0.5) == frozenset()


def test_holders_come_without_an_order_of_their_own_and_rules_have_words():
    network = a_network(dict.fromkeys(combinations(range(1, 4), 2), 1))
    found = roles_of(network, [0.0] * 3, offices={}, topics=())
    assert set(found) == set(ROLES) == set(Role)
    assert all(
        [holder.person_id for holder in held] == sorted(holder.person_id for holder in held) for held in found.values()
    )


def test_of_spanners_with_equal_shares_those_with_more_ties_stand_out():
    pairs = {(1, other): 1 for other in range(10, 18)} | {(2, other): 1 for other in range(10, 15)}
    pairs |= {(3, other): 1 for other in range(10, 15)}
    offices = dict.fromkeys(range(10, 18), "Lima") | {1: "Dakar", 2: "Dakar", 3: "Dakar"}
    assert set(roles(a_network(pairs), offices=offices)[Role.SPANNER]) == {1}
