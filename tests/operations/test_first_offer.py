"""The first offer: how far a new account goes, and what its first sync takes as long as it was not read."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, a_workspace
from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind
from workbench.operations.first_offer import first_limits, first_sync_of, limit_first
from workbench.operations.sources import add_hyperkitty
from workbench.queries.sources import list_sources
from workbench.sync.accounts import AccountLimits

LIST = "https://lists.example.org/archives/list/wash@example.org/"
TODAY = NOW.date()


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path) as made:
        add_hyperkitty(made, url=LIST, name="Wash")
        yield made


@pytest.mark.parametrize(
    ("kind", "is_text_only"), [(AccountKind.DISCOURSE, True), (AccountKind.GOOGLE_ANALYTICS, False)]
)
def test_ninety_days_of_text_come_first_and_all_numbers(kind: AccountKind, is_text_only: bool):
    assert first_limits(kind, today=TODAY) == AccountLimits(TODAY - timedelta(days=90), is_text_only=is_text_only)


def test_further_back_costs_more_and_nothing_is_told_of_what_was_read(workspace):
    limit_first(workspace, name="wash")
    lately = first_sync_of(workspace, name="WASH")
    assert (lately.name, lately.communities, lately.is_text_only) == ("Wash", 1, True)
    assert lately.estimate.is_guess, "a list that was not asked for says nothing of how much it holds"
    limit_first(workspace, name="Wash", is_all=True, is_whole=True)
    whole = first_sync_of(workspace, name="Wash")
    assert (whole.history_from, whole.is_text_only) == (None, False)
    assert whole.estimate.high > lately.estimate.high
    with workspace.database.read() as reader:
        (source,) = list_sources(reader)
    workspace.mirror.settle(source.community_id, mark=None)
    assert first_sync_of(workspace, name="Wash") is None


def test_files_have_no_first_sync(workspace):
    workspace.accounts.add(AccountKind.MAILING_LIST, "Files")
    with pytest.raises(BadInputError, match="lives in files"):
        first_sync_of(workspace, name="Files")
