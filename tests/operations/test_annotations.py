"""Annotations as the window writes them."""

from datetime import date

from tests.builders import a_workspace
from workbench.operations.annotations import annotate, change_annotation, put_back_annotation, remove_annotation
from workbench.queries.annotations import annotations


def test_a_note_is_written_changed_removed_and_put_back(tmp_path):
    workspace, first, last = a_workspace(tmp_path), date(2024, 1, 1), date(2024, 12, 31)

    def told() -> list[tuple[str, str]]:
        with workspace.database.read() as reader:
            return [(row.day.isoformat(), row.words) for row in annotations(reader, (), first, last)]

    made = annotate(workspace, day=date(2024, 5, 1), words="Webinar")
    change_annotation(workspace, annotation_id=made.id, day=date(2024, 5, 2), words="Webinar with questions")
    assert told() == [("2024-05-02", "Webinar with questions")]
    removed = remove_annotation(workspace, annotation_id=made.id)
    assert told() == []
    put_back_annotation(workspace, removed)
    assert told() == [("2024-05-02", "Webinar with questions")]
    workspace.close()
