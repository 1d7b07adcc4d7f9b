"""Annotations: what a leader writes beside the charts, and the way back; the window calls these."""

from datetime import date
from typing import TYPE_CHECKING

from workbench.ids import CommunityId
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.notes.annotations import AnnotationBefore, AnnotationStore


def annotate(
    workspace: Workspace, *, day: date, words: str, community_id: CommunityId | None = None
) -> "AnnotationBefore":
    """Keeps what happened on a day of one community, or of all; refuses no words and too many (BadInputError)."""
    return _store(workspace).add(day=day, words=words, community_id=community_id)


def change_annotation(workspace: Workspace, *, annotation_id: str, day: date, words: str) -> "AnnotationBefore":
    """Gives an annotation another day or other words; refuses as `annotate` does, and one that is not here."""
    return _store(workspace).change(annotation_id, day=day, words=words)


def remove_annotation(workspace: Workspace, *, annotation_id: str) -> "AnnotationBefore":
    """Takes an annotation away; refuses one that is not here (BadInputError)."""
    return _store(workspace).remove(annotation_id)


def put_back_annotation(workspace: Workspace, before: "AnnotationBefore") -> "AnnotationBefore":
    """Undoes one of these; what it answers undoes the undoing."""
    return _store(workspace).put_back(before)


def _store(workspace: Workspace) -> "AnnotationStore":
    from workbench.notes.annotations import AnnotationStore  # noqa: PLC0415 - only where somebody writes

    return AnnotationStore(workspace.database, workspace.clock)
