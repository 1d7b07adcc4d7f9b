"""The dialogue page: gauges, what it rests on, behaviours and heat; each number leads to what is behind it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.settled import settle
from workbench.metrics.window import Window
from workbench.operations.scorecard import scorecard
from workbench.ui.pages.dialogue import DialoguePage
from workbench.ui.pages.dialogue_data import BEHAVIOURS, GAUGES, RESILIENCE
from workbench.ui.pages.scorecard_words import value_words
from workbench.ui.period import Period, PeriodKind


def opened(qtbot, window, context, community) -> DialoguePage:
    context.set_period(Period(PeriodKind.LAST_28))
    context.open_page("dialogue", int(community))
    settle(qtbot, context.jobs)
    return window.page()


def test_every_number_is_the_one_of_the_scorecard_and_leads_to_what_is_behind_it(qtbot, window, context, water_id):
    page = opened(qtbot, window, context, water_id)
    now = context.workspace.clock.now()
    first, last = context.period.days(now.date())
    with context.workspace.database.read() as reader:
        card = scorecard(reader, scope=(water_id,), window=Window.between(first, last), as_of=now)
    shown = {key: gauge.row for key, gauge in page.gauges.items()}
    shown |= {key: row.row for rows in (page.resilience, page.behaviours) for key, row in rows.items()}
    assert set(shown) == {*GAUGES, *RESILIENCE, *BEHAVIOURS}
    assert {key: row.cells.values[0] for key, row in shown.items()} == {
        key: value_words(card.line(key).now) for key in shown
    }
    # A gauge explains itself by keyboard.
    QTest.keyClick(shown["curiosity"], Qt.Key.Key_Return)
    assert page.inspector() is page.side
    assert dict(page.side.lines)["Formula"] == "messages that hold a question / messages"
    assert page.gauges["curiosity"].bar.marks.target == 0.2
    # A behaviour opens its conversations, and one of them the reader.
    page.choose("stranger_answer_rate")
    settle(qtbot, context.jobs)
    assert page.inspector() is page.side  # no question here was answered: nothing stands behind it
    page.choose("emergent_structures")
    settle(qtbot, context.jobs)
    assert page.inspector() is page.threads
    page.threads.back.emit()
    assert page.inspector() is page.side
    assert page.go_back()
    assert page.inspector() is None
    page._heat.table.opened.emit(0)
    settle(qtbot, context.jobs)
    assert window.here() == "conversations"


def test_more_conversations_can_be_shown_and_a_profile_without_any_says_so(qtbot, window, context, water_id):
    page = opened(qtbot, window, context, water_id)
    assert page._heat.model.rowCount() == 10
    page._heat.more.click()
    settle(qtbot, context.jobs)
    assert page._heat.model.rowCount() == 20
    rows = page._rows()
    rows[0].setFocus()
    QTest.keyClick(rows[0], Qt.Key.Key_Down)
    assert window.focusWidget() is rows[1]
    window.resize(1024, 640)
    page.resize(700, 500)
    assert page._grid.columnStretch(1) == 0


def test_before_anything_is_here_the_page_says_what_it_is_for(qtbot, window, context):
    context.open_page("dialogue")
    settle(qtbot, context.jobs)
    assert window.page()._panel.isVisible()
