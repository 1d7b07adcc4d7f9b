"""Every table of the profile, so that one import fills SQLModel.metadata."""

from sqlmodel import SQLModel

from workbench.models.account import Account
from workbench.models.activity import Body, Event, Opening, Orphan
from workbench.models.community import Community
from workbench.models.note import PersonNote, PersonTag, Preference, ThreadMark
from workbench.models.person import Handle, Member, Person
from workbench.models.plan import Card, Checkpoint, Objective, Plan, PlanFile
from workbench.models.rollup import (
    ActivityDay,
    CommunityTotal,
    CommunityWeek,
    NetworkPeople,
    NetworkPerson,
    NetworkStay,
    NetworkWeek,
    PersonDay,
    Thread,
)
from workbench.models.sync_state import Coverage, Quarantine, StreamCursor, SyncRun

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "Account",
    "ActivityDay",
    "Body",
    "Card",
    "Checkpoint",
    "Community",
    "CommunityTotal",
    "CommunityWeek",
    "Coverage",
    "Event",
    "Handle",
    "Member",
    "NetworkPeople",
    "NetworkPerson",
    "NetworkStay",
    "NetworkWeek",
    "Objective",
    "Opening",
    "Orphan",
    "Person",
    "PersonDay",
    "PersonNote",
    "PersonTag",
    "Plan",
    "PlanFile",
    "Preference",
    "Quarantine",
    "StreamCursor",
    "SyncRun",
    "Thread",
    "ThreadMark",
]
