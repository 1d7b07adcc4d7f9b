"""What a card begins with: the plans it can go to, who makes it, the thread it is about."""

from tests.builders import NOW
from tests.ui.conftest import COLD, WATER
from tests.ui.plan_samples import a_plan
from workbench.ids import PersonId
from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.ui.pages.card_seed import CardSeed, read_ground
from workbench.workspace import Workspace


def test_plans_in_use_are_offered_by_name(workspace: Workspace):
    water, old = a_plan(workspace), a_plan(workspace, name="Old", cards=())
    workspace.plans.open(old).set_plan(is_archived=True)
    found = read_ground(workspace.database, CardSeed(), now=NOW)
    assert found.plans == ((water, "Safe water"),)
    assert (found.my_name, found.evidence) == ("", ())


def test_the_thread_comes_along_as_evidence(filled: Workspace):
    with filled.database.read() as reader:
        thread = reader.scalar("SELECT id FROM event WHERE remote_id = 'root1'")
    found = read_ground(filled.database, CardSeed("Which pump?", thread=thread), now=NOW)
    assert found.evidence == (Evidence("", EvidenceKind.THREAD, "Which pump?", "thread:table/root1"),)


def test_the_plans_of_the_communities_a_person_writes_in_come_first(filled: Workspace):
    cold, water = a_plan(filled, name="Fridges", community=COLD), a_plan(filled, name="Pumps", community=WATER)
    with filled.database.read() as reader:
        person = PersonId(reader.scalar("SELECT id FROM person WHERE name = 'Person 1 Example'"))
    found = read_ground(filled.database, CardSeed(person="Person 1 Example", person_id=person), now=NOW)
    assert (found.near, set(dict(found.plans))) == ((water,), {cold, water})
