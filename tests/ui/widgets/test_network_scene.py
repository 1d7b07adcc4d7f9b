"""Scene: who stands where, whom a step along a tie leads to, and colours that can be told apart."""

import itertools

import pytest
from PySide6.QtCore import QPointF, QRectF

from tests.ui.widgets.network_parts import a_scene
from workbench.ui.theme import DARK, LIGHT, contrast
from workbench.ui.widgets import network_scene
from workbench.ui.widgets.network_scene import COLOURS_DARK, COLOURS_LIGHT, NetworkScene, group_looks


def test_the_nearest_is_found_and_nobody_too_far():
    scene = a_scene()
    assert scene.nearest(QPointF(9, 1), within=4) == 1
    assert scene.nearest(QPointF(25, 5), within=4) is None
    assert scene.inside(QRectF(-1, -1, 12, 5)) == [0, 1]
    assert scene.bounds == QRectF(0, 0, 40, 10)


@pytest.mark.parametrize(
    ("way", "leads_to"), [((1, 0), 4), ((-1, 0), 0), ((0, 1), 2), ((0, -1), None)], ids=["right", "left", "down", "up"]
)
def test_a_step_goes_along_a_tie_in_its_direction(way, leads_to):
    across, down = way
    assert a_scene().step(1, across=across, down=down) == leads_to


def test_ties_are_cut_into_short_paths_that_hold_all_of_them(monkeypatch):
    monkeypatch.setattr(network_scene, "_TIES_A_PATH", 2)
    scene = a_scene()
    assert sum(path.elementCount() for _, path in scene.lines) == 2 * 4
    assert all(path.elementCount() <= 4 for _, path in scene.lines)


def test_nobody_is_a_scene_too():
    scene = NetworkScene(places=[], names=[], groups=[], legend=(), ties=[], near=[])
    assert scene.nearest(QPointF(0, 0), within=9) is None
    assert scene.lines == []


def test_groups_differ_from_their_neighbours_in_colour_and_shape():
    looks = group_looks([f"Group {number}" for number in range(12)])
    assert len(looks) == len(COLOURS_LIGHT) == len(COLOURS_DARK) == 8
    assert len({look.colour for look in looks}) == 8
    # A print in grey tells them by shape alone.
    assert len({(look.shape, look.is_hollow) for look in looks}) == 8
    assert all(one.shape is not other.shape for one, other in itertools.pairwise(looks))


@pytest.mark.parametrize(("colours", "tokens"), [(COLOURS_LIGHT, LIGHT), (COLOURS_DARK, DARK)], ids=["light", "dark"])
def test_every_colour_stands_out_from_its_ground(colours, tokens):
    assert all(contrast(colour, tokens.surface) >= 3 for colour in colours)
    assert contrast(tokens.control, tokens.surface) >= 3
