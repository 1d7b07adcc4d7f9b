"""PlanSession: rows of an older version are written anew, and a plan in step writes only what changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_database
from tests.plans.samples import a_plan, a_store, rows_in, rows_told_by_document
from workbench.models.database import Database
from workbench.plans.drafts import CardDraft


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


def test_the_first_save_after_an_upgrade_writes_every_row_anew(database: Database) -> None:
    store = a_store(database)
    plan_id = a_plan(store, cards=[CardDraft("one", due_day=3), CardDraft("two", due_day=5)])
    with database.write() as session:
        # What the migration leaves: rows of the version before, which knew no counted days, and no revision.
        session.connection().exec_driver_sql("UPDATE card SET due_day = NULL")
        session.connection().exec_driver_sql("UPDATE planfile SET revision = ''")
    editor = store.open(plan_id)
    editor.set_card(editor.view().cards[0].id, title="new")
    assert rows_in(database, plan_id) == rows_told_by_document(database, plan_id)
    editor.set_card(editor.view().cards[1].id, title="newer")
    assert rows_in(database, plan_id) == rows_told_by_document(database, plan_id)


def test_a_plan_reread_shows_what_another_window_stored(database: Database) -> None:
    store = a_store(database)
    first, second = (store.open(plan_id) for plan_id in [a_plan(store)] * 2)
    second.set_plan(purpose="read again")
    assert first.view().purpose == "Answer faster"
    first.reread()
    assert first.view().purpose == "read again"
    assert not first.can_undo
