"""Painting: everybody in their colour, all alike in size, nothing outside, and a stop is heeded."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QColor, QImage

from tests.ui.widgets.network_parts import a_scene
from workbench.cancel import CancelToken
from workbench.errors import CancelledError
from workbench.ui.theme import DARK, LIGHT, Theme
from workbench.ui.widgets.network_paint import Ink, View, fitting, paint_image, radius_of
from workbench.ui.widgets.network_scene import COLOURS_DARK, COLOURS_LIGHT, group_looks

SIZE = QSize(400, 200)


def painted(theme: Theme, tokens, view: View | None = None) -> tuple[QImage, View]:
    scene = a_scene()
    view = view or fitting(scene, QSizeF(SIZE))
    return paint_image(scene, view, Ink(tokens, theme.font(12)), SIZE, ratio=1.0, cancel=CancelToken()), view


@pytest.mark.parametrize(("tokens", "colours"), [(LIGHT, COLOURS_LIGHT), (DARK, COLOURS_DARK)], ids=["light", "dark"])
def test_everybody_is_drawn_in_the_colour_of_their_group(theme: Theme, tokens, colours):
    image, view = painted(theme, tokens)
    at = view.to_screen(QSizeF(SIZE))
    scene = a_scene()
    for node, colour in ((0, colours[0]), (2, colours[1]), (3, tokens.control)):
        x, y = at.map(*scene.places[node])
        assert image.pixelColor(round(x), round(y)) == QColor(colour)
    assert image.pixelColor(2, 2) == QColor(tokens.surface)


def test_a_group_whose_shape_was_taken_before_is_drawn_as_rings(theme: Theme):
    scene = replace(a_scene(), groups=[0, 4, None, None, None], legend=group_looks([f"Group {n}" for n in range(1, 6)]))
    view = fitting(scene, QSizeF(SIZE))
    image = paint_image(scene, view, Ink(LIGHT, theme.font(12)), SIZE, ratio=1.0, cancel=CancelToken())
    places = [view.to_screen(QSizeF(SIZE)).map(*scene.places[node]) for node in (0, 1)]
    assert [image.pixelColor(round(x), round(y)) for x, y in places] == [
        QColor(COLOURS_LIGHT[0]), QColor(LIGHT.surface),
    ]  # fmt: skip


def test_all_fit_in_and_nobody_is_larger_than_others():
    scene = a_scene()
    view = fitting(scene, QSizeF(SIZE))
    area = view.area(QSizeF(SIZE))
    assert area.contains(scene.bounds)
    assert radius_of(scene, view) == radius_of(scene, view._replace(x=99))
    assert radius_of(scene, view._replace(scale=view.scale * 99)) == 9.0


def test_a_shift_is_in_pixels():
    view = View(5.0, 5.0, 2.0).moved(10, -4)
    assert view == View(0.0, 7.0, 2.0)


def test_a_stop_is_heeded(theme: Theme):
    cancel = CancelToken()
    cancel.cancel()
    scene = a_scene()
    with pytest.raises(CancelledError):
        paint_image(scene, fitting(scene, QSizeF(SIZE)), Ink(LIGHT, theme.font()), SIZE, ratio=1.0, cancel=cancel)
