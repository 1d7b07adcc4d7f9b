"""Writing a card, as the window does."""

from tests.builders import a_workspace
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.operations.community_card import set_card
from workbench.queries.community_card import community_card
from workbench.sync.records import CommunityRecord


def test_what_was_written_is_read_and_can_be_taken_off_again(tmp_path):
    workspace = a_workspace(tmp_path)
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    water = workspace.mirror.ensure_community(account, CommunityRecord("water", "Water"))
    seen = []
    for fields in ({"partners": "A foundation", "level": "country"}, {"partners": "", "level": None}):
        assert set_card(workspace, community_id=water, fields=fields) is Changes.COMMUNITIES
        with workspace.database.read() as reader:
            card = community_card(reader, water)
        seen.append((card.partners, card.level))
    assert seen == [("A foundation", "country"), ("", None)]
    workspace.close()
