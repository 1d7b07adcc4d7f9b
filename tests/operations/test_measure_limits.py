"""Measure limits: what is chosen decides who counts, also where the number was kept; odd limits are refused."""

import pytest

from tests.builders import NOW, a_workspace
from tests.queries.network import a_message
from workbench.errors import BadInputError
from workbench.metrics.window import last_days
from workbench.models.kinds import AccountKind
from workbench.operations.kept import kept_measures
from workbench.operations.measure_limits import choose_seldom, seldom_limits
from workbench.queries.seldom import Seldom
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord


def test_chosen_limits_decide_who_is_occasional(tmp_path):
    with a_workspace(tmp_path) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        wash = workspace.mirror.ensure_community(account, CommunityRecord("wash", "WASH"))
        wrote = [
            a_message(f"{who}{number}", by=who, at=NOW) for who, many in (("p", 4), ("q", 2)) for number in range(many)
        ]
        workspace.mirror.apply(wash, "events", Batch(records=tuple(wrote)))

        def occasional() -> float | None:
            with kept_measures(workspace.database) as (reader, kept):
                asked = {"scope": (wash,), "windows": (last_days(30, NOW),), "as_of": NOW}
                return kept(reader, ("occasional",), **asked)["occasional"][0].numerator

        assert occasional() == 1
        choose_seldom(workspace, fewest=5)
        assert (occasional(), seldom_limits(workspace)) == (2, Seldom(5, 30))
        choose_seldom(workspace, fewest=2, gap_days=60)
        assert (occasional(), seldom_limits(workspace)) == (0, Seldom(2, 60))
        for odd in ({"fewest": 0}, {"gap_days": 367}):
            with pytest.raises(BadInputError, match="1 to 1,000 messages"):
                choose_seldom(workspace, **odd)
