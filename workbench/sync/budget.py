"""Budget: about how many bytes a first sync takes, from what the platform says it holds; an honest range."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

TEXT_BYTES: Final = (110, 220)
"""A message packed on the wire, by pages of a hundred: only the fields that are needed, and all a platform sends."""
FULL_BYTES: Final = (250, 6_000)
"""The same with likes and small pictures; files are as large as they are, so the upper end is a wide guess."""
MEMBER_BYTES: Final = (30, 120)
PAGE: Final = (100, 20)
"""Messages a page, of generous and of thrifty platforms."""
PAGE_BYTES: Final = 900
"""Headers of one request and its answer, both ways."""
COMMUNITY_BYTES: Final = (2_000, 25_000)
"""Lists, counts and likes of one community, however little was said in it; most on forums that page by thread."""
NEWS_SHARE: Final = (0.02, 0.5)
"""How much of all its messages a community got in the last 90 days: an old one little, a young one half."""
UNKNOWN: Final = (50, 5_000)
"""Messages of a community whose platform tells no number."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a platform says of one community; None where it does not tell."""

    messages: int | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """Bytes, both ways, at least and at most. `is_guess`: a platform did not say how much there is."""

    low: int
    high: int
    is_guess: bool = False


def estimate(communities: Iterable[Held], *, days: int | None, is_text_only: bool) -> Estimate:
    """What the first sync of these communities takes; `days` is how far it goes back, None to the beginning."""
    low = high = 0.0
    is_guess = False
    for community in communities:
        is_guess |= community.messages is None
        fewest, most = _messages(community.messages, days)
        small, large = TEXT_BYTES if is_text_only else FULL_BYTES
        members = community.members or 0
        low += COMMUNITY_BYTES[0] + fewest * small + _pages(fewest, PAGE[0]) * PAGE_BYTES + members * MEMBER_BYTES[0]
        high += COMMUNITY_BYTES[1] + most * large + _pages(most, PAGE[1]) * PAGE_BYTES + members * MEMBER_BYTES[1]
    return Estimate(round(low), round(high), is_guess)


def _messages(count: int | None, days: int | None) -> tuple[float, float]:
    fewest, most = UNKNOWN if count is None else (count, count)
    if days is None:
        return fewest, most
    return fewest * NEWS_SHARE[0] * min(1.0, days / 90), min(most, most * NEWS_SHARE[1] * days / 90)


def _pages(messages: float, size: int) -> float:
    return 1 + messages // size
