"""Traffic: what accounts cost on the line by day, and how much is left of today."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from workbench.ids import AccountId
from workbench.models.database import Reader
from workbench.models.moments import to_day
from workbench.queries.preferences import preference

REMOVED: Final = "traffic.removed"
"""The setting that keeps what removed accounts cost: {day since 1970: [requests, bytes in, bytes out]}."""


@dataclass(frozen=True, slots=True)
class TrafficRow:
    """Bytes as HTTP put them on the wire, with headers, and requests."""

    requests: int = 0
    bytes_in: int = 0
    bytes_out: int = 0

    @property
    def bytes(self) -> int:
        """Both ways together."""
        return self.bytes_in + self.bytes_out


@dataclass(frozen=True, slots=True)
class Spent:
    """What an account cost today and since the first of the month, by UTC days."""

    today: TrafficRow
    month: TrafficRow


_NOTHING = Spent(TrafficRow(), TrafficRow())

_SPENT = """
SELECT account_id,
  sum(requests) FILTER (WHERE day = :today), sum(bytes_in) FILTER (WHERE day = :today),
  sum(bytes_out) FILTER (WHERE day = :today), sum(requests), sum(bytes_in), sum(bytes_out)
FROM trafficday WHERE day BETWEEN :first AND :today GROUP BY account_id
"""


def spent_by_account(reader: Reader, *, today: date) -> dict[AccountId, Spent]:
    """What each account cost; one that cost nothing this month is not in it."""
    span = {"today": to_day(today), "first": to_day(today.replace(day=1))}
    return {
        AccountId(account_id): Spent(TrafficRow(*(value or 0 for value in sums[:3])), TrafficRow(*sums[3:]))
        for account_id, *sums in reader.rows(_SPENT, span)
    }


def spent_in_all(reader: Reader, *, today: date) -> Spent:
    """What all accounts cost together, those removed since included: the data is spent whoever spent it."""
    parts = [*spent_by_account(reader, today=today).values(), spent_by_removed(reader, today=today)]
    return Spent(_sum(part.today for part in parts), _sum(part.month for part in parts))


def spent_by_removed(reader: Reader, *, today: date) -> Spent:
    """What accounts cost that were removed since."""
    text = preference(reader, REMOVED)
    kept = {} if text is None else {int(day): TrafficRow(*sums) for day, sums in json.loads(text).items()}
    first, last = to_day(today.replace(day=1)), to_day(today)
    return Spent(kept.get(last, TrafficRow()), _sum(row for day, row in kept.items() if first <= day <= last))


def _sum(rows: Iterable[TrafficRow]) -> TrafficRow:
    found = list(rows)
    return TrafficRow(
        sum(row.requests for row in found), sum(row.bytes_in for row in found), sum(row.bytes_out for row in found)
    )


def spent(reader: Reader, account_id: AccountId, *, today: date) -> Spent:
    """What one account cost."""
    return spent_by_account(reader, today=today).get(account_id, _NOTHING)
