"""The window's own actions, its bars and its palette over real rows."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.conftest import COLD, WATER
from tests.ui.plan_samples import a_plan
from tests.ui.settled import settle
from workbench.models.changes import Changes
from workbench.operations.rollup import expect_office
from workbench.ui.context import Context
from workbench.ui.link import Told
from workbench.ui.main_window import PAGES, MainWindow
from workbench.ui.period import Period, PeriodKind
from workbench.ui.status_words import Step
from workbench.ui.widgets.period_popup import PeriodPopup
from workbench.ui.widgets.scope_popup import ScopePopup


def test_every_enabled_action_is_reached_from_the_palette(window: MainWindow, context: Context):
    window.conduct.palette.open()
    offered = set(window.conduct.palette.titles())
    enabled = {spec.title for spec in context.actions if context.actions.action(spec.id).isEnabled()}
    assert enabled - offered == {"Go to or do anything…"}


def test_bars_show_scope_period_and_what_is_held(filled, water_id, window: MainWindow, context: Context):
    assert window.top.scope.text() == "All communities"
    context.set_scope((water_id,))
    assert window.top.scope.text() == WATER
    context.set_period(Period(PeriodKind.CUSTOM, date(2024, 1, 1), date(2024, 2, 1)))
    assert window.top.period.text() == "1 Jan 2024 – 1 Feb 2024"
    # Where the period has no effect, nothing can be chosen and the reason stands there.
    window.open_page("scorecard")
    told = []
    context.told.connect(lambda words, _action: told.append(words))
    context.actions.trigger("period.choose")
    assert (window.top.period.text(), window.top.period.isEnabled()) == ("One month", False)
    assert told == [window.top.period.toolTip()] != [""]
    window.open_page("dashboard")
    assert (window.top.period.text(), window.top.period.isEnabled()) == ("1 Jan 2024 – 1 Feb 2024", True)
    by_period = {"dashboard", "growth", "dialogue", "comparison", "conversations", "questions", "network"}
    own = {}
    for entry in PAGES:
        window.open_page(entry.key)
        if entry.key not in by_period and window.here() == entry.key:
            own[entry.key] = (window.top.period.text(), window.top.period.isEnabled())
            assert window.top.period.toolTip().endswith("The period chosen counts elsewhere.")
    assert own == {
        "today": ("Now", False), "communities": ("Last 90 days", False), "scorecard": ("One month", False),
        "members": ("All time", False), "plans": ("A plan’s days", False), "exchange": ("No period", False),
        "sync": ("All time", False), "settings": ("No period", False), "rollup": ("No period", False),
        "help": ("No period", False),
    }  # fmt: skip
    assert window.status.success.text().startswith("First import not finished")


def test_a_community_that_is_gone_leaves_the_scope(qtbot, filled, water_id, window: MainWindow, context: Context):
    context.set_scope((water_id, 999))
    context.bus.publish(Changes.COMMUNITIES)
    qtbot.waitUntil(lambda: context.scope == (water_id,))


def test_palette_jumps_to_a_community(qtbot, filled, window: MainWindow, context: Context):
    palette = window.conduct.palette
    palette.open()
    palette.typed.setText("wat sch")
    assert palette.titles()[0] == WATER
    palette.list.itemActivated.emit(palette.list.item(0))
    assert window.here() == "dashboard"
    qtbot.waitUntil(lambda: not context.jobs.running())


@pytest.mark.parametrize(("action", "popup"), [("scope.choose", ScopePopup), ("period.choose", PeriodPopup)])
def test_choices_open_their_popup(filled, window: MainWindow, context: Context, action: str, popup: type):
    assert context.actions.trigger(action)
    opened = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, popup) and widget.isVisible()]
    assert len(opened) == 1
    opened[0].close()


def test_look_and_text_size_are_switched_by_actions(window: MainWindow, context: Context):
    context.actions.trigger("theme.dark")
    context.actions.trigger("text.larger")
    assert context.theme.is_dark
    assert context.theme.text_scale == pytest.approx(1.1)
    context.actions.trigger("text.normal")
    assert context.theme.text_scale == 1


def test_help_and_pages_by_action(window: MainWindow, context: Context):
    context.actions.trigger("page.communities")
    context.actions.trigger("help")
    assert window.here() == "help"
    context.actions.trigger("back")
    assert window.here() == "communities"


def test_a_told_line_appears(window: MainWindow, context: Context):
    context.tell("Copied as CSV")
    assert window.conduct.toast.isVisible()
    assert COLD


def test_the_bar_offers_steps_that_are_taken(qtbot, window: MainWindow, context: Context):
    for step, argument in (
        (Step.OPEN_OUTBOX, "outbox"),
        (Step.OPEN_SYNC, "accounts"),
        (Step.OPEN_HELD_BACK, "held-back"),
    ):
        window.status.stepped.emit(step)
        assert window._here == ("sync", argument)
    qtbot.waitUntil(lambda: not context.jobs.running())
    window.status.stepped.emit(Step.PAUSE)
    qtbot.waitUntil(lambda: window.conduct._status.is_all_paused)
    window.status.stepped.emit(Step.RESUME)
    qtbot.waitUntil(lambda: not window.conduct._status.is_all_paused)
    window.status.stepped.emit(Step.STOP)
    settle(qtbot, context.jobs)


def test_the_bar_follows_the_link_and_what_waits_for_a_person(qtbot, filled, water_id, window: MainWindow, context):
    context.sources.link._ask = lambda: Told(is_connected=True, is_behind_portal=True)
    context.sources.link.look()
    assert window.status.link.text() == "Sign-in page"
    item = filled.outbox.save_topic(water_id, subject="Pumps", text="Which pump?")
    filled.outbox.queue(item)
    with filled.database.write() as session:
        session.connection().exec_driver_sql("UPDATE outboxitem SET state = 'refused' WHERE id = ?", (item,))
    context.bus.publish(Changes.OUTBOX)
    qtbot.waitUntil(lambda: window.status.posts.text() == "1 refused")
    assert window.rail._buttons["sync"]._number == "1"


def test_a_commitment_is_begun_from_any_page_and_opens_in_its_plan(
    qtbot, workspace, window: MainWindow, context: Context
):
    a_plan(workspace)
    window.open_page("members")
    context.actions.trigger("commitment.new")
    qtbot.waitUntil(lambda: context.maker.popover is not None)
    popover = context.maker.popover
    assert popover.kind.currentText() == "Commitment"
    popover.title.setText("Send the list")
    popover.make.click()
    settle(qtbot, context.jobs)
    context.actions.trigger("made.open")
    qtbot.waitUntil(lambda: window.page().is_settled() and window.page().side.card.isVisible())
    assert window.here() == "plans"
    assert window.page().side.card.form.title.toPlainText() == "Send the list"


def test_the_rail_has_the_roll_up_once_there_is_something_behind_it(qtbot, window: MainWindow, context: Context):
    button = window.rail._buttons["rollup"]
    assert not button.isVisible()
    workspace = context.workspace
    context.bus.publish(expect_office(workspace, place=workspace.database, code="ken", name="Kenya"))
    qtbot.waitUntil(button.isVisible)


@pytest.mark.parametrize(
    ("action", "page"),
    [
        ("plan.send", "exchange"),
        ("plan.receive", "exchange"),
        ("plan.choices", "exchange"),
        ("plan.copies", "exchange"),
        ("partners.open", "exchange"),
        ("rollup.open", "rollup"),
        ("rollup.send", "rollup"),
    ],
)
def test_exchange_and_roll_up_are_reached_by_action(
    qtbot, window: MainWindow, context: Context, action: str, page: str
):
    assert context.actions.trigger(action)
    assert window.here() == page
    settle(qtbot, context.jobs)


def test_what_is_no_longer_followed_is_said_to_be_so_where_communities_are_chosen(
    qtbot, filled, water_id, window: MainWindow, context: Context
):
    with filled.database.read() as reader:
        account = reader.scalar("SELECT account_id FROM community WHERE id = ?", (water_id,))
    context.bus.publish(filled.accounts.follow(account, [water_id], is_followed=False))
    settle(qtbot, context.jobs)
    context.actions.trigger("scope.choose")
    popup = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ScopePopup) and one.isVisible())
    names = [popup._list.item(row).text() for row in range(popup._list.count())]
    assert names[-1] == f"{WATER}, no longer followed"
    assert COLD in names[:-1]
    popup.close()


def test_the_way_back_of_a_step_goes_with_the_next_step_a_step_back_and_the_page(window: MainWindow, context: Context):
    button = window.conduct.toast.findChildren(QPushButton)[0]
    context.actions.action("edit.undo").setEnabled(True)
    overtaken = (
        context.step_begun.emit,
        lambda: context.actions.trigger("edit.undo"),
        lambda: window.open_page("members"),
    )
    for happens in overtaken:
        context.tell("Card archived.", action="edit.undo")
        assert button.isVisible()
        happens()
        assert not button.isVisible()
        assert window.conduct.toast.accessibleName() == "Card archived."
