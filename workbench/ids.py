"""Ids: NewTypes for keys, and UUIDv7 made from a Clock for everything made here."""

import secrets
import uuid
from typing import NewType

from workbench.clock import Clock

AccountId = NewType("AccountId", int)
CommunityId = NewType("CommunityId", int)
PersonId = NewType("PersonId", int)
EventId = NewType("EventId", int)
AttachmentId = NewType("AttachmentId", int)
PlanId = NewType("PlanId", str)
CardId = NewType("CardId", str)
ObjectiveId = NewType("ObjectiveId", str)


def uuid7(clock: Clock) -> str:
    """A UUIDv7 as text (RFC 9562, section 5.7): 48 bits of milliseconds, then random bits; sorts by time made."""
    milliseconds = int(clock.now().timestamp() * 1000)
    value = (milliseconds & ((1 << 48) - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
