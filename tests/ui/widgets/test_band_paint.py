"""What stands behind the lines of a plot is seen: band, levels, notes, old gaps, weeks outside."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from workbench.ui import numbers
from workbench.ui.widgets.band_paint import (
    paint_band,
    paint_levels,
    paint_notes,
    paint_outside,
    paint_past_gap,
)
from workbench.ui.widgets.chart_data import ChartData, Level, Note, Series

START = date(2024, 3, 4)
ROOM = QRectF(0, 0, 200, 100)
DATA = ChartData(
    "Messages", "", tuple(START + timedelta(weeks=place) for place in range(5)),
    (Series("Messages", (5.0, 5.0, None, 9.0, 5.0)),), numbers.count,
)  # fmt: skip


def at(place: float, value: float) -> QPointF:
    return QPointF(20 + 40 * place, 100 - 10 * value)


def turned(place: float, value: float) -> QPointF:
    return QPointF(180 - 40 * place, 100 - 10 * value)


@pytest.fixture
def drawn():
    """Draws on white and answers where something is."""

    def draw(paint) -> set[tuple[int, int]]:
        image = QImage(200, 100, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        paint(painter)
        painter.end()
        return {(x, y) for x in range(200) for y in range(100) if image.pixel(x, y) & 0xFFFFFF != 0xFFFFFF}

    return draw


def test_the_band_fills_where_it_is_known_and_leaves_its_holes(drawn, theme):
    spots = drawn(lambda painter: paint_band(painter, theme, ((2.0, 6.0), (2.0, 6.0), None, (-1.0, 3.0)), at=at))
    assert (40, 60) in spots
    assert not [spot for spot in spots if 65 < spot[0] < 130]


def test_levels_beyond_the_axis_are_left_out_and_names_do_not_overlap(drawn, theme):
    low, near, high = Level(2, "low"), Level(2.5, "near"), Level(12, "high")

    def painted(*levels: Level) -> set[tuple[int, int]]:
        chart = replace(DATA, levels=levels)
        return drawn(lambda painter: paint_levels(painter, theme, chart, room=ROOM, at=at, is_turned=False))

    assert painted(high) == set()
    highest = {name: min(y for _, y in painted(*levels)) for name, levels in (("low", (low,)), ("near", (near,)))}
    assert highest["near"] < highest["low"]
    assert min(y for _, y in painted(low, near)) == highest["low"]
    # The first value, 5, stands just above: the name goes below the line.
    assert min(y for _, y in painted(Level(4.5, "beside"))) >= 54
    assert max(x for x, _ in painted(low)) <= round(at(4.5, 0).x())


@pytest.mark.parametrize(("where", "side"), [(at, 1), (turned, -1)])
def test_a_note_stands_on_its_day_with_its_flag_ahead(drawn, theme, where, side):
    chart = replace(DATA, notes=(Note(START + timedelta(days=14), "Webinar"),))
    spots = drawn(lambda painter: paint_notes(painter, theme, chart, room=ROOM, at=where))
    x = round(where(1.5, 0).x())
    assert [spot for spot in spots if spot[1] > 50 and abs(spot[0] - x) <= 1]
    flag = [spot[0] for spot in spots if spot[1] < 10 and abs(spot[0] - x) > 2]
    assert flag
    assert all((spot - x) * side > 0 for spot in flag)


def test_a_note_outside_of_the_plot_is_not_drawn(drawn, theme):
    chart = replace(DATA, notes=(Note(START + timedelta(days=400), "Webinar"),))
    assert drawn(lambda painter: paint_notes(painter, theme, chart, room=ROOM, at=at)) == set()


def test_weeks_outside_get_a_diamond_and_old_gaps_a_foot(drawn, theme):
    chart = replace(DATA, outside=frozenset({2, 3}))
    spots = drawn(lambda painter: paint_outside(painter, theme, chart, at=at))
    assert {spot[0] for spot in spots} <= set(range(130, 151))
    foot = drawn(lambda painter: paint_past_gap(painter, theme, QRectF(10, 0, 50, 100)))
    assert min(spot[1] for spot in foot) > 80
