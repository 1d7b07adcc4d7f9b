"""Every table of the profile, so that one import fills SQLModel.metadata."""

from sqlmodel import SQLModel

from workbench.models.account import Account, Secret, TrafficDay
from workbench.models.activity import Body, Event, Opening, Orphan
from workbench.models.annotation import Annotation
from workbench.models.attachment import Attachment
from workbench.models.community import Community
from workbench.models.community_card import Benchmark, CommunityCard
from workbench.models.exchange_log import EnvelopeLog, Partner, PlanAuthor, PlanCopy, ProfileIdentity
from workbench.models.kept import KeptMark, KeptResult
from workbench.models.note import PersonNote, PersonTag, Preference, ThreadMark
from workbench.models.outbox import OutboxItem
from workbench.models.people_merge import KeptHandle, MemberWord, MergedEvent, NotSame, PersonMerge
from workbench.models.people_own import Advocate, Contact, Nudge, PersonFact, Thanks
from workbench.models.person import Handle, Member, Person, PersonAway
from workbench.models.plan import Card, Checkpoint, Objective, Plan, PlanFile
from workbench.models.question import EventTag, Listening, ThreadCare
from workbench.models.rollup import (
    ActivityDay,
    CommunityTotal,
    CommunityWeek,
    NetworkAct,
    NetworkPeople,
    NetworkPerson,
    NetworkStay,
    NetworkWeek,
    PairFirst,
    PersonDay,
    Thread,
)
from workbench.models.row_ids import LastId
from workbench.models.sync_state import CommunityState, Coverage, Quarantine, StreamCursor, SyncRun
from workbench.models.table_mapping import TableMapping
from workbench.models.today import TodayMark
from workbench.models.watch import Idea, Output, ThreadWatch
from workbench.models.web_traffic import PageDay, PageRange

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "Account",
    "ActivityDay",
    "Advocate",
    "Annotation",
    "Attachment",
    "Benchmark",
    "Body",
    "Card",
    "Checkpoint",
    "Community",
    "CommunityCard",
    "CommunityState",
    "CommunityTotal",
    "CommunityWeek",
    "Contact",
    "Coverage",
    "EnvelopeLog",
    "Event",
    "EventTag",
    "Handle",
    "Idea",
    "KeptHandle",
    "KeptMark",
    "KeptResult",
    "LastId",
    "Listening",
    "Member",
    "MemberWord",
    "MergedEvent",
    "NetworkAct",
    "NetworkPeople",
    "NetworkPerson",
    "NetworkStay",
    "NetworkWeek",
    "NotSame",
    "Nudge",
    "Objective",
    "Opening",
    "Orphan",
    "OutboxItem",
    "Output",
    "PageDay",
    "PageRange",
    "PairFirst",
    "Partner",
    "Person",
    "PersonAway",
    "PersonDay",
    "PersonFact",
    "PersonMerge",
    "PersonNote",
    "PersonTag",
    "Plan",
    "PlanAuthor",
    "PlanCopy",
    "PlanFile",
    "Preference",
    "ProfileIdentity",
    "Quarantine",
    "Secret",
    "StreamCursor",
    "SyncRun",
    "TableMapping",
    "Thanks",
    "Thread",
    "ThreadCare",
    "ThreadMark",
    "ThreadWatch",
    "TodayMark",
    "TrafficDay",
]
