"""Ledger: what every cursor promised, noted where a source hands it over, to be held against what is stored."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from tests.platforms.world import Said
from workbench.ids import CommunityId
from workbench.sync import community_run
from workbench.sync.community_run import Walk
from workbench.sync.connector import Batch, Connector
from workbench.sync.mirror import MirrorStore
from workbench.sync.records import MessageRecord

Key = tuple[CommunityId, str]


class Ledger:
    """Follows every walk without touching it. `seen_at_start` is what stood on the platform when the last run began."""

    def __init__(self) -> None:
        self.promised: dict[Key, dict[str | None, frozenset[str]]] = {}
        self.seen_at_start: Mapping[str, frozenset[str]] = {}
        self.ever: dict[str, set[str]] = {}
        """{community: messages that stood there at one time or another}."""

    def begin(self, standing: Mapping[str, Mapping[str, Said]], *, seen_later: str) -> None:
        """A run begins while this stands on the platform; what a platform shows only now and then is not counted."""
        self.stood(standing)
        self.seen_at_start = {
            community: frozenset(id_ for id_ in messages if not (seen_later and id_.startswith(seen_later)))
            for community, messages in standing.items()
        }

    def stood(self, standing: Mapping[str, Mapping[str, Said]]) -> None:
        """This stands on the platform now."""
        for community, messages in standing.items():
            self.ever.setdefault(community, set()).update(messages)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Listens at the one place where the engine begins the walks of a source."""
        walks_of = community_run.walks_of

        def listening(connector: Connector, mirror: MirrorStore, **of: Any) -> list[Walk]:
            walks = walks_of(connector, mirror, **of)
            for walk in walks:
                self._listen(walk, mirror, of["community_id"])
            return walks

        with patch.object(community_run, "walks_of", listening), patch("workbench.sync.engine.walks_of", listening):
            yield

    def _listen(self, walk: Walk, mirror: MirrorStore, community_id: CommunityId) -> None:
        begin, key = walk.begin, (community_id, walk.stream)

        def begun() -> Iterator[Batch]:
            since = mirror.cursor(community_id, walk.stream)
            known = self.promised.setdefault(key, {None: frozenset()})
            so_far = set(known.get(since, frozenset()))
            for batch in begin():
                so_far |= {record.remote_id for record in batch.records if isinstance(record, MessageRecord)}
                if batch.cursor is not None:
                    known[batch.cursor] = frozenset(so_far)
                yield batch

        walk.begin = begun
