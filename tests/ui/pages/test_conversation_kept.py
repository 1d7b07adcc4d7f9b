"""The menu of kept searches: what they are called and what is new in each, and a way to where they are renamed."""

from datetime import UTC, datetime

from tests.builders import NOW
from tests.ui.pages.quiet import Quiet
from workbench.operations.questions import listen_for
from workbench.queries.listening import ListeningId, ListeningRow, find_listening
from workbench.queries.search_filters import SearchFilters
from workbench.ui.pages.conversation_kept import kept_words
from workbench.ui.pages.questions_listening import NamePopover


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def test_what_is_kept_is_told_with_what_is_new():
    row = ListeningRow(ListeningId(1), "pump", (), SearchFilters(), "Dana Example", None, 500, True, None, NOW)
    assert plain(kept_words(row)) == "pump · 500+ new · Dana Example"
    named = ListeningRow(ListeningId(1), "pump", (), SearchFilters(), "", None, 0, False, None, NOW, "All pumps")
    assert plain(kept_words(named)) == "All pumps"


def test_a_kept_search_brings_its_communities_and_days_and_is_renamed_with_a_way_back(
    qtbot, filled, water_id, context, window
):
    days = datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC)
    listen_for(filled, words="pump", scope=(water_id,), filters=SearchFilters(period=days), name="May & pumps")
    quiet = Quiet(qtbot, context.jobs)
    window.open_page("conversations")
    page = window.page()
    quiet.wait(page)
    page._line.kept.button.click()
    quiet.wait(page)
    assert [plain(action.text()) for action in page._line.kept.menu.actions()] == [
        "May && pumps",
        "",
        "Rename or stop…",
    ]
    page._line.kept.menu.actions()[0].trigger()
    assert (context.scope, page._line.filters.period) == ((water_id,), days)
    page._line.kept.menu.hide()
    window.open_page("questions", "Listening")
    questions = window.page()
    quiet.wait(questions)
    panel = questions.listening
    panel.rename.click()
    (popover,) = window.findChildren(NamePopover)
    popover.name.setText("Pumps of May")
    popover.name.returnPressed.emit()
    quiet.wait(questions)
    assert plain(panel.list.item(0).text()) == "Pumps of May"
    questions.edits.undo()
    quiet.wait(questions)
    with filled.database.read() as reader:
        assert find_listening(reader, "may & pumps") is not None
    panel.search.click()
    assert window.here() == "conversations"
