"""Projection: rows of a view, and that only rows that differ are written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from tests.builders import a_database
from tests.plans.samples import a_document, a_plan, a_store, an_edit
from workbench.models.database import Database
from workbench.plans.drafts import CardDraft
from workbench.plans.projection import Rows, stored_revision


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


def test_a_view_becomes_one_row_for_each_part() -> None:
    rows = Rows.of(a_document("one", "two").view())
    assert rows.plan["name"] == "Safe water"
    assert {row["title"] for row in rows.cards.values()} == {"one", "two"}
    assert [row["measure"] for row in rows.objectives.values()] == ["reply_rate"]
    assert [row["day"] for row in rows.checkpoints.values()] == [30, 60, 90]


def test_an_open_conflict_is_marked_in_the_row() -> None:
    mine, hers = a_document("one"), a_document("one")
    hers = type(mine).from_bytes(mine.to_bytes())
    for document, owner in ((mine, "Amina Example"), (hers, "Bilal Example")):
        document.write([an_edit("card-0", "owner", owner)], at=mine.view().created_at, author=owner)
    mine.merge(hers.to_bytes())
    assert Rows.of(mine.view()).cards["card-0"]["has_conflict"]


def test_one_changed_card_is_one_changed_row(database: Database) -> None:
    store = a_store(database)
    editor = store.open(a_plan(store, cards=[CardDraft(f"card {number}") for number in range(50)]))
    written: list[tuple[str, int]] = []

    def count(_conn: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if statement.startswith(("INSERT", "DELETE")):
            written.append((statement.split()[2], len(parameters) if isinstance(parameters, list) else 1))

    event.listen(Engine, "after_cursor_execute", count)
    try:
        editor.set_card(editor.view().cards[7].id, title="other")
    finally:
        event.remove(Engine, "after_cursor_execute", count)
    assert written == [("card", 1), ("card", 1)]


def test_each_save_has_a_revision_of_its_own(database: Database) -> None:
    store = a_store(database)
    editor = store.open(a_plan(store))
    seen = set()
    for purpose in ("a", "b", "c"):
        editor.set_plan(purpose=purpose)
        with database.write() as session:
            seen.add(stored_revision(session, editor.plan_id))
    assert len(seen) == 3
