"""What charts and questions by age say of themselves, at once in short and in full at the side."""

from dataclasses import replace
from datetime import date

from tests.ui.settled import settle
from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit, Value
from workbench.models.kinds import CommunityType
from workbench.models.moments import DayRange
from workbench.queries.known import Known
from workbench.ui.context import PagePart
from workbench.ui.pages.dashboard_charts import CHARTS
from workbench.ui.pages.dashboard_data import DashboardData, Headline
from workbench.ui.pages.dashboard_explained import MEASURES, ages_words, chart_words

KNOWN = Known(date(2024, 3, 18), date(2024, 6, 14), date(2024, 1, 1), date(2024, 6, 15))
ACTIVE = Headline(find_metric("interactive_users"), Value(0.4, Unit.SHARE, 4, 10, 0.934), None, None)
TREND = DayRange(date(2023, 7, 1), date(2024, 6, 14))
DATA = DashboardData("Water", None, None, 10, KNOWN, TREND, is_compared=True, headlines=(ACTIVE,), ages=(0, 0, 0, 0))


def test_every_chart_says_its_formula_days_and_target():
    assert MEASURES.keys() == CHARTS.keys()
    for key, measure in MEASURES.items():
        said = chart_words(key, DATA).splitlines()
        assert said[0] == f"Formula: {find_metric(measure).formula}."
        assert said[1:3] == ["Window: 18 Mar 2024 to 14 Jun 2024.", "Days known: 93\N{NO-BREAK SPACE}%."]
        assert said[3] == "Drawn: 1 Jul 2023 to 14 Jun 2024, by week. The bracket marks the period."
    whole = replace(DATA, trend=DayRange(KNOWN.first, KNOWN.last))
    assert "Drawn" not in chart_words("speed", whole)
    typed = replace(DATA, type=CommunityType.INFORMATION_FORUM)
    assert "Target for this type: 58\N{NO-BREAK SPACE}%." in chart_words("replies", typed)
    assert "Window: 18 Mar 2024 to 15 Jun 2024." in ages_words(DATA, asked_until=date(2024, 6, 15))


def test_the_side_says_it_in_full_and_gives_way_to_the_card_of_the_community(qtbot, window, context, water_id):
    context.open_page("dashboard", water_id)
    page = window.page()
    settle(qtbot, context.jobs)
    page.explained.helps["people"].button.click()
    qtbot.waitUntil(lambda: page.inspector() is page.explained.side)
    qtbot.waitUntil(lambda: not page.explained.asked_from().visibleRegion().isEmpty())
    said = dict(page.explained.side.lines)
    assert said["Formula"] == find_metric("contributors").formula
    assert said["Window"] == "17 Mar 2024 to 14 Jun 2024"
    page.refresh()
    settle(qtbot, context.jobs)
    assert page.inspector() is page.explained.side, "what is read is kept while news come in"
    page.opened(PagePart.COMMUNITY_CARD)
    qtbot.waitUntil(lambda: page.inspector() is page.about.panel)
    page.explained.ask("speed")
    qtbot.waitUntil(lambda: page.inspector() is page.explained.side)
    assert page.go_back()
    assert page.inspector() is None
