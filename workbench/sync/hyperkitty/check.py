"""The check of a HyperKitty list: where we hold more than the archive counts, its names are walked for what is gone."""

from collections.abc import Iterator
from typing import Final

from workbench.progress import Progress
from workbench.sync.connector import Batch, Census, CensusOf, Held
from workbench.sync.hyperkitty.position import Look
from workbench.sync.hyperkitty.site import SUMMARIES_PER_PAGE, HyperkittySite
from workbench.sync.list_mail import archive_name
from workbench.sync.pagination import offset_after

SINGLES: Final = 20
"""So many that no page names are asked for one by one: a page may have moved while the walk went on."""
OVERLAP: Final = 3
_ALL: Final = 1 << 62


class ListCheck:
    """Compares one list. Mail is never edited, and what arrived since is no business of a check: only the gone are."""

    def __init__(self, site: HyperkittySite, address: str) -> None:
        self._site, self._address = site, address

    def run(self, held: Held) -> Iterator[Batch]:
        """A census, where the archive holds less than we do; a batch that says why not, where nothing can be said."""
        look = self._site.look(self._address, {"limit": "1"})
        if not look.pages:
            yield self._batch(note="the archive does not say how many messages it holds")
            return
        if len(held.newest(look.count + 1)) <= look.count:
            yield self._batch(note=f"nothing is gone: the archive holds {look.count} messages")
            return
        if held.has_files():
            yield self._batch(note="not compared: messages from files are here too, which the archive need not have")
            return
        yield from self._compared(look, held)

    def _compared(self, look: Look, held: Held) -> Iterator[Batch]:
        there: set[str] = set()
        offset, count = 0, look.count
        while True:
            query = {"limit": str(SUMMARIES_PER_PAGE), "offset": str(offset)}
            page = self._site.look(self._address, query)
            there.update(summary.hash for summary in page.summaries)
            count = page.count
            yield self._batch(progress=Progress(len(there), "messages", total=count))
            if page.next is None or not page.summaries:
                break
            offset = offset_after(offset, len(page.summaries), overlap=OVERLAP)
        if len(there) < count:
            yield self._batch(note=f"not compared: the archive counts {count} messages and names {len(there)}")
            return
        ours = {archive_name(name): name for name in held.newest(_ALL)}
        strange = len(there - ours.keys())
        if strange:
            # One of them may be a message of ours under another name, which then only looks gone.
            yield self._batch(note=f"not compared: the archive names {strange} messages that are not here")
            return
        missing = [name for name in ours if name not in there]
        for name in missing[:SINGLES]:
            if self._site.holds(self._address, name):
                yield self._batch(note="not compared: the archive changed while its names were read")
                return
        ids = frozenset(ours[name] for name in ours.keys() & there)
        yield self._batch(censuses=(Census(CensusOf.MESSAGES, ids),), note=f"{len(missing)} are not there any more")

    def _batch(self, *, censuses: tuple[Census, ...] = (), progress: Progress | None = None, note: str = "") -> Batch:
        traffic = self._site.client.take_traffic()
        return Batch(
            (),
            progress=progress,
            bytes_in=traffic.bytes_in,
            bytes_out=traffic.bytes_out,
            requests=traffic.requests,
            censuses=censuses,
            note=note,
        )
