"""Small plans of invented people for the tests of this folder."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from tests.builders import a_clock
from workbench.ids import PlanId
from workbench.models.database import Database
from workbench.models.kinds import CardColumn
from workbench.plans.board import Board
from workbench.plans.document import PlanDocument
from workbench.plans.drafts import CardDraft, ObjectiveDraft, card_edits, objective_edits
from workbench.plans.projection import Rows
from workbench.plans.store import PlanStore
from workbench.plans.views import CardView, FieldEdit, RecordKind
from workbench.queries.plan_files import plan_file

START = date(2024, 6, 3)  # a Monday
AT = datetime(2024, 6, 3, 9, 0, tzinfo=UTC)


def a_card(card_id: str, *, column: CardColumn = CardColumn.TODO, position: str = "V", **fields: Any) -> CardView:
    values: dict[str, Any] = {
        "title": card_id,
        "pillar": None,
        "owner": "",
        "due_on": None,
        "due_day": None,
        "hours": None,
        "notes": "",
        "done_on": None,
        "is_archived": False,
        "has_conflict": False,
    }
    return CardView(id=card_id, column=column, position=position, **(values | fields))


def a_document(*titles: str, plan_id: str = "plan-1") -> PlanDocument:
    """A document with cards "card-0", "card-1", … in To do."""
    document = PlanDocument.new(PlanId(plan_id))
    values = {"name": "Safe water", "purpose": "Answer faster", "owner": "Amina Example", "starts_on": START}
    edits = [FieldEdit(RecordKind.PLAN, "", field, value) for field, value in values.items()]
    edits += objective_edits(ObjectiveDraft("Faster answers", "reply_rate", 0.8), "objective-0", position="V")
    drafts = [CardDraft(title) for title in titles]
    edits += card_edits(drafts, [f"card-{n}" for n in range(len(titles))], board=Board(()), today=START)
    document.write(edits, at=AT, author="Amina")
    return PlanDocument.from_bytes(document.to_bytes())


def an_edit(card_id: str, field: str, value: object) -> FieldEdit:
    return FieldEdit(RecordKind.CARD, card_id, field, value)


def a_store(database: Database, *, author: str = "Amina Example") -> PlanStore:
    return PlanStore(database, a_clock(), author=author)


def a_plan(store: PlanStore, *, name: str = "Safe water", cards: Sequence[CardDraft] = ()) -> PlanId:
    return store.create(
        name=name,
        purpose="Answer faster",
        owner="Amina Example",
        starts_on=START,
        objectives=[ObjectiveDraft("Faster answers", "reply_rate", 0.8)],
        cards=cards,
    )


def rows_in(database: Database, plan_id: PlanId) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables hold of a plan, sorted."""
    with database.read() as reader:
        found = {"plan": reader.rows("SELECT * FROM plan WHERE id = ?", (plan_id,))}
        for table in ("objective", "card", "checkpoint"):
            found[table] = reader.rows(f"SELECT * FROM {table} WHERE plan_id = ? ORDER BY 1, 2", (plan_id,))
    return found


def rows_told_by_document(database: Database, plan_id: PlanId) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables have to hold: the stored bytes, read and written out afresh."""
    with database.read() as reader:
        stored = plan_file(reader, plan_id)
        columns = {
            table: [row[1] for row in reader.rows(f"PRAGMA table_info({table})")]
            for table in ("plan", "objective", "card", "checkpoint")
        }
    assert stored is not None
    rows = Rows.of(PlanDocument.from_bytes(stored.document).view())
    rows.plan["community_id"] = stored.community_id
    parts = {
        "plan": [rows.plan],
        "objective": list(rows.objectives.values()),
        "card": list(rows.cards.values()),
        "checkpoint": list(rows.checkpoints.values()),
    }
    return {
        table: sorted(tuple(_stored(row[column]) for column in columns[table]) for row in found)
        for table, found in parts.items()
    }


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp() * 1_000_000)
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
