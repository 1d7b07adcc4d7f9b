"""Picture: one is painted at a time, the last wish is met, and what is no longer shown is not kept."""

import pytest
from PySide6.QtCore import QObject, QSize, QSizeF
from PySide6.QtGui import QImage, QPainter

from tests.ui.widgets.network_parts import a_scene
from workbench.cancel import CancelToken
from workbench.ui.theme import LIGHT, Theme
from workbench.ui.widgets.network_paint import Ink, View
from workbench.ui.widgets.network_picture import NetworkPicture, Wish

SIZE = QSize(300, 200)
NEAR, FAR = View(10.0, 5.0, 8.0), View(10.0, 5.0, 4.0)


@pytest.fixture
def ink(theme: Theme) -> Ink:
    return Ink(LIGHT, theme.font(12))


@pytest.fixture
def made(qtbot):
    """A picture, the paint jobs that wait, and how often it was painted."""
    parent, waiting, painted = QObject(), [], []
    picture = NetworkPicture(parent, run=lambda *job: waiting.append(job))
    picture.painted.connect(lambda: painted.append(picture.view))
    yield picture, waiting, painted
    parent.deleteLater()


def finish(waiting: list) -> None:
    work, done, _ = waiting.pop(0)
    done(work(CancelToken()))


def test_of_what_is_wished_while_it_paints_only_the_last_is_painted(made, ink: Ink):
    picture, waiting, painted = made
    scene = a_scene()
    for view in (FAR, View(0.0, 0.0, 2.0), NEAR):
        picture.wish(Wish(scene, view, SIZE, ink, 1.0))
    assert len(waiting) == 1
    finish(waiting)
    assert not picture.is_done
    finish(waiting)
    assert (picture.is_done, painted, waiting) == (True, [FAR, NEAR], [])
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    blank, painter = image.copy(), QPainter(image)
    picture.draw(painter, NEAR.to_screen(QSizeF(SIZE)))
    painter.end()
    assert image != blank


def test_a_picture_of_what_is_no_longer_shown_is_not_kept(made, ink: Ink):
    picture, waiting, painted = made
    picture.wish(Wish(a_scene(), FAR, SIZE, ink, 1.0))
    picture.wish(Wish(a_scene(), NEAR, QSize(0, 0), ink, 1.0))
    finish(waiting)
    assert (picture.is_done, painted) == (True, [])


def test_what_was_stopped_is_painted_when_it_is_wished_again(made, ink: Ink):
    picture, waiting, painted = made
    scene = a_scene()
    picture.wish(Wish(scene, FAR, SIZE, ink, 1.0))
    picture.wish(Wish(scene, NEAR, SIZE, ink, 1.0))
    waiting.pop()[2]()
    assert (picture.is_done, waiting) == (True, [])
    picture.wish(Wish(scene, NEAR, SIZE, ink, 1.0))
    finish(waiting)
    assert painted == [NEAR]
