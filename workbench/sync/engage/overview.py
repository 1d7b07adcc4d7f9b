"""The overview of a Yammer network: what one person is told, and the newest of all communities, in a few pages.

A page for each community takes long at ten calls in thirty seconds. Feeds over all communities show most of them their
newest messages in one or two; they prove no community complete, so each one is read by itself afterwards all the same.
"""

from collections.abc import Sequence
from typing import Final

from workbench.errors import LineError, SkipStreamError
from workbench.sync.engage.feeds import EngageFeeds
from workbench.sync.engage.messages import Feed
from workbench.sync.gate import Cause
from workbench.sync.records import ActRecord, MessageRecord

RECEIVED: Final = "messages/received.json"
"""What was sent to the account's person or names them."""
FOLLOWING: Final = "messages/following.json"
NOWHERE: Final = "none"
PAGES: Final = 4
WORTH: Final = 2
"""A page that shows the newest of fewer communities is no better than one of their own."""

_OF_THIS_FEED: Final = frozenset((Cause.SERVER, Cause.BAD_REPLY, Cause.TOO_LARGE))


class EngageOverview:
    """Reads once in a run, when first asked. `path` is the feed over all communities; with NOWHERE nothing is read."""

    def __init__(self, feeds: EngageFeeds, *, path: str = FOLLOWING) -> None:
        self._feeds, self._path = feeds, path
        self._found: dict[str, dict[str, MessageRecord | ActRecord]] = {}
        self._shown: set[str] = set()
        self._is_read = False
        self._note = ""

    def of(self, community: str, *, since: int) -> Sequence[MessageRecord | ActRecord]:
        """What it shows of a community; what its person received is asked for from the message `since` on.

        The newest of all communities are read where that is 0, on a first reading.
        """
        if not self._is_read and self._path != NOWHERE:
            self._is_read = True
            self._page(RECEIVED, {"newer_than": str(since)} if since else {})
            if not since:
                self._walk()
        return tuple(self._found.pop(community, {}).values())

    def shows(self, community: str) -> bool:
        """Whether the community's newest message was among the newest of all."""
        return community in self._shown

    def take_note(self) -> str:
        """What the history says of it, once; empty where all went well."""
        note, self._note = self._note, ""
        return note

    def _walk(self) -> None:
        """Down the feed over all communities, as long as a page may be expected to show several for the first time."""
        last = self._feeds.newest_of_all()
        query: dict[str, str] = {}
        likely = len(last)
        for _ in range(PAGES):
            feed = self._page(self._path, query) if likely >= WORTH else None
            if feed is None:
                return
            self._shown |= {name for name, number in last.items() if number in feed.ids}
            if not feed.goes_on:
                return
            lowest = min(feed.ids)
            # Ids grow with time, so that the next page reaches about as far down as this one.
            reach = lowest - (max(feed.ids) - lowest)
            likely = sum(reach < number < lowest for name, number in last.items() if name not in self._shown)
            query = {"older_than": str(lowest)}

    def _page(self, path: str, query: dict[str, str]) -> Feed | None:
        """A page, taken in; None where this account has no such feed: its communities have pages of their own."""
        try:
            feed = self._feeds.across(path, query)
        except (SkipStreamError, LineError) as error:
            if isinstance(error, LineError) and error.details.get("cause") not in _OF_THIS_FEED:
                raise
            self._note = f"{path.removesuffix('.json')} left out, each community is read by itself"
            return None
        for record in feed.records:
            self._found.setdefault(record.community, {})[record.remote_id] = record
        return feed
