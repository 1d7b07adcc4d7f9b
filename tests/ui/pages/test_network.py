"""Network page: from the rail to one person's ties and on; empty, partial and hidden; files without names."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtWidgets import QPushButton

from tests.builders import NOW
from tests.networks import ALONE, HUB, a_circle_of_friends
from workbench.metrics.roles import ROLES, Role
from workbench.sync.connector import Batch
from workbench.sync.records import MessageRecord
from workbench.ui.pages.network import NetworkPage
from workbench.ui.period import Period, PeriodKind


@pytest.fixture
def opened(window, context, qtbot):
    """Opens the page and waits for it."""

    def show(argument: object = None) -> NetworkPage:
        window.open_page("network", argument)
        page = window.page()
        qtbot.waitUntil(lambda: page.is_settled() and not context.jobs.running(), timeout=15_000)
        return page

    return show


def settled(page, context, qtbot) -> None:
    qtbot.waitUntil(lambda: page.is_settled() and not context.jobs.running(), timeout=15_000)


def test_from_a_role_to_a_person_along_a_tie_and_back(window, context, qtbot, opened):
    a_circle_of_friends(context.workspace)
    page = opened()
    assert "19 of 20 members" in page._subtitle.text()
    page.side.choose(Role.BROKER)
    qtbot.keyClick(page.side.list, Qt.Key.Key_Down)
    assert page.view.node == 18
    assert page.inspector() is page.person
    assert page.person._name.text() == HUB
    qtbot.keyClick(page.view, Qt.Key.Key_Left)
    qtbot.keyClick(page.view, Qt.Key.Key_Right)
    walked = page.view.node
    assert walked >= 0
    assert page.person._name.text() == page._found.look.people[walked].name
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert window.here() == "members"
    window.go_back()
    window.go_back()
    page = opened()
    page.go_back()
    assert page.inspector() is None
    page.go_back()
    assert page.side.role is None
    assert page.go_back() is False


def test_colours_names_and_table_are_switched(context, qtbot, opened):
    a_circle_of_friends(context.workspace)
    page = opened()
    page.view.look_at(18)
    page.tools.colours.setCurrentIndex(1)
    settled(page, context, qtbot)
    assert page._legend.accessibleName() == "Colours: Dakar, Kabul, Lima"
    assert page.view.node == 18, "the same people: one goes on looking"
    page.tools.hide.setChecked(True)
    assert page.person._name.text() == "Somebody in Kabul"
    page._open_person(18)
    assert page.isVisible()
    context.set_shows_tables(shows=True)
    assert page.table.isVisible()
    assert not page.view.isVisible()
    context.set_shows_tables(shows=False)
    assert page.view.isVisible()


def test_opened_for_a_person_it_looks_at_their_ties(context, opened):
    a_circle_of_friends(context.workspace)
    with context.workspace.database.read() as reader:
        hub = reader.scalar("SELECT id FROM person WHERE name = ?", (HUB,))
    page = opened(hub)
    assert page.person._name.text() == HUB
    assert opened(None).view.node == 18


def test_what_arrives_while_it_draws_is_drawn_afterwards(context, qtbot, opened):
    community = a_circle_of_friends(context.workspace)
    page = opened()
    begun: list[str] = []
    context.jobs.job_started.connect(lambda job: begun.append(job.title))
    page.refresh()
    late = MessageRecord("late", "", ALONE, NOW - timedelta(days=2), "Re: Pumps", "Me too.", references=("root00",))
    context.workspace.mirror.apply(community, "events", Batch((late,)))
    page.refresh()
    page.refresh()
    assert begun.count("Drawing the network") == 1, "what is begun is finished first"
    qtbot.waitUntil(lambda: "20 of 20 members" in page._subtitle.text())
    settled(page, context, qtbot)
    assert begun.count("Drawing the network") == 2


def test_menu_and_palette_offer_its_acts_while_it_is_shown(window, context, opened):
    a_circle_of_friends(context.workspace)
    page = opened()
    assert context.actions.trigger("network.names")
    assert page.tools.hide.isChecked()
    window.open_page("members")
    assert not context.actions.action("network.all").isEnabled()


def test_partial_days_are_said_and_a_stop_can_be_taken_back(context, qtbot, opened):
    a_circle_of_friends(context.workspace)
    context.set_period(Period(PeriodKind.CUSTOM, NOW.date() - timedelta(days=800), NOW.date()))
    page = opened()
    assert page._note_text.text().startswith("Only 25")
    page._on_stopped()
    assert "stopped" in page._panel.accessibleName().casefold() or "stopped" in str(page._panel.accessibleDescription())
    page.refresh()
    settled(page, context, qtbot)
    assert page.view.isVisible()


def test_nothing_yet_and_no_ties_in_these_days_lead_on(context, qtbot, opened):
    page = opened()
    assert {button.text() for button in page._panel.findChildren(QPushButton)} >= {"Use the sample network"}
    community = a_circle_of_friends(context.workspace)
    context.set_scope((community,))
    context.set_period(Period(PeriodKind.LAST_7))
    settled(page, context, qtbot)
    offers = {button.text(): button for button in page._panel.findChildren(QPushButton)}
    offers["Show all time"].click()
    settled(page, context, qtbot)
    assert page.view.isVisible()
    assert len(page._found.look.people) == 19


def test_little_room_keeps_what_every_button_does(window, context, qtbot, opened):
    a_circle_of_friends(context.workspace)
    window.resize(1024, 640)
    page = opened()
    page.side.choose(Role.BROKER)
    page.view.look_at(18)
    qtbot.waitUntil(lambda: page.tools.hide.text() == "")
    assert page.view.node == 18
    assert page.side._words.text() == ROLES[Role.BROKER].meaning
    assert page.tools.hide.toolTip() == "Hide names"
    assert page.tools.hide.accessibleName() == "Hide names"
    assert page.view.width() >= 240
    assert not page._facts[0].isVisible()
    assert page._subtitle.isHidden()
    assert QSizeF(page.view.size()).isValid()
