"""What one value says of itself, at the side."""

from tests.builders import NOW
from workbench.ui.pages.scorecard_data import read_scorecard
from workbench.ui.pages.scorecard_side import ScorecardSide


def test_a_number_leads_to_the_conversations_behind_it(qtbot, theme, workspace, water_id):
    card = read_scorecard(workspace.database, scope=(water_id,), window=None, now=NOW).card
    side = ScorecardSide(theme)
    qtbot.addWidget(side)
    side.show()
    side.show_line(card.line("messages"))
    assert not side.shower.isVisible()
    side.show_line(card.line("unanswered"))
    assert side.title.text() == "Unanswered questions"
    assert side.shower.isVisible()
    with qtbot.waitSignal(side.threads_wanted) as sent:
        side.shower.click()
    assert sent.args[0]
