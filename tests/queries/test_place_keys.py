"""A community keeps its key when its account goes and comes back; no two have the same."""

from tests.builders import a_workspace
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind
from workbench.queries.place_keys import place_keys
from workbench.sync.records import CommunityRecord


def test_a_community_keeps_its_key_when_its_account_comes_back(tmp_path):
    with a_workspace(tmp_path) as workspace:

        def keys() -> list[str]:
            account = workspace.accounts.add(AccountKind.TABLE, "Tables")
            made = [
                workspace.mirror.ensure_community(account, CommunityRecord(name, name)) for name in ("water", "health")
            ]
            with workspace.database.read() as reader:
                found = place_keys(reader, [*made, CommunityId(99)])
            workspace.mirror.remove_account(account)
            workspace.accounts.forget(account)
            return [found[one] for one in made]

        first = keys()
        assert keys() == first
        assert len(set(first)) == 2
