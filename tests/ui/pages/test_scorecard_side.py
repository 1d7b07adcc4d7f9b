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


def test_where_value_and_standing_have_no_room_they_stand_below_each_other(qtbot, theme, workspace, water_id):
    card = read_scorecard(workspace.database, scope=(water_id,), window=None, now=NOW).card
    side = ScorecardSide(theme)
    qtbot.addWidget(side)
    side.show()
    side.show_line(card.line("messages"))
    side._value.setText("not known for these days")
    side._chip.show_text("Not enough known to say so")
    for width in (250, 600):
        side.resize(width, 500)
        qtbot.waitUntil(lambda: side.widget().width() <= side.viewport().width())
        side.widget().layout().activate()
        assert (side._chip.y() > side._value.geometry().bottom()) is (width < 300)
