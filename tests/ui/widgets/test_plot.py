"""The plot: missing weeks are holes, hatched days have words, arrows move the pointer, all of it mirrored."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from workbench.ui import numbers
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.chart_data import ChartData, Chosen, Gap, Series
from workbench.ui.widgets.plot import Plot, _round_up

START = date(2024, 3, 4)


def a_chart(weeks: int = 12, **fields) -> ChartData:
    values = tuple(None if place in {5, 6} else float(place) for place in range(weeks))
    options = {
        "title": "Messages", "subtitle": "", "starts": tuple(START + timedelta(weeks=place) for place in range(weeks)),
        "series": (Series("Messages", values), Series("People", tuple(value and value / 2 for value in values))),
        "text": numbers.count,
    }  # fmt: skip
    return ChartData(**{**options, **fields})


@pytest.fixture
def plot(qtbot, theme: Theme) -> Plot:
    made = Plot(theme)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    qtbot.waitUntil(lambda: made._room().width() > 300)
    return made


def colours(plot: Plot) -> set[str]:
    image = plot.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def test_hatched_days_are_drawn_behind_the_lines(plot: Plot, theme: Theme):
    plot.show_data(a_chart())
    assert theme.tokens.unknown_soft.lower() not in colours(plot)
    plot.show_data(a_chart(gaps=(Gap(START + timedelta(weeks=4), START + timedelta(weeks=7)),)))
    assert theme.tokens.unknown_soft.lower() in colours(plot)


def test_the_period_has_a_pale_ground_and_a_bracket_above_the_lines(qtbot, plot: Plot, theme: Theme):
    plot.show_data(a_chart())
    top = plot._room().top()
    assert theme.tokens.hover.lower() not in colours(plot)
    plot.show_data(a_chart(chosen=Chosen(START + timedelta(weeks=8), START + timedelta(weeks=11), "28 days")))
    qtbot.waitUntil(lambda: plot._room().top() > top + 8)
    assert theme.tokens.hover.lower() in colours(plot)


def test_arrow_keys_point_at_weeks(qtbot, plot: Plot):
    plot.show_data(a_chart())
    seen = []
    plot.pointed.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(plot, key)
    assert seen == [11, 10, 9]
    plot.point_at(-1)
    assert seen[-1] == -1


def test_mirrored_plot_runs_the_other_way(qtbot, plot: Plot):
    plot.show_data(a_chart())
    first = plot._scene(0, 0).x()
    plot.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    plot.show_data(a_chart())
    plot.grab()
    assert plot._scene(0, 0).x() > plot._scene(11, 0).x()
    assert first < 250


def test_plot_follows_theme_data_and_size(plot: Plot, theme: Theme):
    plot.show_data(a_chart(gaps=(Gap(START + timedelta(weeks=10), START + timedelta(weeks=12)),), is_last_running=True))
    theme.set_mode(ThemeMode.DARK)
    plot.show_data(a_chart(weeks=120))
    plot.resize(260, 140)
    assert theme.tokens.surface.lower() in colours(plot)


def test_series_without_values_and_fewer_series_are_no_trouble(plot: Plot):
    plot.show_data(a_chart())
    plot.show_data(a_chart(series=(Series("Messages", (None,) * 12),)))
    assert colours(plot)


@pytest.mark.parametrize(("value", "top"), [(1, 4), (7, 8), (33, 40), (118, 120), (1210, 2000)])
def test_axis_ends_on_a_round_number(value: float, top: float):
    assert _round_up(value, (4, 8, 12, 20)) == top


def test_names_at_the_ends_stay_inside_where_lines_end_at_the_top(plot: Plot):
    full = Series("Answered", (1.0,) * 12)
    for series in ((full,), (full, Series("Within a day", (1.0,) * 12), Series("Within a week", (0.99,) * 12))):
        data = a_chart(series=series, top=1.0)
        plot.show_data(data)
        tops, line = plot._name_tops(data), QFontMetrics(plot._font()).height()
        assert min(tops) >= plot._room().top()
        assert max(tops) + 2 * line <= plot._room().bottom()
        assert all(low - high >= 2 * line for low, high in pairwise(tops))
