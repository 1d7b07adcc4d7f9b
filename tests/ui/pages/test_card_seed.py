"""What a card begins with: the plans it can go to, who makes it, the thread it is about."""

from tests.ui.plan_samples import a_plan
from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.ui.pages.card_seed import CardSeed, read_ground
from workbench.workspace import Workspace


def test_plans_in_use_are_offered_by_name(workspace: Workspace):
    water, old = a_plan(workspace), a_plan(workspace, name="Old", cards=())
    workspace.plans.open(old).set_plan(is_archived=True)
    found = read_ground(workspace.database, CardSeed())
    assert found.plans == ((water, "Safe water"),)
    assert (found.my_name, found.evidence) == ("", ())


def test_the_thread_comes_along_as_evidence(filled: Workspace):
    with filled.database.read() as reader:
        thread = reader.scalar("SELECT id FROM event WHERE remote_id = 'root1'")
    found = read_ground(filled.database, CardSeed("Which pump?", thread=thread))
    assert found.evidence == (Evidence("", EvidenceKind.THREAD, "Which pump?", "thread:table/root1"),)
