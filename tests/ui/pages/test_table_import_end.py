"""The end of an import of a table: undo where it can be done whole, and words where it cannot."""

from pathlib import Path

import pytest

from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.operations.tables import TableOrder, import_mapped_table, look_into_table
from workbench.sync.records import CommunityRecord
from workbench.ui.context import Context
from workbench.ui.pages.table_import_end import TableOutcome
from workbench.ui.source_work import Work, WorkKind


@pytest.fixture
def outcome(qtbot, context: Context) -> TableOutcome:
    made = TableOutcome(context.theme, context.sources)
    qtbot.addWidget(made)
    made.show()
    return made


def imported(context: Context, folder: Path) -> Work:
    path = folder / "t.csv"
    path.write_text("Author,Date,Text\nAmina Example,2024-01-05,Hello\n", encoding="utf-8")
    order = TableOrder(path, "Pumps", look_into_table(None, path=path).proposed())
    return Work(WorkKind.TABLE, "Pumps", results=(import_mapped_table(context.workspace, order),), is_running=False)


def test_community_of_its_own_is_taken_out(qtbot, tmp_path: Path, context: Context, outcome: TableOutcome):
    outcome.show_work(imported(context, tmp_path), is_new=True)
    assert outcome._words.text() == "Takes “Pumps” out again, with everything in it."
    with qtbot.waitSignal(outcome.undone) as gone:
        outcome._undo.click()
        assert not outcome._undo.isEnabled()
    assert gone.args == ["Pumps"]
    settle(qtbot, context.jobs)
    assert context.workspace.accounts.list() == ()


def test_undo_that_is_refused_says_why(qtbot, tmp_path: Path, context: Context, outcome: TableOutcome):
    work = imported(context, tmp_path)
    context.workspace.accounts.forget(context.workspace.accounts.list()[0].id)
    account = context.workspace.accounts.add(AccountKind.MAILING_LIST, "List")
    context.workspace.mirror.ensure_community(account, CommunityRecord("pumps", "Pumps"))
    outcome.show_work(work, is_new=True)
    outcome._undo.click()
    settle(qtbot, context.jobs)
    assert "does not come from a table" in outcome._words.text()
    assert outcome._undo.isEnabled()


def test_what_joined_stays_and_what_brought_nothing_has_no_undo(
    context: Context, tmp_path: Path, outcome: TableOutcome
):
    outcome.show_work(imported(context, tmp_path), is_new=False)
    assert not outcome._undo.isVisible()
    assert "told apart from the rest by nothing" in outcome._words.text()
    outcome.show_work(Work(WorkKind.TABLE, "Pumps", is_running=False), is_new=True)
    assert not outcome._undo.isVisible()
    assert not outcome._words.isVisible()
