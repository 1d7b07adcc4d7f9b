"""PlanWish: a new plan as the form asks for it, what the form completes from, and why it refuses what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from workbench.ids import CommunityId
from workbench.models.kinds import CommunityType
from workbench.ui.pages.plan_measures import Chosen

if TYPE_CHECKING:
    from workbench.plans.drafts import CardDraft, ObjectiveDraft
    from workbench.plans.templates import Template

WHY: Final = {
    "name": "A plan needs a name, by which people and reports call it.",
    "purpose": "A plan needs a purpose: without one nobody can say after 90 days whether it worked.",
    "owner": "A plan needs an owner: work that belongs to nobody is not done by anybody.",
    "measures": "A plan needs at least one measure: without a number nobody can show what changed.",
    "taken": "Another plan has this name already; people and reports tell plans apart by it.",
    "community": "There is no community of this name here. Leave the field empty for all communities.",
    "starts_on": "Write a day such as 14 May, today or +7.",
    "target": "A target is a number, or nothing: {measures}.",
}


@dataclass(frozen=True, slots=True)
class PlanWish:
    """A plan to be started, complete and checked as far as the form can; `charter` has further fields of the plan.

    `kind` is what the community is to become with the start; None leaves its type as it is.
    """

    name: str
    community: str | None
    purpose: str
    owner: str
    measures: tuple[Chosen, ...]
    starts_on: date
    template: "Template | str | None" = None
    cards: "tuple[CardDraft, ...]" = ()
    objectives: "tuple[ObjectiveDraft, ...]" = ()
    kind: CommunityType | None = None
    charter: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offers:
    """What the form completes from, and what it may not take."""

    communities: Mapping[CommunityId, str]
    types: Mapping[CommunityId, CommunityType] = field(default_factory=dict)
    plans: Sequence[str] = ()
    people: Sequence[str] = ()
