"""Scope and period hold across pages: one place, one signal each, none when nothing changed."""

from workbench.ids import CommunityId
from workbench.ui.context import Context
from workbench.ui.period import Period, PeriodKind


def test_scope_and_period_are_announced_once(qtbot, context: Context):
    heard = []
    context.scope_changed.connect(lambda: heard.append("scope"))
    context.period_changed.connect(lambda: heard.append("period"))
    context.tables_changed.connect(lambda: heard.append("tables"))
    for _ in range(2):
        context.set_scope((CommunityId(1),))
        context.set_period(Period(PeriodKind.YEAR))
        context.set_shows_tables(shows=True)
    assert heard == ["scope", "period", "tables"]


def test_pages_are_asked_for_by_key(qtbot, context: Context):
    with qtbot.waitSignal(context.page_wanted) as asked:
        context.open_page("dashboard", 3)
    assert asked.args == ["dashboard", 3]


def test_a_line_is_told_with_its_way_back(qtbot, context: Context):
    with qtbot.waitSignal(context.told) as told:
        context.tell("Card archived", action="edit.undo")
    assert told.args == ["Card archived", "edit.undo"]


def test_every_page_shares_one_desk(context: Context):
    assert context.desk is context.desk
