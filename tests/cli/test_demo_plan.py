"""The demo's plan holds something of everything a plan can hold."""

from datetime import timedelta
from pathlib import Path

from tests.builders import a_workspace
from workbench.cli.demo_plan import COMMUNITY, DAYS_IN, start_demo_plan
from workbench.models.kinds import AccountKind, CardColumn, CardKind
from workbench.plans.views import HAND_KEPT
from workbench.sync.records import CommunityRecord


def test_it_is_in_its_sixth_week_with_every_field_in_use(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        workspace.mirror.ensure_community(account, CommunityRecord("cold", COMMUNITY))
        plan_id = start_demo_plan(workspace)
        view = workspace.plans.open(plan_id).view()
        today = workspace.clock.now().date()
    assert view.starts_on == today - timedelta(days=DAYS_IN)
    charter = (view.problem, view.value_for_organisation, view.value_for_members, view.sponsor, view.roles, view.risks)
    assert all((*charter, view.alignment, view.holidays))
    by_hand = next(each for each in view.objectives if each.measure == HAND_KEPT)
    assert [reading.value for reading in by_hand.readings] == [9, 14, 22]
    assert view.checkpoints[0].locked_at is not None
    columns = [card.column for card in view.cards]
    assert columns.count(CardColumn.DOING) == 2, "the card of the locked checkpoint is done"
    assert columns.count(CardColumn.DONE) > 10
    done = [(card.done_on, card.due_on) for card in view.cards if card.column is CardColumn.DONE and card.due_on]
    assert sum(on == due for on, due in done) >= len(done) - 1, "what was due was done on its day"
    assert all(card.owner for card in view.cards)
    assert any(card.kind is CardKind.COMMITMENT and card.promised_to for card in view.cards)
    assert any(card.evidence for card in view.cards)
    assert any(card.recurrence for card in view.cards)
    assert any(card.starts_on for card in view.cards)
    assert {2} <= {sum(item.is_done for item in card.checklist) for card in view.cards}
