"""The scorecard page: rows that explain themselves, months, CSV."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.pages.saving import save_as
from tests.ui.settled import settle
from workbench.ids import CommunityId
from workbench.metrics.window import month
from workbench.models.moments import DayRange
from workbench.operations.head_counts import set_head_count
from workbench.operations.scorecard import scorecard
from workbench.sync.connector import Batch
from workbench.ui.pages.scorecard import ScorecardPage
from workbench.ui.pages.scorecard_words import value_words

MAY = month(2024, 5)


def opened(qtbot, window, context, community) -> ScorecardPage:
    context.open_page("scorecard", int(community))
    settle(qtbot, context.jobs)
    return window.page()


def test_every_row_shows_what_the_operation_says(qtbot, window, context, water_id):
    page = opened(qtbot, window, context, water_id)
    with context.workspace.database.read() as reader:
        card = scorecard(reader, scope=(water_id,), window=MAY, as_of=context.workspace.clock.now())
    shown = {line.metric.key: value_words(line.now) for line in card.lines if not line.metric.is_slow}
    assert {key: row.cells.values[0] for key, row in page.rows.items() if key in shown} == shown
    assert page.month.text() == "May 2024"
    assert not page.later.isEnabled()
    assert page.later.toolTip().startswith("Jun 2024 is not over yet")


def test_enter_explains_a_value_and_esc_goes_back(qtbot, window, context, water_id):
    page = opened(qtbot, window, context, water_id)
    row = page.rows["reply_rate"]
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert row.is_chosen
    assert page.inspector() is page.side
    said = dict(page.side.lines)
    assert said["Formula"].startswith("threads begun in the window with a reply")
    assert {"Window", "Days known", "What moves this", "Source"} <= set(said)
    assert page.go_back()
    assert page.inspector() is None
    QTest.keyClick(row, Qt.Key.Key_Down)
    assert window.focusWidget() is not row


def test_a_month_with_a_hole_is_not_compared(qtbot, window, context, water_id):
    page = opened(qtbot, window, context, water_id)  # ten days of May were never fetched
    assert page.rows["messages"].cells.values[1:] == ("not compared", "not known")
    assert page.rows["reply_rate"].cells.standing == "Not enough known"
    page.choose("messages")
    assert dict(page.side.lines)["The period before"].startswith("Not compared. Of this window")


def test_months_are_stepped_through(qtbot, window, context, water_id):
    page = opened(qtbot, window, context, water_id)
    page.earlier.click()
    settle(qtbot, context.jobs)
    assert page.month.text() == "Apr 2024"
    assert page.later.isEnabled()
    page.later.click()
    settle(qtbot, context.jobs)
    assert page.month.text() == "May 2024"


def test_a_month_after_the_last_known_day_leads_to_the_last_known_month(qtbot, window, context, water_id):
    ended = CommunityId(water_id + 1)
    known = DayRange(date(2023, 1, 1), date(2023, 11, 28))
    context.workspace.mirror.apply(ended, "events", Batch((), covered=(known,)))
    page = opened(qtbot, window, context, ended)
    next(one for one in page.findChildren(QPushButton) if one.text() == "Show the last known month").click()
    settle(qtbot, context.jobs)
    assert page.month.text() == "Oct 2023"
    assert page.later.isEnabled()


def test_the_table_that_leaves_withholds_few_people(qtbot, window, context, water_id, tmp_path):
    page = opened(qtbot, window, context, water_id)
    page.earlier.click()
    settle(qtbot, context.jobs)
    page.save_csv()
    save_as(qtbot, page, tmp_path / "card.csv", proposed="Scorecard Water in schools 2024-04.csv")
    settle(qtbot, context.jobs)
    lines = (tmp_path / "card.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("measure,unit,value")
    assert lines[0].endswith("target,community,first day,last day,known until,as of")
    assert all(line.split(",")[-5:-2] == ["Water in schools", "2024-04-01", "2024-04-30"] for line in lines[1:])
    assert lines[1].endswith(",2024-06-15T12:00:00+00:00")
    assert [line for line in lines if line.startswith("New contributors,people,fewer than 5")]
    assert [line for line in lines if line.startswith("Lapsed regulars,people,fewer than 5")], (
        "counts leave, people do not"
    )


def test_a_head_count_typed_on_another_page_is_seen_here(qtbot, window, context, water_id):
    page = opened(qtbot, window, context, water_id)
    before = page.rows["adoption"].cells.values[0]
    changes = set_head_count(
        context.workspace, people=40, on=date(2024, 1, 1), source="Staff list", community_id=water_id
    )
    context.bus.publish(changes)
    settle(qtbot, context.jobs)
    assert before == "not known"
    assert page.rows["adoption"].cells.values[0] != before
