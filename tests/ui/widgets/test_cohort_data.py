"""A figure as data: its table without what is withheld, its words, the rows there is room for."""

from workbench.ui.widgets.cohort_data import MOST_DRAWN, Cell, Figure, FigureRow


def a_figure(*rows: FigureRow, note: str = "") -> Figure:
    return Figure("Cohorts", "by month", "Joined in", ("Joined", "Reacted"), rows, note)


JANUARY = FigureRow("Jan 2024", (Cell("12", 0.0, "12"), Cell("25 %", 0.25, "3", is_withheld=True)), "young")
FEBRUARY = FigureRow("=Feb", (Cell("not known", None), Cell("not known", None)))


def test_the_table_withholds_and_never_begins_like_a_formula():
    told = a_figure(JANUARY, FEBRUARY).csv()
    assert told == "joined in,joined,reacted\r\nJan 2024,12,withheld\r\n'=Feb,,\r\n"


def test_it_is_told_in_words():
    figure = a_figure(JANUARY, note="Mind the gap.")
    assert figure.told(0, 1) == "Jan 2024, reacted: 25 %"
    assert figure.spoken() == "Jan 2024: joined 12, reacted 25 % (young). Mind the gap."
    assert a_figure().spoken() == "No data."


def test_the_newest_rows_are_drawn_and_the_table_has_all():
    figure = a_figure(*(FigureRow(f"Month {number}", JANUARY.cells) for number in range(30)))
    assert [row.title for row in figure.drawn] == [f"Month {number}" for number in range(30 - MOST_DRAWN, 30)]
    assert figure.told(0, 0).startswith("Month 6")
    assert figure.csv().count("\r\n") == 31
