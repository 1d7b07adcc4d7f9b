"""Names of the directory that fit what is typed."""

from workbench.ui.pages.plan_inspector_names import find_names
from workbench.workspace import Workspace


def test_names_that_fit_are_found_once_something_is_typed(filled: Workspace):
    assert find_names(filled.database, "") == []
    assert find_names(filled.database, "person 3") == ["Person 3 Example"]
    assert len(find_names(filled.database, "example")) == 6
