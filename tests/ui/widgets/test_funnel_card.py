"""The card around a figure: its table, what it copies, what it says when there is nothing."""

from PySide6.QtGui import QGuiApplication

from tests.ui.widgets.test_cohort_data import FEBRUARY, JANUARY, a_figure
from workbench.ui.widgets.cohort_heat import CohortHeat
from workbench.ui.widgets.funnel_card import FigureCard
from workbench.ui.widgets.table_view import TableView


def a_card(ground, theme) -> tuple[FigureCard, list[str]]:
    told: list[str] = []
    card = FigureCard(theme, "Cohorts", CohortHeat(theme), told=told.append)
    card.setParent(ground)
    card.resize(500, 300)
    card.show()
    return card, told


def test_figure_and_table_show_the_same_numbers(ground, theme):
    card, _ = a_card(ground, theme)
    card.show_figure(a_figure(JANUARY, FEBRUARY, note="Mind the gap."))
    assert card.view.isVisible()
    card.show_as_table(is_table=True)
    model = next(one for one in card.findChildren(TableView) if one.isVisible()).model()
    assert [model.index(0, column).data() for column in range(3)] == ["Jan 2024", "12", "25 %"]
    assert not card.view.isVisible()
    card.show_as_table(is_table=False)
    card.view.point_at((0, 1))
    assert card._subtitle.text() == "Jan 2024, reacted: 25 %"
    card.view.point_at(None)
    assert card._subtitle.text() == "by month"


def test_nothing_leaves_that_counts_few_people(ground, theme):
    card, told = a_card(ground, theme)
    card.copy_csv()
    card.show_figure(a_figure(JANUARY))
    card.copy_csv()
    assert QGuiApplication.clipboard().text().endswith("Jan 2024,12,withheld\r\n")
    shown = card.grab().toImage()
    card.copy_picture()
    assert QGuiApplication.clipboard().image() != shown
    assert card.grab().toImage() == shown
    assert told == [
        "Copied as CSV, without numbers of fewer than five people",
        "Copied as picture, without numbers of fewer than five people",
    ]


def test_without_rows_it_says_so(ground, theme):
    card, _ = a_card(ground, theme)
    card.show_figure(a_figure(note="Nobody joined."))
    assert card.is_empty
    assert card._empty.isVisible()
    assert not card.view.isVisible()
