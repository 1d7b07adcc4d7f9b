"""Page views from rows: pages without a name, rows of one page put together, a whole where the source gives none."""

from collections.abc import Iterable
from typing import Final

from workbench.sync.records import PageViews

NOT_SET: Final = "(not set)"
"""Google Analytics' own name for a page that has none; the empty name is the whole site."""


def named(text: str) -> str:
    """The name of a page that may have none."""
    return text or NOT_SET


def joined(one: PageViews | None, other: PageViews) -> PageViews:
    """Two rows of one page: what adds up is added, what is a distinct count is not known."""
    if one is None:
        return other
    events = None if one.events is None or other.events is None else one.events + other.events
    return PageViews(one.page, one.views + other.views, events=events)


def sum_of(pages: Iterable[PageViews]) -> PageViews:
    """The whole site as far as its pages add up to it: nobody knows how many of the users are the same."""
    return PageViews("", sum(page.views for page in pages))
