"""Budget: about how many bytes and requests a first sync takes, from what the platform says it holds; honest ranges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from workbench.models.kinds import AccountKind

MEMBER_BYTES: Final = (30, 120)
PAGE: Final = (100, 20)
"""Messages a page, of generous and of thrifty platforms."""
MEMBERS_PAGE: Final = 50
"""Members a page, of thrifty platforms; others send them with the messages."""
PAGE_BYTES: Final = 900
"""Headers of one request and its answer, both ways."""
NEWS_SHARE: Final = (0.02, 0.5)
"""How much of all its messages a community got in the last 90 days: an old one little, a young one half."""
YOUNG: Final = 2_000
"""Up to so many messages may all be of the last weeks: the community may have just begun."""
PEOPLE_BYTES: Final = (500, 4_000)
"""What a community of people only costs beside its members."""
PEOPLE: Final = (0, 550)
"""Members of one whose platform tells no number: as many as a directory shows."""
UNKNOWN: Final = (50, 5_000)
"""Messages of a community whose platform tells no number."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Bytes on the wire as a platform packs them, at least and at most, measured on first syncs.

    `message` is one without the headers of its page: a dozen words with the fields that are needed, or a long text with
    all a platform sends. `likes` come on top for each message where more than text is fetched; files are not in it.
    `community` is what each costs however little was said in it: lists, counts and the first page of everything.
    `calls` are the requests of an account beside its pages: the list of communities, who we are, what is new; `asks`
    those for likes where a platform tells them for one message at a time.
    """

    message: tuple[int, int] = (110, 800)
    likes: tuple[int, int] = (0, 120)
    community: tuple[int, int] = (2_000, 30_000)
    calls: tuple[int, int] = (2, 8)
    asks: int = 0


USUAL: Final = Rates()
RATES: Final[Mapping[AccountKind, Rates]] = {
    AccountKind.DISCOURSE: Rates((150, 600), (10, 120), (2_000, 25_000), (3, 20), asks=40),
    AccountKind.VIVA_ENGAGE: Rates((220, 800), (0, 60), (2_000, 15_000)),
    AccountKind.HCL_CONNECTIONS: Rates((270, 1_000), (0, 60), (5_000, 40_000)),
    AccountKind.OPEN_SOCIAL: Rates((330, 1_000), (0, 60), (3_000, 30_000)),
    AccountKind.HYPERKITTY: Rates((80, 1_500), (0, 0), (5_000, 30_000)),
}


@dataclass(frozen=True, slots=True)
class Held:
    """What a platform says of one community; None where it does not tell. Without a message it is people only."""

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
    rates: Rates = USUAL,
    page: tuple[int, int] = PAGE,
    calls_per_minute: int | None = None,
) -> Estimate:
    """What the first sync of these communities takes; `days` is how far it goes back, None to the beginning."""
    low = high = 0.0
    fewest_calls = most_calls = 0.0
    is_guess = False
    for number, community in enumerate(communities):
        if not number:
            fewest_calls, most_calls = rates.calls[0], rates.calls[1] + (0 if is_text_only else rates.asks)
        if community.messages == 0:
            few, many = PEOPLE if community.members is None else (community.members, community.members)
            low, high = low + PEOPLE_BYTES[0] + few * MEMBER_BYTES[0], high + PEOPLE_BYTES[1] + many * MEMBER_BYTES[1]
            fewest_calls, most_calls = fewest_calls + 1, most_calls + 1 + _pages(many, MEMBERS_PAGE)
            continue
        is_guess |= community.messages is None
        fewest, most = _messages(community.messages, days)
        small, large = rates.message
        if not is_text_only:
            small, large = small + rates.likes[0], large + rates.likes[1]
        members = community.members or 0
        pages = _pages(fewest, page[0]), _pages(most, page[1])
        low += rates.community[0] + fewest * small + pages[0] * PAGE_BYTES + members * MEMBER_BYTES[0]
        high += rates.community[1] + most * large + pages[1] * PAGE_BYTES + members * MEMBER_BYTES[1]
        fewest_calls += pages[0]
        most_calls += pages[1] + _pages(members, MEMBERS_PAGE) if members else pages[1]
    return Estimate(round(low), round(high), is_guess, (round(fewest_calls), round(most_calls)), calls_per_minute)


def _messages(count: int | None, days: int | None) -> tuple[float, float]:
    fewest, most = UNKNOWN if count is None else (count, count)
    if days is None:
        return fewest, most
    return fewest * NEWS_SHARE[0] * min(1.0, days / 90), min(most, max(YOUNG, most * NEWS_SHARE[1] * days / 90))


def _pages(messages: float, size: int) -> float:
    return 1 + messages // size
