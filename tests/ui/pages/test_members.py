"""The members page over a real profile: filter, order, columns, the person at the side, edits and their way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel

from tests.ui.pages.quiet import Quiet
from tests.ui.plan_samples import a_plan
from workbench.operations.people import set_facts
from workbench.queries.member_filter import MemberFilter
from workbench.queries.members import MemberSort, list_members, person_card
from workbench.queries.people_own import OwnFacts
from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.pages.member_columns import ColumnPopup
from workbench.ui.pages.member_data import read_directory
from workbench.ui.pages.members import MembersPage
from workbench.ui.qt_models.member_table import COLUMNS

KEYS = [column.key for column in COLUMNS]


@pytest.fixture
def quiet(qtbot, context: Context) -> Quiet:
    return Quiet(qtbot, context.jobs)


@pytest.fixture
def page(qtbot, quiet: Quiet, filled, window: MainWindow, context: Context) -> MembersPage:
    window.open_page("members")
    shown = window.page()
    quiet.wait(shown)
    return shown


def names(page: MembersPage) -> list[str]:
    return [page._model.index(row, 0).data() for row in range(page._model.rowCount())]


def words(page: MembersPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def card(context: Context, page: MembersPage):
    with context.workspace.database.read() as reader:
        return person_card(reader, page._side.person.person_id, as_of=context.workspace.clock.now())


def enter(qtbot, quiet: Quiet, page: MembersPage, row: int) -> None:
    page._table.selectRow(row)
    qtbot.keyClick(page._table, Qt.Key.Key_Return)
    quiet.wait(page)


def test_people_are_listed_by_name_and_never_by_rank(page: MembersPage):
    assert names(page) == [f"Person {number} Example" for number in range(6)]
    assert page._sort is MemberSort.NAME


def test_typing_filters_by_every_word(qtbot, quiet: Quiet, page: MembersPage, context: Context):
    page.find_here()
    qtbot.keyClicks(page._filter, "exam 4")
    quiet.wait(page)
    assert names(page) == ["Person 4 Example"]
    assert "1 of 6" in words(page)
    page._filter.setText("nobody of that name")
    quiet.wait(page)
    assert "Nothing matches" in words(page)
    qtbot.keyClick(page._filter, Qt.Key.Key_Escape)
    quiet.wait(page)
    assert len(names(page)) == 6


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("4 zebra", MemberFilter.ALL, "Nobody here has “zebra” in name"),
        ("4, 5", MemberFilter.ALL, "1 person fits “4”, 1 person fits “5”, but nobody fits all of it."),
        ("4", MemberFilter.SPONSORS, "Nobody here is marked as a sponsor."),
        ("4", MemberFilter.EXTERNAL, "1 person fits “4”, 1 person fits “External, by organisation”, but nobody"),
    ],
)
def test_a_filter_that_leaves_nobody_says_which_part_of_it(quiet: Quiet, page: MembersPage, text, where, said):
    first = page._model.row_at(0).person_id
    set_facts(page.context.workspace, person_id=first, facts=OwnFacts(organisation="Example trust"))
    page._filter.setText(text)
    page._where.choose(where)
    quiet.wait(page)
    assert said in words(page)


def test_somebody_opened_from_elsewhere_is_the_one_who_is_marked(quiet: Quiet, page: MembersPage, window, context):
    fourth, first = page._model.row_at(4).person_id, page._model.row_at(0).person_id
    page._table.selectRow(0)
    window.open_page("members", fourth)
    quiet.wait(page)
    assert page._side.person.person_id == fourth
    assert page._model.row_at(page._table.currentIndex().row()).person_id == fourth
    # Who does not fit the filter is shown beside the table, and nobody in it is marked.
    page._filter.setText("person 4")
    quiet.wait(page)
    window.open_page("members", first)
    quiet.wait(page)
    assert page._side.person.person_id == first
    assert not page._table.currentIndex().isValid()


def test_heads_give_an_order_and_never_a_ranking(quiet: Quiet, page: MembersPage):
    head = page._table.horizontalHeader()
    page._table.sortByColumn(KEYS.index("last"), Qt.SortOrder.DescendingOrder)
    quiet.wait(page)
    days = [page._model.row_at(place).last_at for place in range(6)]
    assert days == sorted(days, reverse=True)
    for count in ("messages", "communities"):
        page._table.sortByColumn(KEYS.index(count), Qt.SortOrder.DescendingOrder)
        quiet.wait(page)
        assert [page._model.row_at(place).last_at for place in range(6)] == days
        assert (head.sortIndicatorSection(), head.sortIndicatorOrder()) == (
            KEYS.index("last"),
            Qt.SortOrder.DescendingOrder,
        )


def test_a_choice_of_people_is_said_in_the_title_and_ordered_by_what_it_is_about(
    quiet: Quiet, page: MembersPage, context: Context
):
    with context.workspace.database.read() as reader:
        ids = [row.person_id for row in list_members(reader, (), limit=2)]
    for person_id, organisation in zip(ids, ("Example trust", "Another trust"), strict=True):
        set_facts(context.workspace, person_id=person_id, facts=OwnFacts(organisation=organisation))
    page._where.choose(MemberFilter.EXTERNAL)
    quiet.wait(page)
    assert "most are of Another trust" in words(page)
    assert names(page) == ["Person 1 Example", "Person 0 Example"]
    assert "2 of 6 · External, by organisation" in words(page)
    page._where.choose(MemberFilter.SPONSORS)
    quiet.wait(page)
    assert "Nobody here is marked as a sponsor" in words(page)
    page._clear_filters()
    quiet.wait(page)
    assert names(page)[0] == "Person 0 Example"
    assert len(names(page)) == 6


def test_enter_shows_a_person_and_esc_closes(
    qtbot, quiet: Quiet, page: MembersPage, window: MainWindow, context: Context
):
    assert page.inspector() is None
    enter(qtbot, quiet, page, 2)
    assert page.inspector() is page._side.person
    assert page._side.person._name.text() == "Person 2 Example"
    assert "Known only from what they wrote" in page._side.person._source.text()
    page._table.selectRow(3)
    quiet.wait(page)
    assert page._side.person._name.text() == "Person 3 Example"
    window.go_back()
    assert page.inspector() is None
    assert window.here() == "members"
    at = page._table.visualRect(page._model.index(3, 0)).center()
    qtbot.mouseClick(page._table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    quiet.wait(page)
    assert page._side.person._name.text() == "Person 3 Example"
    assert page.inspector() is page._side.person


def test_note_is_kept_when_the_keyboard_goes_elsewhere(qtbot, quiet: Quiet, page: MembersPage, context: Context):
    enter(qtbot, quiet, page, 0)
    note = page._side.person._note
    qtbot.keyClicks(note, "Knows the pumps of the north")
    qtbot.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    quiet.wait(page)
    assert card(context, page).note == "Knows the pumps of the north"
    note.setPlainText("Second thoughts")
    page._side.person.keep()
    quiet.wait(page)
    assert card(context, page).note == "Second thoughts"


def test_note_is_kept_before_another_person_takes_its_place(qtbot, quiet: Quiet, page: MembersPage, context: Context):
    enter(qtbot, quiet, page, 0)
    first = page._side.person.person_id
    page._side.person._note.setPlainText("Half a thou")
    page._table.selectRow(1)
    quiet.wait(page)
    assert page._side.person._note.toPlainText() == ""
    with context.workspace.database.read() as reader:
        assert person_card(reader, first, as_of=context.workspace.clock.now()).note == "Half a thou"


def test_every_edit_can_be_taken_back_and_made_again(
    qtbot, quiet: Quiet, page: MembersPage, window: MainWindow, context: Context
):
    enter(qtbot, quiet, page, 0)
    assert not context.actions.action("edit.undo").isEnabled()
    qtbot.keyClicks(page._side.person._tags._line, "mentor,")
    quiet.wait(page)
    page._side.person._note.setPlainText("A note")
    page._side.person.keep()
    quiet.wait(page)
    assert (card(context, page).note, card(context, page).tags) == ("A note", ("mentor",))
    assert context.actions.trigger("edit.undo")
    quiet.wait(page)
    assert (card(context, page).note, card(context, page).tags) == ("", ("mentor",))
    assert page._side.person._note.toPlainText() == ""
    context.actions.trigger("edit.undo")
    quiet.wait(page)
    assert card(context, page).tags == ()
    assert page._side.person._tags.tags == ()
    assert not context.actions.action("edit.undo").isEnabled()
    context.actions.trigger("edit.redo")
    quiet.wait(page)
    assert card(context, page).tags == ("mentor",)
    assert names(page)[0] == "Person 0 Example"
    assert page._model.row_at(0).tags == ("mentor",)


def test_an_automatic_sender_leaves_the_directory_and_is_found_by_choice(
    qtbot, quiet: Quiet, page: MembersPage, context: Context
):
    enter(qtbot, quiet, page, 0)
    beside = page._side.person
    assert beside.count_button.text() == "Automatic sender, count nowhere"
    beside.count_button.click()
    quiet.wait(page)
    assert "as you said; left out of every number" in beside._source.text()
    assert names(page)[0] == "Person 1 Example"
    page._where.choose(MemberFilter.PROGRAMS)
    quiet.wait(page)
    assert names(page) == ["Person 0 Example"]
    assert "Automatic senders" in words(page)
    context.actions.trigger("edit.undo")
    quiet.wait(page)
    assert "No automatic sender is known here" in words(page)
    context.actions.trigger("edit.redo")
    quiet.wait(page)
    assert beside.count_button.text() == "A person after all"
    beside.count_button.click()
    page._where.choose(MemberFilter.ALL)
    quiet.wait(page)
    assert names(page)[0] == "Person 0 Example"


def test_chosen_columns_are_remembered(qtbot, quiet: Quiet, page: MembersPage, context: Context):
    page._choose_columns()
    popup = page._columns.findChild(ColumnPopup)
    boxes = {box.text(): box for box in popup.findChildren(QCheckBox)}
    assert not boxes["Name"].isEnabled()
    boxes["Tags"].setChecked(False)
    boxes["First message"].setChecked(True)
    popup.close()
    quiet.wait(page)
    kept = read_directory(context.workspace.database, page._people).columns
    assert set(kept) == {"name", "office", "communities", "messages", "first", "last"}
    assert page._table.isColumnHidden(KEYS.index("tags"))


def test_person_found_elsewhere_opens_here(
    qtbot, quiet: Quiet, page: MembersPage, window: MainWindow, context: Context
):
    person = page._model.row_at(4).person_id
    window.open_page("members", int(person))
    quiet.wait(page)
    assert page._side.person.person_id == person
    assert page._table.currentIndex().row() == 4


def test_community_of_a_person_opens_its_dashboard(qtbot, quiet: Quiet, page: MembersPage, context: Context, water_id):
    enter(qtbot, quiet, page, 0)
    with qtbot.waitSignal(context.page_wanted) as asked:
        page._side.person._communities.itemAt(0).widget().click()
    assert asked.args == ["dashboard", water_id]
    qtbot.waitUntil(lambda: not quiet.is_busy())


def test_first_use_and_empty_scope_say_so(qtbot, quiet: Quiet, workspace, window: MainWindow, context: Context):
    window.open_page("members")
    quiet.wait(window.page())
    assert "Know who is who" in words(window.page())


def test_columns_fit_the_smallest_window_with_a_person_open(
    qtbot, quiet: Quiet, page: MembersPage, window: MainWindow, context: Context
):
    window.resize(1024, 640)
    context.theme.set_text_scale(1.5)
    enter(qtbot, quiet, page, 0)
    shown = sum(
        page._table.columnWidth(place) for place in range(len(COLUMNS)) if not page._table.isColumnHidden(place)
    )
    assert shown <= page._table.viewport().width() + 1
    assert window.width() == 1024
    assert not page._title._is_short_of_room()


def test_page_says_that_numbers_are_of_the_days_that_are_known(page: MembersPage):
    said = "Only 44 % of the last 90 days is known here: messages and dates tell of that only"
    assert said.replace(" ", "") in words(page).replace("\xa0", "").replace(" ", "")


def test_a_card_is_begun_with_the_person_who_is_marked_or_shown(
    qtbot, quiet: Quiet, page: MembersPage, window: MainWindow, context: Context
):
    a_plan(context.workspace)
    page._table.selectRow(2)
    context.actions.trigger("person.card")
    qtbot.waitUntil(lambda: context.maker.popover is not None)
    assert context.maker.popover.owner.text() == "Person 2 Example"
    context.maker.popover.close()
    qtbot.waitUntil(lambda: context.maker.popover is None)
    enter(qtbot, quiet, page, 4)
    page._side.person.card_button.click()
    qtbot.waitUntil(lambda: context.maker.popover is not None)
    assert context.maker.popover.owner.text() == "Person 4 Example"
    context.maker.popover.close()
    window.open_page("communities")
    assert not context.actions.action("person.card").isEnabled()
