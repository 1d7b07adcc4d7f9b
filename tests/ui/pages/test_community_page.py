"""What the pages about a community share: scope, steps, states without numbers, tables, ways up and back."""

from functools import partial

from PySide6.QtWidgets import QPushButton

from workbench.errors import NoSpaceError
from workbench.models.changes import Changes
from workbench.ui.pages.community_page import CommunityPage


class Scores(CommunityPage):
    """Reads in two steps, and shows what it was told to in place of numbers."""

    KEY, TITLE, ICON = "scorecard", "Scorecard", "gauge"
    FIRST_USE = ("What scores are", "They come later.")
    DEPENDS_ON = CommunityPage.DEPENDS_ON | Changes.PLANS

    def __init__(self, context) -> None:
        super().__init__(context)
        self.shown, self.arranged = [], 0
        self.add_tables_button()
        self.add_tabs()

    def refresh(self) -> None:
        self.read(lambda: "first", lambda _: self.read_on("rest", lambda: "rest", self.shown.append))

    def arrange(self) -> None:
        self.arranged += 1

    def show_tables(self, *, shows: bool) -> None:
        self.shown.append(shows)


def seen(qtbot, context) -> Scores:
    page = Scores(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.shown == ["rest"])
    page.shown.clear()
    return page


def offers(page: Scores) -> dict[str, QPushButton]:
    return {button.text(): button for button in page._panel.findChildren(QPushButton) if button.isVisible()}


def test_it_is_complete_after_its_last_part_and_again_after_a_change(qtbot, context):
    page = seen(qtbot, context)
    assert not page.is_settled()
    page.finish()
    assert page.is_settled()
    assert page.arranged
    context.bus.publish(Changes.NOTES)
    qtbot.waitUntil(lambda: page.shown == ["rest"])
    assert not page.is_settled()
    page.show_error(NoSpaceError())
    assert page.is_settled()


def test_what_is_shown_stays_where_a_later_part_cannot_be_read(qtbot, context):
    def refused() -> str:
        raise NoSpaceError

    page = seen(qtbot, context)
    page.read_on("rest", refused, page.shown.append)
    qtbot.waitUntil(page.is_settled)
    assert page._stack.currentWidget() is page._shown
    assert page._note_text.text().startswith("A part of this page could not be read. ")
    again = page._note_button
    assert isinstance(again, QPushButton)
    again.click()
    qtbot.waitUntil(lambda: page.shown == ["rest"])
    assert not page.is_settled()


def test_an_id_becomes_the_scope_and_the_ways_lead_on(qtbot, context):
    page, wanted = seen(qtbot, context), []
    context.page_wanted.connect(lambda key, argument: wanted.append((key, argument)))
    page.opened(7)
    page.opened(None)
    assert context.scope == (7,)
    for way in (page.go_back, page.to_communities, partial(page.open_thread, 3)):
        way()
    assert wanted == [("dashboard", None), ("communities", None), ("conversations", 3)]


def test_without_numbers_it_offers_the_first_step_and_of_a_site_its_views(qtbot, context):
    page, wanted = seen(qtbot, context), []
    context.page_wanted.connect(lambda key, _argument: wanted.append(key))
    page.show_first_step("All communities", "scores")
    assert page.is_settled()
    assert [page._title.text(), page._subtitle.text()] == ["All communities", "scores"]
    assert list(offers(page)) == ["Import a mailing list", "Add an account", "Use the sample network"]
    page.show_site("Site")
    assert list(offers(page)) == ["Show its page views"]
    offers(page)["Show its page views"].click()
    assert wanted == ["dashboard"]


def test_charts_become_tables_on_every_page_and_the_button_says_what_is_next(qtbot, context):
    page = seen(qtbot, context)
    page.turn_tables()
    assert page._tables.text() == "Show as table"
    context.set_shows_tables(shows=True)
    assert (page.shown, page._tables.text(), page._tables.isChecked()) == ([False, True], "Show as charts", True)
