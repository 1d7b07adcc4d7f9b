"""Gathering: batches that come faster than one at a time is worth storing are stored together, in one transaction.

A transaction costs much the same for fifty messages as for four hundred: the same pages of the indexes are encrypted
and written each time. So batches wait for one another, but only where waiting costs nothing: after several that came
at once, so that neither the line nor the platform's pace holds up the next. A power cut while they wait loses no more
than what came within a quarter of a second, and nothing of it was called stored.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from workbench.cancel import CancelToken
from workbench.sync.ahead import KEPT
from workbench.sync.connector import Batch, Stage
from workbench.sync.records import GoneActRecord, GoneRecord

MOST_RECORDS: Final = 400
MOST_SECONDS: Final = 0.25
QUICK_SECONDS: Final = 0.05
QUICK_IN_A_ROW: Final = KEPT + 1
"""One more than is fetched ahead: no slow line gives so many at once, whatever had piled up behind a lost packet."""


def gathered(
    pull: Iterator[Batch], *, stage: Stage, seconds: Callable[[], float], cancel: CancelToken
) -> Iterator[Batch]:
    """The batches of a pull, those that come quickly made one; `seconds` is a clock that never goes backwards.

    Nothing waits once the stage is over, a stop was asked for or the pull has ended; what came before an error is given
    before the error is raised on. After a batch that goes beyond `stage` the pull stands just behind it.
    """
    held: Batch | None = None
    since, quick = 0.0, 0
    while True:
        asked = seconds()
        try:
            batch = next(pull, None)
        except Exception:
            if held is not None:
                yield held
            raise
        now = seconds()
        if held is not None and (batch is None or not _fit(held, batch)):
            yield held
            held = None
        if batch is None:
            return
        quick = quick + 1 if now - asked <= QUICK_SECONDS else 0
        since = now if held is None else since
        held = batch if held is None else _joined(held, batch)
        may_wait = quick >= QUICK_IN_A_ROW and now - since < MOST_SECONDS and len(held.records) < MOST_RECORDS
        if not may_wait or batch.then > stage or batch.lets_others or cancel.is_cancelled:
            yield held
            held = None


def _fit(held: Batch, batch: Batch) -> bool:
    """Whether both as one leave the same behind as one after the other, and a cursor promises no more than it did."""
    return (
        len(held.records) + len(batch.records) <= MOST_RECORDS
        and (held.cursor is None or batch.cursor is not None)
        and _only_adds(held)
        and _only_adds(batch)
    )


def _only_adds(batch: Batch) -> bool:
    """What is gone is counted and doubted batch by batch, and what is read anew begins by forgetting."""
    is_gone = any(isinstance(record, GoneRecord | GoneActRecord) for record in batch.records)
    return not (batch.censuses or batch.reread or is_gone)


def _joined(held: Batch, batch: Batch) -> Batch:
    return replace(
        batch,
        records=held.records + batch.records,
        rejected=held.rejected + batch.rejected,
        covered=held.covered + batch.covered,
        progress=batch.progress or held.progress,
        bytes_in=held.bytes_in + batch.bytes_in,
        bytes_out=held.bytes_out + batch.bytes_out,
        requests=held.requests + batch.requests,
        note=batch.note or held.note,
        is_from_start=held.is_from_start if batch.is_from_start is None else batch.is_from_start,
    )
