"""Network: who is in it, what ties weigh, and how windows cut it."""

from datetime import date

from tests.metrics.frames import everyone, us
from workbench.ids import PersonId
from workbench.metrics.ties import network_of
from workbench.metrics.window import Window
from workbench.queries.frames import MeasureFrame
from workbench.queries.ties import TieFrame, TieSum

JANUARY = Window.between(date(2024, 1, 1), date(2024, 2, 1))
BOTH = Window.between(date(2024, 1, 1), date(2024, 3, 1))


def a_frame() -> MeasureFrame:
    """1 writes twice to 2, who mentions 1 once in February and likes what 3 wrote; 9 is no member."""
    return MeasureFrame(
        members=everyone(1, 2, 3, 4),
        ties=TieFrame(
            sums=(
                TieSum(us("2024-01-01"), ([1, 9, 9, 1], [2, 1, 1, 2]), ([], []), ([9], [1])),
                TieSum(us("2024-02-01"), ([], []), ([2], [1]), ([2], [3])),
            )
        ),
    )


def test_acts_are_counted_and_weighed_by_kind():
    network = network_of(a_frame(), BOTH)
    assert network.arcs == {(1, 2): (2, 6), (2, 1): (1, 2), (2, 3): (1, 1)}
    assert network.links[PersonId(2)] == {1: (3, 8), 3: (1, 1)}
    assert (network.members, network.people, network.pairs) == (4, [1, 2, 3], [(1, 2), (2, 3)])


def test_a_window_takes_what_began_in_it_and_nobody_who_is_no_member():
    network = network_of(a_frame(), JANUARY)
    assert network.arcs == {(1, 2): (2, 6)}


def test_edges_name_people_by_their_place():
    edges = network_of(a_frame(), BOTH).edges()
    assert edges == (3, [0, 1], [1, 2], [3, 1])
    assert network_of(MeasureFrame(), BOTH).edges().nodes == 0
