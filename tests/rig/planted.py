"""Ten bugs that others really had, each put into the program at one place: what the rig has to catch."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from unittest.mock import patch

import httpx2

from tests.rig.fake_net import LineFault
from tests.rig.faults import FAULTS, Fault, Group, fault, packed_changed
from workbench.clock import Clock
from workbench.errors import LineError
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import OutboxState
from workbench.sync import api_client, codings, gate, http_line
from workbench.sync import mirror_ledger as ledger
from workbench.sync.community_run import CommunityRun
from workbench.sync.connector import Batch, Census, CensusOf, Held
from workbench.sync.discourse import topics
from workbench.sync.discourse.check import CategoryCheck
from workbench.sync.discourse.place import Gap, Place
from workbench.sync.discourse.shapes import message_id, place_of
from workbench.sync.discourse.topics import Step, TopicsWalk
from workbench.sync.engine import _AccountRun
from workbench.sync.gone import Removals
from workbench.sync.mirror import MirrorStore
from workbench.sync.outbox import OutboxStore
from workbench.sync.sending import Sender
from workbench.sync.signin.refreshing import Refreshing


@contextmanager
def strictly_later() -> Iterator[None]:
    """Asks for what is later than the newest that was read: what came in the same moment is skipped."""

    def follow(self: TopicsWalk, place: Place) -> tuple[Place, Step]:
        listed = self._forum.listed(self._category, down_to=place.top)
        new = [topic for topic in listed if topic.bumped > place.top]
        if not new:
            return place, Step()
        gap = Gap(new[0].bumped, place.top + 1)
        return replace(place, top=new[0].bumped, gaps=(gap, *place.gaps)), Step()

    with patch.object(TopicsWalk, "follow", follow), patch.object(topics, "OVERLAP", 0):
        yield


@contextmanager
def cursor_first() -> Iterator[None]:
    """Commits the cursor of a page in a transaction of its own, before the page."""
    apply = MirrorStore.apply

    def cursor_then_rows(self: MirrorStore, community_id: CommunityId, stream: str, batch: Batch, **of: Any) -> object:
        if batch.cursor is not None:
            with self._database.write() as session:
                ledger.move_cursor(
                    session.connection(), community_id, stream, batch.cursor, rows=len(batch.records), now=self.now()
                )
        return apply(self, community_id, stream, replace(batch, cursor=None), **of)

    with patch.object(MirrorStore, "apply", cursor_then_rows):
        yield


def repeats_without_key() -> AbstractContextManager[object]:
    """Sends again what may have arrived, on platforms that do not know it by a key."""
    return patch.object(Sender, "_may_repeat", lambda self, row: True)


@contextmanager
def sending_is_queued_again() -> Iterator[None]:
    """Takes what was being sent when the process died for something that was not sent."""

    def left_over(self: OutboxStore, account_id: object) -> object:
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE outboxitem SET state = ? WHERE state = ?", (OutboxState.QUEUED.value, OutboxState.SENDING.value)
            )
        return Changes.OUTBOX

    with patch.object(OutboxStore, "left_over", left_over):
        yield


@contextmanager
def empty_deletes() -> Iterator[None]:
    """Believes every list: what is not in it is deleted, however much that is."""

    def vanished(self: CategoryCheck, listed: set[int], held: Held) -> Iterator[Batch]:
        for topic in dict.fromkeys(place_of(name)[0] for name in held.newest(1_000)):
            if topic not in listed:
                yield Batch((), censuses=(Census(CensusOf.MESSAGES, frozenset(), root=message_id(topic, 1)),))

    with (
        patch.object(CategoryCheck, "_vanished", vanished),
        patch.object(Removals, "may_remove", lambda self, of, count, alive: True),
    ):
        yield


@contextmanager
def redirects_keep_headers() -> Iterator[None]:
    """Lets the HTTP library follow redirects, with the headers of the request."""

    class Following(httpx2.Client):
        def __init__(self, **options: Any) -> None:
            super().__init__(**options | {"follow_redirects": True})

    with patch.object(http_line.httpx2, "Client", Following):
        yield


@contextmanager
def renews_without_lock() -> Iterator[None]:
    """Renews by the token it remembers, and asks neither lock nor store whether somebody was quicker."""

    def renewed(self: Refreshing, is_bad: object) -> object:
        _ = is_bad
        self._seen = self._next(self._seen or self._stored())
        return self._seen

    with patch.object(Refreshing, "_renewed", renewed):
        yield


@contextmanager
def own_clock() -> Iterator[None]:
    """Takes our own clock for the platform's."""
    clocks: list[Clock] = []
    made = api_client.ApiClient.__init__

    def remember(self: api_client.ApiClient, base_url: str, **options: Any) -> None:
        clocks[:] = [options["clock"]]
        made(self, base_url, **options)

    def ours(headers: Mapping[str, str]) -> datetime | None:
        _ = headers
        return clocks[0].now()

    with patch.object(api_client.ApiClient, "__init__", remember), patch.object(gate, "served_at", ours):
        yield


