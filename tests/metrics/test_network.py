"""Network measures: the worked example to the digit, and two hundred networks made by chance against plain counting."""

import random
from datetime import date, timedelta

import pytest

from tests.metrics.plain import moment
from tests.metrics.plain_network import DAYS, PlainNetwork, a_hamlet
from tests.metrics.test_example import ALL, AS_OF, FEBRUARY, MEASURES, example
from tests.queries.network import a_network
from workbench.metrics import network_paths
from workbench.metrics.network import emergent_in
from workbench.metrics.network_catalog import NETWORK
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Reader
from workbench.queries.frames import load_frame

__all__ = ["example"]  # the fixture

METRICS = {metric.key: metric for metric in NETWORK}
PLAIN = [key for key in METRICS if key != "emergent_structures"]


def value_of(reader: Reader, key: str, scope, window: Window, as_of=AS_OF) -> Value:
    metric = METRICS[key]
    frame = load_frame(reader, scope, start=window.start, end=window.end, as_of=as_of, parts=metric.needs)
    return metric.function(frame, window, as_of=as_of)


@pytest.mark.parametrize("key", ["two_way", "density", "key_players", "cross_office", "stranger_answer_rate"])
def test_the_worked_example_has_the_numerators_and_denominators_of_the_sheet(example, key):
    reader, community = example
    value, expected = value_of(reader, key, (community,), ALL), MEASURES[key]
    assert (value.numerator, value.denominator) == (expected["numerator"], expected["denominator"])
    if "percent" in expected:
        assert round(value.value * 100, 1) == expected["percent"]
    else:
        assert round(value.value, 4) == expected["value"]


def test_the_highest_betweenness_of_the_example_is_that_of_the_sheet(example):
    reader, community = example
    value = value_of(reader, "betweenness", (community,), ALL)
    assert value.numerator == max(MEASURES["betweenness"].values()) == 7.0
    assert round(value.value, 4) == max(MEASURES["betweenness_normalised"].values())
    assert value.detail == {"is_sampled": False}


def test_of_more_people_than_anybody_would_wait_for_no_paths_are_followed(example, monkeypatch):
    reader, community = example
    monkeypatch.setattr(network_paths, "MOST_PEOPLE", 3)
    with network_paths.worked_out_by(lambda _edges: pytest.fail("nothing is begun")):
        value = value_of(reader, "betweenness", (community,), ALL)
    assert value.value is value.numerator is None
    assert value.detail["doubts"] == ("More than 3 people have ties here: choose a community.",)


def test_the_other_measures_of_the_example(example):
    reader, community = example
    # February: C reacts to A, A and C write to E, H reacts to A; of these pairs only A and E, A and H are new.
    new = value_of(reader, "new_ties", (community,), FEBRUARY)
    assert (new.value, new.denominator) == (2, 4)
    assert value_of(reader, "referral", (community,), ALL).numerator == 0
    # Two groups of three, each with people of two offices.
    emergent = value_of(reader, "emergent_structures", (community,), ALL)
    assert (emergent.numerator, [len(group) for group in emergent.detail["groups"]]) == (2, [3, 3])
    leverage = value_of(reader, "relationship_leverage", (community,), ALL)
    assert (leverage.numerator, leverage.denominator) == (0, 8)


@pytest.fixture(scope="module")
def hamlets(tmp_path_factory):
    """Two hundred communities of one profile, each with what is known to have happened in it."""
    rng = random.Random(2011)
    network = a_network(tmp_path_factory.mktemp("hamlets"))
    made = {}
    for number in range(200):
        hamlet = a_hamlet(number, rng)
        community = network.community(f"Hamlet {number}")
        network.apply(community, *hamlet.records())
        made[community] = hamlet
    yield network.database, made
    network.database.close()


def test_groups_of_which_no_offices_are_known_are_left_out():
    value = emergent_in([["Lima", "Dakar", ""], ["Lima", "Lima"], ["Lima", "", ""], ["", ""]])
    assert (value.numerator, value.denominator) == (1, 2)
    assert emergent_in([["", "", ""]]).value is None


def test_every_measure_agrees_with_plain_counting_on_two_hundred_networks(hamlets):
    database, made = hamlets
    rng = random.Random(8)
    told = dict.fromkeys(PLAIN, 0)
    with database.read() as reader:
        for community, hamlet in made.items():
            for _ in range(2):
                start = rng.randrange(DAYS - 1)
                window = Window(moment(start), moment(rng.randint(start + 1, DAYS)))
                as_of = rng.choice((moment(DAYS), window.end, moment(rng.randrange(DAYS), hours=9)))
                plain = PlainNetwork(hamlet, window.start, window.end, as_of)
                for key in PLAIN:
                    value, expected = value_of(reader, key, (community,), window, as_of), plain.answer(key)
                    if key != "relationship_leverage" or value.value is not None:
                        assert (value.numerator, value.denominator) == pytest.approx(expected[1:]), (
                            key,
                            window,
                            hamlet,
                        )
                    assert value.value == pytest.approx(expected[0]), (key, window, hamlet)
                    told[key] += bool(value.value)
                hops = value_of(reader, "referral", (community,), window, as_of).detail
                counted = [count for count, times in hops["hops"].items() for _ in range(times)]
                assert counted + [None] * hops["without_way"] == sorted(
                    plain.referred(), key=lambda count: 99 if count is None else count
                )
    assert all(count > 5 for count in told.values()), told


def test_over_all_networks_ties_are_counted_together(hamlets):
    database, made = hamlets
    window = Window.between(date(2023, 12, 1), date(2023, 12, 1) + timedelta(days=DAYS))
    with database.read() as reader:
        for key in ("two_way", "cross_office", "new_ties", "stranger_answer_rate", "referral"):
            whole = value_of(reader, key, (), window, moment(DAYS))
            assert whole == value_of(reader, key, tuple(made), window, moment(DAYS))
            parts = [
                PlainNetwork(hamlet, window.start, window.end, moment(DAYS)).answer(key) for hamlet in made.values()
            ]
            assert (whole.numerator, whole.denominator) == tuple(sum(part[place] for part in parts) for place in (1, 2))
