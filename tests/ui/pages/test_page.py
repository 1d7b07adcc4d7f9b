"""What every page shares: reads again when what it depends on changed, shows a skeleton late, says errors in words."""

import threading

from PySide6.QtWidgets import QLabel

from workbench.errors import NoSpaceError, WorkStoppedError
from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.pages.page import Page
from workbench.ui.period import Period, PeriodKind
from workbench.ui.widgets.state_panel import Offer, Skeleton


class PlainPage(Page):
    """Counts how often it was read."""

    KEY, TITLE, ICON = "plain", "Plain", "gear"
    DEPENDS_ON = Changes.PLANS

    def __init__(self, context: Context, work=lambda: 7) -> None:
        super().__init__(context)
        self.work, self.reads, self.answers = work, 0, []
        self.body.addWidget(QLabel("Body"))

    def refresh(self) -> None:
        self.reads += 1
        self.load(self.work, self.answers.append)


def shown(qtbot, context: Context, **options) -> PlainPage:
    page = PlainPage(context, **options)
    qtbot.addWidget(page)
    page.show()
    return page


def words(page: Page) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_page_reads_when_first_shown_and_shows_its_body(qtbot, context: Context):
    page = shown(qtbot, context)
    qtbot.waitUntil(lambda: page.answers == [7])
    assert "Body" in words(page)
    assert page.is_settled()


class TwoSteps(PlainPage):
    """Shows numbers first and the rest later."""

    rest = False

    def is_complete(self) -> bool:
        return self.rest


def test_a_page_read_in_steps_is_settled_by_its_last_one_or_by_what_went_wrong(qtbot, context: Context):
    page = TwoSteps(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.answers == [7])
    assert not page.is_settled()
    page.show_error(NoSpaceError())
    assert page.is_settled()
    page.refresh()
    assert not page.is_settled()
    page.rest = True
    assert page.is_settled()


def test_page_reads_again_only_for_what_it_depends_on(qtbot, context: Context):
    page = shown(qtbot, context)
    qtbot.waitUntil(lambda: len(page.answers) == 1)
    context.bus.publish(Changes.EVENTS)
    context.bus.publish(Changes.PLANS | Changes.EVENTS)
    context.set_period(Period(PeriodKind.YEAR))
    qtbot.waitUntil(lambda: len(page.answers) == 2)
    assert page.reads == 2


def test_hidden_page_waits_until_it_is_shown(qtbot, context: Context):
    page = shown(qtbot, context)
    qtbot.waitUntil(lambda: len(page.answers) == 1)
    page.hide()
    context.bus.publish(Changes.PLANS)
    assert page.reads == 1
    page.show()
    qtbot.waitUntil(lambda: len(page.answers) == 2)


def test_skeleton_shows_while_a_first_read_takes_long(qtbot, context: Context):
    go = threading.Event()
    page = shown(qtbot, context, work=go.wait)
    skeleton = page.findChildren(Skeleton)[0]
    assert not skeleton.isVisible()
    qtbot.waitUntil(skeleton.isVisible)
    assert not page.grab().isNull()
    go.set()
    qtbot.waitUntil(lambda: "Body" in words(page))


def test_error_is_said_in_words_and_can_be_tried_again(qtbot, context: Context):
    def fail() -> None:
        raise NoSpaceError

    page = shown(qtbot, context, work=fail)
    qtbot.waitUntil(lambda: "disk is full" in words(page).casefold())
    page.work = lambda: 8
    page.refresh()
    qtbot.waitUntil(lambda: page.answers == [8])
    assert "Body" in words(page)


def test_states_have_their_words_and_buttons(qtbot, context: Context):
    page, pressed = shown(qtbot, context), []
    qtbot.waitUntil(lambda: bool(page.answers))
    page.show_first_use("Begin here", "One step is enough.", offers=(Offer("Begin", lambda: pressed.append("begin")),))
    assert "Begin here" in words(page)
    assert "One step is enough." in words(page)
    page.show_empty_by_filter("No card has “x”.", lambda: pressed.append("clear"))
    assert "Nothing matches" in words(page)
    page.show_content()
    assert "Body" in words(page)


def test_note_and_title(qtbot, context: Context):
    page = shown(qtbot, context)
    page.set_title("Plain", "3 of 12")
    page.set_note("Known until yesterday", offer=Offer("Sync now", lambda: None))
    assert all(said in words(page) for said in ("Plain", "3 of 12", "Known until yesterday"))
    page.set_note("")
    assert "Known until" not in words(page)


def test_what_could_not_be_read_is_said_until_the_page_is_read_again(qtbot, context: Context):
    page = shown(qtbot, context)
    page.show_content()
    page.show_part_error(WorkStoppedError("it stopped"))
    page.set_note("Known until yesterday")
    assert ("could not be read" in words(page), "Known until" in words(page)) == (True, False)
    page.load(lambda: None, lambda _: page.set_note("Known until today"))
    qtbot.waitUntil(lambda: "Known until today" in words(page))


def test_page_without_history_has_nothing_to_undo(qtbot, context: Context):
    page = shown(qtbot, context)
    assert not page.can_undo()
    assert not page.can_redo()
    assert not page.go_back()
    assert page.inspector() is None
    for act in (page.new, page.find_here, page.undo, page.redo, page.take_focus):
        act()
    page.opened(None)
