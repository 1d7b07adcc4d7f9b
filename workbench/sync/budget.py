"""Budget: about how many bytes and requests a first sync takes, from what the platform says it holds; honest ranges."""

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
MEMBERS_PAGE: Final = 50
"""Members a page, of thrifty platforms; others send them with the messages."""
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
    """Bytes, both ways, at least and at most. `is_guess`: a platform did not say how much there is.

    `calls` are the requests that takes, at least and at most, of which the platform answers `calls_per_minute`.
    """

    low: int
    high: int
    is_guess: bool = False
    calls: tuple[int, int] = (0, 0)
    calls_per_minute: int | None = None

    def seconds(self, line: int) -> tuple[float, float]:
        """How long that takes, at least and at most, on a line of so many bits a second and at the platform's pace."""
        low, high = (
            max(size * 8 / line, self._paced(calls))
            for size, calls in zip((self.low, self.high), self.calls, strict=True)
        )
        return low, high

    def is_paced(self, line: int) -> bool:
        """Whether it is the platform that makes it last, rather than the line."""
        return self._paced(self.calls[1]) > self.high * 8 / line

    def _paced(self, calls: int) -> float:
        return 0.0 if self.calls_per_minute is None else calls * 60 / self.calls_per_minute


def estimate(
    communities: Iterable[Held],
    *,
    days: int | None,
    is_text_only: bool,
    page: tuple[int, int] = PAGE,
    calls_per_minute: int | None = None,
) -> Estimate:
    """What the first sync of these communities takes; `days` is how far it goes back, None to the beginning."""
    low = high = 0.0
    fewest_calls = most_calls = 0.0
    is_guess = False
    for community in communities:
        is_guess |= community.messages is None
        fewest, most = _messages(community.messages, days)
        small, large = TEXT_BYTES if is_text_only else FULL_BYTES
        members = community.members or 0
        pages = _pages(fewest, page[0]), _pages(most, page[1])
        low += COMMUNITY_BYTES[0] + fewest * small + pages[0] * PAGE_BYTES + members * MEMBER_BYTES[0]
        high += COMMUNITY_BYTES[1] + most * large + pages[1] * PAGE_BYTES + members * MEMBER_BYTES[1]
        fewest_calls += pages[0]
        most_calls += pages[1] + _pages(members, MEMBERS_PAGE) if members else pages[1]
    return Estimate(round(low), round(high), is_guess, (round(fewest_calls), round(most_calls)), calls_per_minute)


def _messages(count: int | None, days: int | None) -> tuple[float, float]:
    fewest, most = UNKNOWN if count is None else (count, count)
    if days is None:
        return fewest, most
    return fewest * NEWS_SHARE[0] * min(1.0, days / 90), min(most, most * NEWS_SHARE[1] * days / 90)


def _pages(messages: float, size: int) -> float:
    return 1 + messages // size
