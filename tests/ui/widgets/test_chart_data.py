"""A chart as data: its table as CSV, its words for those who cannot see it."""

from datetime import date

from workbench.ui.widgets.chart_data import ChartData, Gap, Note, Series, Step


def a_chart(**fields) -> ChartData:
    values = {
        "title": "Messages", "subtitle": "", "starts": (date(2024, 5, 6), date(2024, 5, 13)),
        "series": (Series("Messages", (4.0, None)),), "text": lambda value: "-" if value is None else f"{value:g}",
    }  # fmt: skip
    return ChartData(**{**values, **fields})


def test_missing_is_an_empty_cell_and_never_zero():
    assert a_chart().csv() == "week,Messages\r\n2024-05-06,4\r\n2024-05-13,\r\n"


def test_no_words_begin_like_a_formula_and_a_number_stays_one():
    text = a_chart(series=(Series('=1+1, "x"', (-1.5, 2.0)),)).csv()
    assert text.splitlines()[0] == 'week,"\'=1+1, ""x"""'
    assert text.splitlines()[1] == "2024-05-06,-1.5"


def test_spoken_words_name_series_and_holes():
    gap = Gap(date(2024, 5, 13), date(2024, 5, 19))
    assert gap.days == 7
    words = a_chart(gaps=(gap,)).spoken()
    assert words == "Messages: last 4, lowest 4, highest 4. Never synced: 7 days from 2024-05-13."
    assert a_chart(gaps=(Gap(gap.first, gap.first),)).spoken().endswith("Never synced: 1 day from 2024-05-13.")


def test_what_is_doubtful_is_said_wherever_it_is_told():
    newcomers = Series("Newcomers", (4.0, 2.0), doubtful=1, doubt="may not be new")
    chart = a_chart(series=(newcomers,))
    assert [chart.told(newcomers, place) for place in range(2)] == ["4 (may not be new)", "2"]
    assert chart.csv().splitlines()[0] == "week,Newcomers (may not be new until 2024-05-06)"
    assert chart.spoken().startswith("Newcomers, the first 1 may not be new: last 2")


def test_chart_without_values_is_empty():
    empty = a_chart(series=(Series("Messages", (None, None)),))
    assert empty.is_empty
    assert empty.spoken() == "No data."
    assert not a_chart().is_empty


def test_a_day_stands_where_it_is_in_its_week_or_month():
    weeks = a_chart()
    assert [weeks.place_of(date(2024, 5, day)) for day in (6, 13, 20)] == [-0.5, 0.5, 1.5]
    months = a_chart(starts=(date(2024, 1, 1), date(2024, 2, 1)), step=Step.MONTH)
    assert [months.place_of(day) for day in (date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1))] == [-0.5, 0.5, 1.5]
    assert months.place_of(date(2024, 2, 15)) == 0.5 + 14 / 29
    assert months.csv().startswith("month,")


def test_notes_are_in_table_and_words_of_their_week():
    chart = a_chart(notes=(Note(date(2024, 5, 12), "New, platform"), Note(date(2024, 5, 13), "Webinar")))
    assert [chart.notes_at(place) for place in range(2)] == [("New, platform",), ("Webinar",)]
    assert chart.csv() == ('week,Messages,what happened\r\n2024-05-06,4,"New, platform"\r\n2024-05-13,,Webinar\r\n')
    assert chart.spoken().endswith("2024-05-13: Webinar.")


def test_what_is_usual_is_in_the_table_and_what_is_withheld_is_not():
    hidden = Series("People", (4.0, 9.0), withheld=frozenset({0}))
    chart = a_chart(series=(hidden,), band=((1.0, 6.5), None))
    assert chart.csv() == "week,People,usual from,usual to\r\n2024-05-06,withheld,1,6.5\r\n2024-05-13,9,,\r\n"
    assert chart.disclosed().series[0].values == (None, 9.0)
