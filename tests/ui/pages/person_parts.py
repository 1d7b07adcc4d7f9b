"""A person with everything that can be told of one, for tests of the inspector's parts."""

from dataclasses import replace
from datetime import date
from typing import Any

from workbench.ids import CommunityId, EventId, PersonId, PlanId
from workbench.queries.people_details import HandleRow, HelpedRow, MergedRow, PersonDetails, PromiseRow, RoleRow, Tied
from workbench.queries.people_own import AdvocatePath, ContactKind, ContactRow, OwnFacts, ThanksRow

DAY = date(2024, 6, 3)


def details(**fields: Any) -> PersonDetails:
    """Somebody who is spotted, was called once and thanked once."""
    made = PersonDetails(
        told=OwnFacts(office="Nairobi", languages="English", time_zone="Africa/Nairobi"), own=OwnFacts(),
        handles=(HandleRow("Tables", "Amina Example", None), HandleRow("Files", "A. Example", PersonId(2))),
        merged=(MergedRow(PersonId(2), "A. Example"),), roles=(RoleRow(CommunityId(1), "Water", "Facilitator"),),
        topics=("pumps", "wells"), offices=(Tied("Lima", 3),), levels=(Tied("P4", 2), Tied("", 1)), partners=3,
        helped=(HelpedRow(EventId(7), "Which pump?", is_accepted=True),), liked=2, posts=1, given=5, received=4,
        path=AdvocatePath(spotted_on=DAY, note="Likes maps"),
        contacts=(ContactRow("c1", ContactKind.CALL, DAY, "Budget"),),
        thanks=(ThanksRow("t1", DAY, "Bruno Example", "The pump list", EventId(7), "Which pump?"),), nudge=None,
        promises=(PromiseRow(PlanId("p"), "Safe water", "A room", is_theirs=True, due_on=DAY, is_done=False),),
    )  # fmt: skip
    return replace(made, **fields)
