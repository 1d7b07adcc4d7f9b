"""A chart card: plot, table, picture and CSV of the same numbers; drawn only when it is on screen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtGui import QGuiApplication

from workbench.ui import numbers
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.chart import Chart, usual_words
from workbench.ui.widgets.chart_data import ChartData, Note, Series, Step
from workbench.ui.widgets.plot import Plot
from workbench.ui.widgets.table_view import TableView

START = date(2024, 3, 4)
DATA = ChartData(
    "Messages", "per week", (START, START + timedelta(weeks=1)), (Series("Messages", (3.0, 5.0)),), numbers.count
)


def a_chart(qtbot, theme: Theme) -> tuple[Chart, list[str]]:
    told: list[str] = []
    chart = Chart(theme, "Messages", told=told.append)
    qtbot.addWidget(chart)
    chart.resize(400, 220)
    return chart, told


def test_chart_is_drawn_once_it_is_shown(qtbot, theme: Theme):
    chart, _ = a_chart(qtbot, theme)
    chart.show_data(DATA)
    assert not chart.is_drawn
    with qtbot.waitSignal(chart.drawn):
        chart.show()
    assert chart.findChildren(Plot)[0].isVisible()
    assert "last 5" in chart.accessibleDescription()


def test_table_shows_the_same_numbers_newest_first(qtbot, theme: Theme):
    chart, _ = a_chart(qtbot, theme)
    chart.show_as_table(is_table=True)
    chart.show_data(DATA)
    with qtbot.waitSignal(chart.drawn):
        chart.show()
    table = next(one for one in chart.findChildren(TableView) if one.isVisible())
    assert [table.model().index(row, 1).data() for row in range(2)] == ["5", "3"]
    assert not chart.findChildren(Plot)
    chart.show_as_table(is_table=False)
    assert chart.findChildren(Plot)[0].isVisible()


def test_hover_says_the_values_of_a_week(qtbot, theme: Theme):
    chart, _ = a_chart(qtbot, theme)
    chart.show_data(DATA)
    with qtbot.waitSignal(chart.drawn):
        chart.show()
    plot = chart.findChildren(Plot)[0]
    plot.point_at(1)
    assert chart._subtitle.text() == "Week of 11 Mar: Messages 5"
    plot.point_at(-1)
    assert chart._subtitle.text() == "per week"


def test_copies_as_csv_and_picture(qtbot, theme: Theme):
    chart, told = a_chart(qtbot, theme)
    chart.copy_csv()
    chart.show_data(DATA)
    chart.copy_csv()
    assert QGuiApplication.clipboard().text().startswith("week,Messages")
    chart.copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()
    assert told == ["Copied as CSV", "Copied as picture"]


def test_no_data_is_said_and_not_drawn(qtbot, theme: Theme):
    chart, _ = a_chart(qtbot, theme)
    chart.show_data(ChartData("Messages", "", (START,), (Series("Messages", (None,)),), numbers.count))
    with qtbot.waitSignal(chart.drawn):
        chart.show()
    assert chart._empty.isVisible()
    theme.set_mode(ThemeMode.DARK)
    assert not chart.findChildren(Plot)


def test_months_notes_and_what_is_usual_are_told_in_table_and_by_pointer(qtbot, theme: Theme):
    chart, _ = a_chart(qtbot, theme)
    months = replace(
        DATA,
        starts=(date(2024, 1, 1), date(2024, 2, 1)),
        step=Step.MONTH,
        notes=(Note(date(2024, 2, 9), "Webinar"),),
        band=((0.0, 12.4), (2.5, 12.0)),
    )
    chart.show_as_table(is_table=True)
    chart.show_data(months)
    with qtbot.waitSignal(chart.drawn):
        chart.show()
    model = next(one for one in chart.findChildren(TableView) if one.isVisible()).model()
    told = [[model.index(row, column).data() for column in range(4)] for row in range(2)]
    assert told == [["Feb 2024", "5", "3 to 12", "Webinar"], ["Jan 2024", "3", "up to 12", ""]]
    chart.show_as_table(is_table=False)
    chart.findChildren(Plot)[0].point_at(1)
    assert chart._subtitle.text() == "Feb 2024: Webinar · Messages 5 · usual 3 to 12"


@pytest.mark.parametrize(
    ("border", "said"),
    [
        ((11.4, 22.6), "12 to 22"),  # 11 and 23 are outside
        ((11.0000000001, 22.9999999999), "11 to 23"),
        ((-2.0, 12.4), "up to 12"),
        ((0.3, 0.4), "none"),
        ((-1.0, 0.4), "none"),
        ((7.2, 7.8), "about 7.5"),
        ((7.0, 7.0), "7"),
        (None, "–"),
    ],
)
def test_a_number_outside_of_what_is_usual_is_outside_in_words(border, said):
    assert usual_words(border) == said


def test_a_picture_leaves_without_few_people(qtbot, theme: Theme):
    chart, told = a_chart(qtbot, theme)
    chart.show_data(replace(DATA, series=(Series("People", (3.0, 5.0), withheld=frozenset({0})),)))
    with qtbot.waitSignal(chart.drawn):
        chart.show()
    whole = chart.grab().toImage()
    chart.copy_picture()
    assert QGuiApplication.clipboard().image() != whole
    assert chart._data.series[0].values == (3.0, 5.0)
    assert told == ["Copied as picture, without numbers of fewer than five people"]
