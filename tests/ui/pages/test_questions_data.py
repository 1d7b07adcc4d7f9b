"""What the questions page asks for: names, and what is gone. The rest is seen on the page."""

from tests.builders import NOW
from tests.ui.pages.asked import fill
from workbench.ui.pages.questions_data import Asked, find_owners, read_board, read_question


def test_names_come_from_the_directory(workspace):
    fill(workspace)
    assert [one.name for one in find_owners(workspace.database, "person 2")] == ["Person 2 Example"]


def test_a_thread_that_is_gone_is_none_and_an_empty_profile_has_no_days(workspace):
    assert read_question(workspace.database, 99, NOW) is None
    shown = read_board(workspace.database, Asked((), None, NOW))
    assert (shown.communities, shown.known) == (0, None)
