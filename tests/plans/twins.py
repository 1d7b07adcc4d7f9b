"""Two copies of one document, and what is written into them."""

from datetime import timedelta

from tests.plans.samples import AT, a_document
from workbench.plans.document import PlanDocument
from workbench.plans.views import FieldEdit, RecordKind


def write(document: PlanDocument, *edits: FieldEdit, minutes: int = 0, author: str = "Amina") -> bool:
    return document.write(edits, at=AT + timedelta(minutes=minutes), author=author)


def twins() -> tuple[PlanDocument, PlanDocument]:
    first = a_document("one", "two")
    return first, PlanDocument.from_bytes(first.to_bytes())


def a_checkpoint_edit(name: str, value: object, *, day: str = "30") -> FieldEdit:
    return FieldEdit(RecordKind.CHECKPOINT, day, name, value)
