"""A journey: an account is removed and others come; what was made for it speaks of nobody else, and finds it again."""

import json
from dataclasses import dataclass
from datetime import timedelta

from tests.builders import NOW, a_clock, a_workspace
from workbench.ids import CommunityId, PlanId
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.notes.care import CareStore
from workbench.operations.documents import plan_summary
from workbench.operations.plan_measures import current_values
from workbench.operations.rollup import office_snapshot, set_own_office
from workbench.operations.week import week_of
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.queries.comparison import plans_of
from workbench.queries.listening import list_listening, search_text_of
from workbench.queries.plans import plan_row
from workbench.queries.preferences import ME, me
from workbench.queries.search_filters import SearchFilters
from workbench.queries.today import due_cards
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord
from workbench.workspace import Workspace

COLUMNS = "comparison.columns."
DAY = NOW.date()


@dataclass
class Desk:
    """A profile with two communities; the plan and everything else the coordinator made is about the second one."""

    workspace: Workspace
    plan: PlanId

    def mirror(self, name: str, *, messages: int) -> CommunityId:
        return mirrored(self.workspace, name, messages=messages)

    def said_of(self, community: CommunityId) -> dict[str, object]:
        """What of the coordinator's speaks of a community, and what it says."""
        with self.workspace.database.read() as reader:
            person = me(reader)
            (listening,) = list_listening(reader)
            chosen = reader.scalar('SELECT value FROM preference WHERE "key" = ?', (COLUMNS,))
            return {
                "plans": len(plans_of(reader, (community,)).get(community, ())),
                "due": [card.title for card in due_cards(reader, (community,), today=DAY)],
                "hours": week_of(reader, scope=(community,), day=DAY).hours_planned,
                "me": reader.scalar("SELECT name FROM person WHERE id = ?", (person,)),
                "heard": (listening.new, listening.scope),
                "compared": community in json.loads(chosen),
            }

    def said_by_the_plan(self) -> tuple[object, ...]:
        with self.workspace.database.read() as reader:
            plan = plan_row(reader, self.plan)
        assert plan is not None
        (now,) = current_values(self.workspace, self.plan)
        summary = plan_summary(self.workspace, plan_id=self.plan)
        (told,) = office_snapshot(self.workspace).plans
        report, headquarters = summary.measures[0].now, told.objectives[0].now
        assert now.value == report.value == headquarters.value
        return summary.community, now.value, now.coverage, report.coverage, told.community_key


def mirrored(workspace: Workspace, name: str, *, messages: int) -> CommunityId:
    """A community of a source of its own, in which somebody who is only there wrote so many messages."""
    account = workspace.accounts.add(AccountKind.TABLE, f"Sheets of {name}")
    community = workspace.mirror.ensure_community(account, CommunityRecord(name.casefold(), name))
    author = PersonRecord(name, f"{name} Example")
    told = (MessageRecord(f"{n}", "", author, NOW - timedelta(days=n + 1), "Wells", "water") for n in range(messages))
    known = (DayRange(DAY - timedelta(days=400), DAY),)
    workspace.mirror.apply(community, "events", Batch(tuple(told), covered=known))
    return community


def a_desk(workspace: Workspace) -> Desk:
    mirrored(workspace, "Water", messages=40)
    sponsors = mirrored(workspace, "Sponsors", messages=7)
    with workspace.database.read() as reader:
        person = reader.scalar("SELECT id FROM person WHERE name = 'Sponsors Example'")
        heard = search_text_of(reader, (sponsors,), SearchFilters())
    workspace.notes.set_preference(ME, json.dumps(person))
    workspace.notes.set_preference(COLUMNS, json.dumps([sponsors]))
    CareStore(workspace.database, a_clock()).listen("water", heard)
    set_own_office(workspace, code="CH-GE", name="Geneva", country="CH")
    plan = workspace.plans.create(
        name="Sponsors pay", purpose="Pumps run", owner="Amina Example", starts_on=DAY - timedelta(days=5),
        community_id=sponsors, community_name="Sponsors", objectives=[ObjectiveDraft("More", "messages", 9.0)],
        cards=[CardDraft("Call them", due_on=DAY, hours=2.0)],
    )  # fmt: skip
    return Desk(workspace, plan)


def test_what_was_made_for_an_account_outlives_it_and_is_given_to_nobody_else(tmp_path):
    with a_workspace(tmp_path) as workspace:
        desk = a_desk(workspace)
        name, value, coverage, _, key = desk.said_by_the_plan()
        assert (name, value, coverage) == ("Sponsors", 7, 1.0)
        accounts = {account.name: account.id for account in workspace.accounts.list()}
        workspace.accounts.forget(accounts["Sheets of Sponsors"])

        nothing = {"plans": 0, "due": [], "hours": 0, "me": None, "heard": (0, ()), "compared": False}
        knitting = desk.mirror("Knitting", messages=20)
        for stranger in (CommunityId(2), knitting):
            assert desk.said_of(stranger) == nothing
        assert desk.said_by_the_plan() == ("Sponsors (not mirrored here)", None, 0.0, 0.0, key)

        back = desk.mirror("Sponsors", messages=7)
        assert back not in {CommunityId(2), knitting}
        assert desk.said_by_the_plan() == ("Sponsors", 7, 1.0, 1.0, key)
        assert desk.said_of(back) == nothing | {"plans": 1, "due": ["Call them"], "hours": 2.0, "heard": (7, (back,))}
