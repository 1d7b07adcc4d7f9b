"""A chart as data: its table as CSV, its words for those who cannot see it."""

from datetime import date

from workbench.ui.widgets.chart_data import ChartData, Gap, Series


def a_chart(**fields) -> ChartData:
    values = {
        "title": "Messages", "subtitle": "", "starts": (date(2024, 5, 6), date(2024, 5, 13)),
        "series": (Series("Messages", (4.0, None)),), "text": lambda value: "-" if value is None else f"{value:g}",
    }  # fmt: skip
    return ChartData(**{**values, **fields})


def test_missing_is_an_empty_cell_and_never_zero():
    assert a_chart().csv() == "week,Messages\r\n2024-05-06,4\r\n2024-05-13,\r\n"


def test_no_cell_begins_like_a_formula():
    text = a_chart(series=(Series('=1+1, "x"', (-1.5, 2.0)),)).csv()
    assert text.splitlines()[0] == 'week,"\'=1+1, ""x"""'
    assert text.splitlines()[1] == "2024-05-06,'-1.5"


def test_spoken_words_name_series_and_holes():
    gap = Gap(date(2024, 5, 13), date(2024, 5, 19))
    assert gap.days == 7
    words = a_chart(gaps=(gap,)).spoken()
    assert words == "Messages: last 4, lowest 4, highest 4. Never synced: 7 days from 2024-05-13."
    assert a_chart(gaps=(Gap(gap.first, gap.first),)).spoken().endswith("Never synced: 1 day from 2024-05-13.")


def test_chart_without_values_is_empty():
    empty = a_chart(series=(Series("Messages", (None, None)),))
    assert empty.is_empty
    assert empty.spoken() == "No data."
    assert not a_chart().is_empty
