"""compute: several measures from one reading, coverage beside each, and missing is not zero."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.queries.network import NOW, Network, a_message, a_network
from workbench.errors import BadInputError
from workbench.ids import CommunityId
from workbench.metrics.catalog import METRICS
from workbench.metrics.compute import measure, measure_all
from workbench.metrics.window import Window, month, weeks
from workbench.models.database import Reader

JANUARY, FEBRUARY = month(2024, 1), month(2024, 2)


@pytest.fixture
def network(tmp_path: Path):
    network = a_network(tmp_path)
    yield network
    network.database.close()


def a_talk(network: Network) -> CommunityId:
    """Two messages on 1 January, one on 31 January; known are all of January and the first half of February."""
    community = network.community("Water")
    network.apply(community, a_message("m1"), a_message("m2", by="bruno", hours=1, to="m1"))
    network.apply(community, a_message("m3", by="bruno", hours=30 * 24))
    network.cover(community, date(2024, 1, 1), date(2024, 2, 14))
    return community


def test_values_come_in_the_order_of_the_windows(network):
    community = a_talk(network)
    with network.read() as reader:
        values = measure(reader, "messages", scope=(community,), windows=[FEBRUARY, JANUARY], as_of=NOW)
    assert [(value.value, value.coverage) for value in values] == [(0, 14 / 29), (3, 1.0)]


def test_where_nothing_is_known_nothing_is_said(network):
    community = a_talk(network)
    with network.read() as reader:
        keys = [metric.key for metric in METRICS]
        values = measure_all(reader, keys, scope=(community,), windows=[month(2024, 4)], as_of=NOW)
    assert {value.value for (value,) in values.values()} == {None}
    assert {value.coverage for (value,) in values.values()} == {0.0}


def test_what_was_found_is_said_even_where_no_day_is_promised(network):
    community = network.community("Water")
    network.apply(community, a_message("m1"))
    with network.read() as reader:
        (value,) = measure(reader, "messages", scope=(community,), windows=[JANUARY], as_of=NOW)
    assert (value.value, value.coverage) == (1, 0.0)


def test_retention_says_how_much_is_known_of_the_window_before(network):
    community = a_talk(network)
    with network.read() as reader:
        (value,) = measure(reader, "retention", scope=(community,), windows=[FEBRUARY], as_of=NOW)
    assert value.detail["previous_coverage"] == 1.0
    assert (value.numerator, value.denominator) == (0, 2)


def test_what_lies_between_two_windows_is_not_read(network, monkeypatch):
    community = a_talk(network)
    far, spans, rows = month(2020, 1), list[tuple[int, int]](), Reader.rows

    def noted(self, sql, params=()):
        if isinstance(params, dict) and {"first", "until"} <= params.keys():
            spans.append((params["first"], params["until"]))
        return rows(self, sql, params)

    monkeypatch.setattr(Reader, "rows", noted)
    with network.read() as reader:
        keys = ["curiosity", "two_way", "new_ties"]
        both = measure_all(reader, keys, scope=(community,), windows=[JANUARY, far], as_of=NOW)
        assert both == {
            key: [measure(reader, key, scope=(community,), windows=[one], as_of=NOW)[0] for one in (JANUARY, far)]
            for key in keys
        }
    assert spans
    # Days and microseconds alike: no span is longer than a window.
    assert all(until - first in {31, JANUARY.end_us - JANUARY.start_us} for first, until in spans)


def test_weeks_add_up_to_the_whole(network):
    community = a_talk(network)
    span = Window.between(date(2024, 1, 1), date(2024, 3, 1))
    with network.read() as reader:
        pieces = measure(reader, "messages", scope=(community,), windows=weeks(span.start_on, span.end_on), as_of=NOW)
        (whole,) = measure(reader, "messages", scope=(community,), windows=[span], as_of=NOW)
    assert sum(piece.numerator for piece in pieces) == whole.numerator == 3


def test_one_row_on_the_leap_day(network):
    community = network.community("Water")
    network.apply(community, a_message("m1", hours=(date(2024, 2, 29) - date(2024, 1, 1)) / timedelta(hours=1)))
    with network.read() as reader:
        values = measure(reader, "contributors", scope=(community,), windows=[FEBRUARY, month(2024, 3)], as_of=NOW)
    assert [value.value for value in values] == [1, None]


def test_no_windows_give_no_values(network):
    with network.read() as reader:
        assert measure(reader, "messages", scope=(), windows=[], as_of=NOW) == []


def test_an_unknown_measure_is_refused(network):
    with network.read() as reader, pytest.raises(BadInputError):
        measure(reader, "happiness", scope=(), windows=[JANUARY], as_of=NOW)
