"""Head counts: kept by community and day, the latest one up to a day counts, and each has somebody who stands for it."""

import json
from datetime import date

import pytest

from tests.builders import a_workspace
from workbench.errors import BadInputError
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind
from workbench.operations.head_counts import remove_head_count, set_head_count
from workbench.queries.frames_plans import STAFF, HeadCount, head_count
from workbench.queries.preferences import preference
from workbench.sync.records import CommunityRecord


@pytest.fixture
def workspace(tmp_path):
    workspace = a_workspace(tmp_path)
    yield workspace
    workspace.close()


def test_the_latest_count_up_to_a_day_is_the_one_that_counts(workspace):
    for people, on in ((100, date(2025, 1, 1)), (120, date(2026, 1, 1)), (125, date(2026, 1, 1))):
        set_head_count(workspace, people=people, on=on, source="Staff list")
    with workspace.database.read() as reader:
        assert head_count(reader, (), on=date(2024, 12, 31)) is None
        assert head_count(reader, (), on=date(2025, 6, 1)) == HeadCount(100, date(2025, 1, 1), "Staff list")
        assert head_count(reader, (), on=date(2026, 6, 1)).people == 125
    set_head_count(workspace, people=90, on=date(2025, 1, 1), source="Staff list", holds_before=True)
    with workspace.database.read() as reader:
        assert head_count(reader, (), on=date(2023, 1, 1)).people == 90


def test_a_new_name_takes_no_count_away_and_another_of_that_name_gets_none(workspace):
    sites = [
        workspace.accounts.add(AccountKind.DISCOURSE, name, base_url=f"https://{name}.example.org")
        for name in ("one", "other")
    ]
    one, other = (workspace.mirror.ensure_community(site, CommunityRecord("5", "Pumps")) for site in sites)
    set_head_count(workspace, people=100, on=date(2025, 1, 1), source="Staff list", community_id=one)
    workspace.mirror.ensure_community(sites[0], CommunityRecord("5", "Pumps and wells"))
    set_head_count(workspace, people=110, on=date(2025, 1, 1), source="Staff list", community_id=one)
    with workspace.database.read() as reader:
        counts = [head_count(reader, scope, on=date(2025, 6, 1)) for scope in ((one,), (other,), ())]
        kept = json.loads(preference(reader, STAFF) or "[]")
    assert counts == [HeadCount(110, date(2025, 1, 1), "Staff list"), None, None]
    assert len(kept) == 1
    with pytest.raises(BadInputError):
        set_head_count(workspace, people=9, on=date(2025, 1, 1), source="Staff list", community_id=CommunityId(99))
    set_head_count(workspace, people=900, on=date(2025, 1, 1), source="Staff list")
    with workspace.database.read() as reader:  # a community that is gone is not all of them
        assert head_count(reader, (CommunityId(99),), on=date(2025, 6, 1)) is None
    remove_head_count(workspace, on=date(2025, 1, 1), community_id=one)
    with workspace.database.read() as reader:
        assert head_count(reader, (one,), on=date(2025, 6, 1)) is None
        assert head_count(reader, (), on=date(2025, 6, 1)).people == 900
    for gone in (one, CommunityId(99)):
        with pytest.raises(BadInputError):
            remove_head_count(workspace, on=date(2025, 1, 1), community_id=gone)


@pytest.mark.parametrize(("people", "source"), [(0, "Staff list"), (10, " ")])
def test_nobody_and_a_number_nobody_stands_for_are_refused(workspace, people, source):
    with pytest.raises(BadInputError):
        set_head_count(workspace, people=people, on=date(2026, 1, 1), source=source)
