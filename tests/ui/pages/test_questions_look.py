"""The question at the side of the page: opened by a look, shut by hand, opened again by a click."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.pages.asked import fill
from tests.ui.pages.quiet import Quiet
from tests.ui.plan_samples import a_plan
from workbench.models.changes import Changes
from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.plans.drafts import CardDraft
from workbench.queries.evidence import thread_name
from workbench.queries.questions import QuestionState
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.questions import TAGS, QuestionsPage


@pytest.fixture
def quiet(qtbot, context: Context) -> Quiet:
    return Quiet(qtbot, context.jobs)


@pytest.fixture
def ids(workspace):
    return fill(workspace)


@pytest.fixture
def page(quiet: Quiet, ids, window: MainWindow) -> QuestionsPage:
    window.open_page("questions")
    shown = window.page()
    quiet.wait(shown)
    return shown


def test_a_click_opens_again_what_was_shut_and_another_part_begins_without_it(qtbot, quiet: Quiet, page, ids):
    view = page.board.lists[QuestionState.OPEN]
    top = page.tabs.y()
    for _ in range(2):
        at = view.visualRect(view.model().index(0, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        quiet.wait(page)
        assert page.inspector() is page.side
        assert page.side.shown.id == ids["old"]
        page.go_back()
        assert page.inspector() is None
    page.opened(ids["old"])
    quiet.wait(page)
    page.tabs.setCurrentIndex(TAGS)
    quiet.wait(page)
    assert (page.inspector(), page.tabs.y()) == (None, top)


def test_a_card_made_of_the_question_at_the_side_stands_there_at_once(quiet: Quiet, context, page, ids):
    page.opened(ids["old"])
    quiet.wait(page)
    with context.workspace.database.read() as reader:
        named = thread_name(reader, ids["old"])
    evidence = (Evidence("", EvidenceKind.THREAD, "Pump", named),)
    a_plan(context.workspace, cards=(CardDraft("List the pumps", evidence=evidence),))
    context.bus.publish(Changes.PLANS)
    quiet.wait(page)
    assert [card.title for card in page.side.shown.cards] == ["List the pumps"]
