"""Looks before a choice: which fields of a plan wait for one, what going back to a kept copy would change."""

from workbench.errors import BadInputError
from workbench.ids import PlanId
from workbench.operations.partners import names_behind_marks
from workbench.plans.copies import copied_document
from workbench.plans.document import PlanDocument
from workbench.plans.going_back import edits_back
from workbench.plans.preview import FieldChange, MergePreview, Question, changes_back, open_questions
from workbench.queries.partners import plan_copy
from workbench.queries.plan_files import plan_file
from workbench.workspace import Workspace


def waiting_choices(workspace: Workspace, plan_id: PlanId) -> tuple[Question, ...]:
    """The fields both changed that nobody has settled yet, with the names of who wrote what; none in a plan gone."""
    document = _stored(workspace, plan_id)
    if document is None:
        return ()
    return MergePreview((), open_questions(document), is_same=True).named(names_behind_marks(workspace)).questions


def changes_of_copy(workspace: Workspace, copy_id: str) -> tuple[FieldChange, ...]:
    """What `restore_copy` would change; nothing is changed. Refuses an unknown copy, and one whose plan is gone."""
    with workspace.database.read() as reader:
        found = plan_copy(reader, copy_id)
    document = None if found is None else _stored(workspace, found[0])
    if found is None or document is None:
        raise BadInputError(reason="There is no such copy.")
    return changes_back(document, edits_back(document, copied_document(found[1])))


def _stored(workspace: Workspace, plan_id: PlanId) -> PlanDocument | None:
    with workspace.database.read() as reader:
        stored = plan_file(reader, plan_id)
    return None if stored is None else PlanDocument.from_bytes(stored.document)