@contextmanager
def takes_truncated_gzip() -> Iterator[None]:
    """Takes what could be unpacked, as most HTTP libraries do."""
    whole = codings._OPENERS["gzip"]

    def lenient(raw: bytes) -> Iterator[bytes]:
        pieces = whole(raw)
        with suppress(LineError):
            yield from pieces

    with patch.dict(codings._OPENERS, {"gzip": lenient}):
        yield


@contextmanager
def always_synced() -> Iterator[None]:
    """Says that a community is up to date whatever was left out of it."""
    close = _AccountRun._close

    def closed(self: _AccountRun, one: Any, run: CommunityRun, state: Any = None) -> None:
        close(self, one, run, state)
        self._mirror.settle(one.community_id, mark=None)

    with patch.object(_AccountRun, "_close", closed):
        yield


@dataclass(frozen=True, slots=True)
class Planted:
    """A bug and where to look for it: `invariants` are those it breaks, `steps` and `faults` what brings it to light."""

    bug: Callable[[], AbstractContextManager[object]]
    place: str
    invariants: frozenset[int]
    steps: Mapping[str, int]
    faults: tuple[Fault, ...] = ()
    length: int = 10


def _of(group: Group) -> tuple[Fault, ...]:
    return tuple(one for one in FAULTS if one.group is group)


CUT_IN_THE_TRAILER: Final = replace(
    fault(9), line=lambda rng: LineFault("cut in the trailer", change=packed_changed(lambda raw: raw[:-4]))
)

PLANTED: Final[Mapping[str, Planted]] = {
    "strict >": Planted(strictly_later, "discourse-topics", frozenset({8}), {"said": 2, "sync": 3}, (fault(33),)),
    "cursor committed first": Planted(cursor_first, "discourse", frozenset({3}), {"said": 1, "crash": 3}),
    "retry without key": Planted(
        repeats_without_key, "viva-engage", frozenset({5}), {"replies": 2, "sync": 2, "wait": 1}, (fault(6), fault(7))
    ),
    "sending back to queued": Planted(
        sending_is_queued_again, "viva-engage", frozenset({5}), {"replies": 2, "crash": 3, "wait": 1}
    ),
    "empty answer deletes": Planted(empty_deletes, "discourse", frozenset({2}), {"check": 1}, (fault(22),)),
    "redirects with default headers": Planted(
        redirects_keep_headers, "discourse", frozenset({7}), {"sync": 1}, (fault(26), fault(20))
    ),
    "refresh without lock": Planted(renews_without_lock, "viva-engage", frozenset({7}), {"sync": 1}, (fault(38),)),
    "own clock as cursor": Planted(own_clock, "discourse", frozenset({8}), {"sync": 2, "said": 1}, (fault(39),)),
    "truncated gzip accepted": Planted(
        takes_truncated_gzip, "discourse", frozenset({2}), {"sync": 1, "said": 1}, (CUT_IN_THE_TRAILER, fault(9))
    ),
    "synced while items wait": Planted(
        always_synced, "discourse", frozenset({8}), {"sync": 2, "said": 2}, (fault(23), fault(25), fault(3), fault(19))
    ),
}
