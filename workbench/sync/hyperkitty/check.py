"""The check of a HyperKitty list: where its archive counts more or fewer than we do, its names are walked."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from workbench.progress import Progress
from workbench.sync.connector import Batch, Census, CensusOf, Held
from workbench.sync.hyperkitty.export import messages_of
from workbench.sync.hyperkitty.position import Look
from workbench.sync.hyperkitty.site import SUMMARIES_PER_PAGE, HyperkittySite
from workbench.sync.list_mail import archive_name
from workbench.sync.pagination import offset_after
from workbench.sync.records import MessageRecord, Rejected

SINGLES: Final = 20
"""So many that no page names are asked for one by one: a page may have moved while the walk went on."""
LOST: Final = 100
"""So many messages that are not here are fetched by one check; more are the business of a sync that reads on."""
OVERLAP: Final = 3
_ALL: Final = 1 << 62


class ListCheck:
    """Compares one list. Mail is never edited: only what is gone, and what should have come and did not, can differ.

    `floor` is the day below which history is not asked for; files come with at most `file_limit` bytes.
    """

    def __init__(self, site: HyperkittySite, address: str, *, floor: date | None = None, file_limit: int = 0) -> None:
        self._site, self._address = site, address
        self._floor, self._file_limit = floor, file_limit

    def run(self, held: Held) -> Iterator[Batch]:
        """A census, where the archive holds less than we do; the messages we lack, where it holds more.

        A batch that says why not, where nothing can be said.
        """
        look = self._site.look(self._address, {"limit": "1"})
        if not look.pages:
            yield self._batch(note="the archive does not say how many messages it holds")
            return
        here = len(held.newest(look.count + 1))
        if here < look.count:
            yield from self._completed(look, held, here=here)
            return
        if here == look.count:
            yield self._batch(note=f"nothing is gone: the archive holds {look.count} messages")
            return
        if held.has_files():
            yield self._batch(note="not compared: messages from files are here too, which the archive need not have")
            return
        yield from self._compared(look, held)

    def _completed(self, look: Look, held: Held, *, here: int) -> Iterator[Batch]:
        """The messages the archive names and we lack, asked for one by one, the latest arrivals first."""
        ours = {archive_name(name) for name in held.newest(_ALL)}
        lacking: dict[str, None] = {}
        offset, wanted = 0, min(look.count - here, LOST)
        while len(lacking) < wanted:
            page = self._site.look(self._address, {"limit": str(SUMMARIES_PER_PAGE), "offset": str(offset)})
            due = [one for one in page.summaries if self._floor is None or one.day >= self._floor]
            lacking |= {one.hash: None for one in due if one.hash not in ours}
            if page.next is None or not due:
                break
            offset = offset_after(offset, len(page.summaries), overlap=OVERLAP)
        for name in lacking:
            answer = self._site.export(self._address, name)
            source = f"{self._address} {name}"
            records, rejected = messages_of(answer, self._address, source, file_limit=self._file_limit)
            yield self._batch(records=records, rejected=rejected)
        yield self._batch(note=f"{len(lacking)} messages that were not here were asked for")

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

    def _batch(
        self,
        *,
        records: Iterable[MessageRecord] = (),
        rejected: Iterable[Rejected] = (),
        censuses: tuple[Census, ...] = (),
        progress: Progress | None = None,
        note: str = "",
    ) -> Batch:
        traffic = self._site.client.take_traffic()
        return Batch(
            tuple(records),
            rejected=tuple(rejected),
            progress=progress,
            bytes_in=traffic.bytes_in,
            bytes_out=traffic.bytes_out,
            requests=traffic.requests,
            censuses=censuses,
            note=note,
        )
