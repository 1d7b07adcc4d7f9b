"""Labels: beside marks, over nothing, found once for a zoom and shifted after that."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from tests.ui.widgets.network_parts import a_scene
from workbench.ui.theme import LIGHT, Theme
from workbench.ui.widgets import network_labels
from workbench.ui.widgets.network_labels import NetworkLabels, place
from workbench.ui.widgets.network_paint import Ink

SEEN = QRectF(0, 0, 600, 300)
AT = QTransform(8, 0, 0, 8, 100, 100)


@pytest.fixture
def ink(theme: Theme) -> Ink:
    return Ink(LIGHT, theme.font(12))


def test_names_lie_over_no_name_and_no_mark_and_in_sight(ink: Ink):
    placed = place(a_scene(), range(5), AT, ink=ink, radius=5, seen=SEEN)
    boxes = [box for box, _ in placed]
    assert [words for _, words in placed] == [
        "Amina Example",
        "Bo Example",
        "Caro Example",
        "Dina Example",
        "Eva Example",
    ]
    assert not any(one.intersects(other) for place, one in enumerate(boxes) for other in boxes[:place])
    assert all(SEEN.contains(box) for box in boxes)
    small = place(a_scene(), range(5), AT, ink=ink, radius=5, seen=QRectF(0, 0, 120, 120))
    assert len(small) < 5


def test_few_are_written(ink: Ink, monkeypatch):
    monkeypatch.setattr(network_labels, "_MOST", 2)
    assert len(place(a_scene(), range(5), AT, ink=ink, radius=5, seen=SEEN)) == 2


def test_a_shift_looks_for_no_room_again(ink: Ink, monkeypatch):
    image = QImage(600, 300, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    blank = image.copy()
    labels, scene, asked = NetworkLabels(), a_scene(), []
    found = network_labels.place
    monkeypatch.setattr(network_labels, "place", lambda *given, **more: asked.append(1) or found(*given, **more))
    painter = QPainter(image)
    for dx in (100, 110, 120):
        labels.paint(painter, scene, [0, 1], QTransform(8, 0, 0, 8, dx, 100), ink=ink, radius=5)
    assert len(asked) == 1
    labels.forget()
    labels.paint(painter, scene, [0, 1], AT, ink=ink, radius=5)
    labels.paint(painter, scene, [0, 1], AT.scale(2, 2), ink=ink, radius=5)
    assert len(asked) == 3
    painter.end()
    assert image != blank
