"""Bars of cards: their state and mark to be seen, titles cut to their room and read in their own direction."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from tests.ui.widgets.spans import a_span
from workbench.models.kinds import CardColumn
from workbench.ui.qt_models.card_span import CardSpan
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.span_paint import SpanGhost, SpanPaint


@pytest.fixture
def paint(theme: Theme) -> SpanPaint:
    return SpanPaint(theme)


def drawn(
    paint: SpanPaint, span: CardSpan, *, width: int = 160, chosen: bool = False, turned: bool = False, ends: int = 0
) -> QImage:
    image = QImage(width, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint.bar(painter, QRect(0, 0, width, 20), span, is_chosen=chosen, turned=turned, open_ends=ends)
    painter.end()
    return image


def test_status_choice_and_open_ends_are_to_be_seen(paint: SpanPaint):
    plain = drawn(paint, a_span("a", 0))
    others = [
        drawn(paint, a_span("a", 0, column=CardColumn.DOING)),
        drawn(paint, a_span("a", 0, column=CardColumn.DONE)),
        drawn(paint, a_span("a", 0), chosen=True),
        drawn(paint, a_span("a", 0), ends=1),
        drawn(paint, a_span("a", 0), ends=2),
        drawn(paint, a_span("a", 0), turned=True),
    ]
    assert all(other != plain for other in others)


def test_a_bar_without_room_has_no_words(paint: SpanPaint):
    assert drawn(paint, a_span("a", 0, title="Water"), width=14) == drawn(paint, a_span("b", 0, title="Maps"), width=14)


def test_a_title_of_another_script_is_read_in_its_own_direction(paint: SpanPaint):
    arabic = a_span("a", 0, title="قصة من المدرسة في الوادي البعيد")
    assert paint._fitted(arabic.title, 60)[1]
    assert not paint._fitted("Call the sponsor", 60)[1]
    assert not paint._fitted("2024", 60)[1]


def test_colours_are_taken_in_anew(paint: SpanPaint, theme: Theme):
    before = drawn(paint, a_span("a", 0))
    theme.set_mode(ThemeMode.DARK)
    paint.renew()
    assert drawn(paint, a_span("a", 0)) != before


def test_what_is_carried_follows_the_mouse_and_says_how_many(theme: Theme, paint: SpanPaint, ground: QWidget):
    ghost = SpanGhost(theme, paint, ground)
    assert not ghost.isVisible()
    ghost.lift(a_span("a", 0), count=1, at=QPoint(20, 30))
    one = ghost.grab().toImage()
    ghost.lift(a_span("a", 0), count=3, at=QPoint(20, 30))
    assert ghost.grab().toImage() != one
    ghost.follow(QPoint(50, 60))
    assert ghost.pos() == QPoint(58, 68)
