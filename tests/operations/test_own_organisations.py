"""Own organisations are kept as typed, each once, and can be left unsaid again."""

import pytest

from tests.builders import a_workspace
from workbench.models.changes import Changes
from workbench.operations.own_organisations import choose_own
from workbench.queries.own_organisations import own_organisations


@pytest.mark.parametrize(
    ("names", "kept"),
    [(["  Example   trust", "", "example TRUST", "Été"], ("example TRUST", "Été")), ([], ()), (None, None)],
)
def test_each_is_kept_once_and_none_is_an_answer_too(tmp_path, names, kept):
    with a_workspace(tmp_path) as workspace:
        changes = choose_own(workspace, names=names)
        assert Changes.NOTES in changes
        with workspace.database.read() as reader:
            assert own_organisations(reader) == kept
