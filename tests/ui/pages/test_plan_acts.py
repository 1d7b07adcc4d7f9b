"""What people do with the chosen cards: one step of undo each, shown at once, saved, and carried by the clipboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from tests.ui.plan_samples import TODAY, Said, a_plan, listen
from workbench.ids import CardId, PlanId
from workbench.models.kinds import CardColumn, Pillar
from workbench.plans.drafts import CardDraft
from workbench.plans.views import CardView, Recurrence
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import read_plans
from workbench.ui.pages.plan_days import PlanDays
from workbench.ui.pages.plan_desk import PlanDesk
from workbench.workspace import Workspace

TODO, DOING, DONE = CardColumn


class Table:
    """A plan of four cards and a weekly one, with what a page would do between acts."""

    def __init__(self, qtbot, context: Context, plan_id: PlanId) -> None:
        self._qtbot, self._context, self._plan_id = qtbot, context, plan_id
        self.desk, self.cards = PlanDesk(context), PlanCards()
        self.desk.use(plan_id)
        self.acts = CardActs(context, self.desk, self.cards)
        self.read()

    def read(self) -> None:
        data = read_plans(self._context.workspace.database, plan_id=self._plan_id, today=TODAY).board
        assert data is not None
        objectives = tuple((each.id, each.title) for each in data.objectives)
        self.acts.offer(owners=data.owners, objectives=objectives)
        self.cards.show(data.items, data.rows, today=TODAY, days=PlanDays(data.plan.starts_on))

    def id(self, title: str) -> CardId:
        return next(card for card, row in self.cards.rows.items() if row.title == title)

    def choose(self, *titles: str) -> None:
        self.cards.choose([self.id(title) for title in titles])

    def stored(self) -> dict[str, CardView]:
        """The cards as saved, by title, in board order."""
        self._qtbot.waitUntil(lambda: not self.desk.is_busy)
        view = self._context.workspace.plans.open(self._plan_id).view()
        return {card.title: card for card in view.cards if not card.is_archived and card.occurrence == 0}

    def undo(self) -> dict[str, CardView]:
        self.desk.undo()
        return self.stored()


@pytest.fixture
def table(qtbot, context: Context, workspace: Workspace) -> Table:
    weekly = CardDraft("Weekly", due_day=0, recurrence=Recurrence(7, 20))
    drafts = [
        CardDraft("One", due_day=2, owner="Bo Example"),
        CardDraft("Two"),
        CardDraft("Three", column=DOING),
        weekly,
    ]
    return Table(qtbot, context, a_plan(workspace, cards=drafts))


@pytest.fixture
def said(context: Context) -> Said:
    return listen(context)


def test_fields_of_all_chosen_cards_are_one_step(table: Table):
    table.choose("One", "Three")
    table.acts.set_fields(pillar=Pillar.UI, owner="Luis Ejemplo")
    assert table.cards.rows[table.id("Three")].owner == "Luis Ejemplo"
    assert [card.pillar for card in table.stored().values()] == [Pillar.UI, None, None, Pillar.UI]
    assert [card.owner for card in table.undo().values()] == ["Bo Example", "", "", ""]


def test_cards_are_moved_to_a_column_together(table: Table):
    table.choose("One", "Two", "Three")
    table.acts.move_to(DOING)
    assert [row.title for row in table.cards.rows.values() if row.column is DOING] == ["One", "Two", "Three"]
    assert [title for title, card in table.stored().items() if card.column is DOING] == ["One", "Two", "Three"]
    assert table.undo()["One"].column is TODO


def test_place_and_fields_are_one_step(table: Table):
    two = table.id("Two")
    table.acts.put([two], to=DONE, index=0, changes={two: {"owner": "Luis Ejemplo"}})
    assert table.cards.rows[two].done_on == TODAY
    stored = table.stored()["Two"]
    assert (stored.column, stored.owner) == (DONE, "Luis Ejemplo")
    undone = table.undo()["Two"]
    assert (undone.column, undone.owner) == (TODO, "")


def test_days_are_shifted_and_cards_without_one_left_alone(table: Table):
    table.choose("One", "Two")
    assert table.acts.shift(7) == 1
    stored = table.stored()
    assert (stored["One"].due_day, stored["Two"].due_on) == (9, None)
    table.choose("Two")
    assert table.acts.shift(7) == 0
    assert not table.desk.is_busy


def test_all_times_of_a_series_are_written_at_once(table: Table):
    table.acts.set_series(table.id("Weekly"), owner="Luis Ejemplo")
    table.stored()
    table.read()
    assert {row.owner for row in table.cards.rows.values() if row.title == "Weekly"} == {"Luis Ejemplo"}


def test_archived_cards_are_gone_at_once_and_come_back(table: Table, said: Said):
    table.choose("One", "Two")
    table.acts.archive()
    assert table.cards.chosen == ()
    assert "One" not in {row.title for row in table.cards.rows.values()}
    assert said == [("2 cards archived.", "edit.undo")]
    assert set(table.stored()) == {"Weekly", "Three"}
    assert set(table.undo()) == {"One", "Two", "Weekly", "Three"}


def test_key_that_archives_takes_letters_away_in_a_line_of_text(qtbot, table: Table):
    table.choose("One")
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    qtbot.waitUntil(line.isActiveWindow)
    line.setFocus()
    table.acts.archive_by_key()
    table.acts.duplicate_by_key()
    assert set(table.stored()) == {"One", "Two", "Weekly", "Three"}
    line.close()
    QApplication.processEvents()
    table.acts.archive_by_key()
    assert set(table.stored()) == {"Two", "Weekly", "Three"}


def test_duplicates_are_told_so_that_they_can_be_chosen(qtbot, table: Table):
    table.choose("One", "Three")
    with qtbot.waitSignal(table.acts.made) as made:
        table.acts.duplicate()
    table.stored()
    table.read()
    assert [table.cards.rows[card].title for card in made.args[0]] == ["One", "Three"]


def test_cards_are_copied_and_pasted_as_they_are(qtbot, table: Table, said: Said):
    table.choose("One")
    table.acts.copy()
    assert QApplication.clipboard().text().startswith("Title\tColumn")
    with qtbot.waitSignal(table.acts.made) as made:
        table.acts.paste()
    table.stored()
    table.read()
    copy = table.cards.rows[made.args[0][0]]
    assert (copy.title, copy.due_day, copy.owner) == ("One", 2, "Bo Example")
    assert [words for words, _ in said] == ["1 card copied.", "1 card added."]


def test_cut_cards_are_on_the_clipboard_and_off_the_plan(table: Table):
    table.choose("Two")
    table.acts.cut()
    assert "Two" in QApplication.clipboard().text()
    assert "Two" not in table.stored()


def test_lines_of_text_become_cards(table: Table, said: Said):
    data = QMimeData()
    data.setText("- Ask the school\n\n- Call the sponsor\n")
    QApplication.clipboard().setMimeData(data)
    table.acts.paste()
    assert {"Ask the school", "Call the sponsor"} <= set(table.stored())
    QApplication.clipboard().setText(" ")
    table.acts.paste()
    assert said[-1] == ("The clipboard holds no text to make cards of.", "")


def test_card_is_added_with_the_id_it_answers(table: Table):
    card = table.acts.add(CardDraft("New"))
    assert table.stored()["New"].id == card


def test_acts_without_chosen_cards_do_nothing(table: Table, said: Said):
    table.cards.choose([])
    acts = table.acts
    for act in (acts.open, acts.archive, acts.duplicate, acts.copy, lambda: acts.move_to(DONE), lambda: acts.shift(1)):
        act()
    acts.set_fields(owner="x")
    assert not table.desk.is_busy
    assert said == []


def test_open_asks_for_the_card_the_keyboard_is_on(qtbot, table: Table):
    table.cards.choose([table.id("One"), table.id("Two")], current=table.id("One"))
    with qtbot.waitSignal(table.acts.opened) as opened:
        table.acts.open()
    assert opened.args == [table.id("One")]


def found(menu: QMenu, *path: str) -> QAction:
    """The act at the end of a path of menus."""
    for title in path[:-1]:
        inner = next(act for act in menu.actions() if act.text() == title).menu()
        assert isinstance(inner, QMenu)
        menu = inner
    return next(act for act in menu.actions() if act.text() == path[-1])


def test_menu_sets_every_field_of_all_chosen_cards(table: Table, ground: QWidget):
    table.choose("One", "Two")
    menu = table.acts.show_menu(ground, QPoint(10, 10))
    assert found(menu, "Move to…", "Doing").isEnabled()
    assert not found(menu, "Move to…", "To do").isEnabled()
    for path in (
        ("Pillar", "U&I"),
        ("Owner", "Amina Example"),
        ("Objective", "Reply rate"),
        ("Move its day", "One week later"),
    ):
        found(menu, *path).trigger()
    stored = table.stored()
    assert {stored[title].pillar for title in ("One", "Two")} == {Pillar.UI}
    assert {stored[title].owner for title in ("One", "Two")} == {"Amina Example"}
    assert stored["One"].objective_id is not None
    assert stored["One"].due_on == TODAY + timedelta(days=9)
    for path in (("Pillar", "No pillar"), ("Owner", "Nobody yet"), ("Objective", "No objective")):
        found(menu, *path).trigger()
    stored = table.stored()
    assert (stored["Two"].pillar, stored["Two"].owner, stored["Two"].objective_id) == (None, "", None)
    menu.close()
