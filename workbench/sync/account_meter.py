"""AccountMeter: what an account costs on the line, kept by UTC day, and where its limits are."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from workbench.clock import Clock
from workbench.errors import BudgetSpentError, StoreError
from workbench.ids import AccountId
from workbench.models.database import Database
from workbench.models.day_cap import DayCap
from workbench.models.moments import from_day, to_day
from workbench.sync.meter import Traffic

KEEP_EVERY: Final = 3.0
"""Seconds between two writes while requests go on; `keep` writes the rest."""

_USED_UP: Final = {"day": "the data for today is used up", "run": "the data this run may use is used up"}


class AccountMeter:
    """Counts for one account while it syncs; used from several threads. `keep` when it is done, or use it in `kept`.

    `cap` holds over all processes, `run_limit` for this one; both are bytes, both ways together. What a request
    will cost is known only once it is answered, so the largest so far stands for it: none begins that would cross a
    limit. Before anything was kept (`has_brought`) one may, which is then the last: else a limit smaller than a page
    would never bring anything. `told` hears after each request what this run cost so far, in bytes.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        account_id: AccountId,
        cap: DayCap | None = None,
        run_limit: int | None = None,
        told: Callable[[int], None] | None = None,
    ) -> None:
        self._database, self._clock, self._account_id = database, clock, account_id
        self._cap, self._run_limit, self._told = cap or DayCap(), run_limit, told
        self._lock = threading.Lock()
        self._pending: dict[int, Traffic] = {}
        self._kept_at = clock.monotonic()
        self._day = self._today()
        self._spent_today, usual = self._stored(self._day)
        self._spent_here = 0
        self._expected = usual
        cap_today = self._cap.on(from_day(self._day))
        self._is_firm = cap_today is not None and 2 * self._spent_today >= cap_today
        self._under_way: set[int] = set()

    def note(self, requests: int, bytes_in: int, bytes_out: int) -> None:
        """Adds a request; every few seconds what came together is written."""
        with self._lock:
            day = self._turn_page()
            pending = self._pending.setdefault(day, Traffic())
            pending.requests += requests
            pending.bytes_in += bytes_in
            pending.bytes_out += bytes_out
            self._spent_today += bytes_in + bytes_out
            self._spent_here += bytes_in + bytes_out
            self._expected = max(self._expected, bytes_in + bytes_out)
            self._under_way.discard(threading.get_ident())
            is_due = self._clock.monotonic() - self._kept_at >= KEEP_EVERY
        if self._told is not None:
            self._told(self._spent_here)
        if is_due:
            self.keep()

    def allows(self) -> None:
        """Refuses with BudgetSpentError once the day's limit or this run's is reached, or would be by one more request.

        The thread that asks makes one request then, which `note` ends.
        """
        with self._lock:
            self._turn_page()
            today, here = self._spent_today, self._spent_here
            self._under_way.discard(threading.get_ident())
            others = len(self._under_way)
            coming = self._expected * (others + 1) if self._is_firm or others else 0
            cap = self._cap.on(from_day(self._day))
            for spent, limit, of in ((today, cap, "day"), (here, self._run_limit, "run")):
                if limit is not None and (spent >= limit or spent + coming > limit):
                    raise BudgetSpentError(_USED_UP[of], of=of, spent=spent, limit=limit)
            self._under_way.add(threading.get_ident())

    def has_brought(self) -> None:
        """Something that was fetched is kept: from here on no request begins that would cross a limit."""
        self._is_firm = True

    @property
    def spent(self) -> int:
        """Bytes of this run, both ways."""
        return self._spent_here

    @contextmanager
    def kept(self, *, every: float = KEEP_EVERY) -> Iterator[None]:
        """While the block lasts, what is not written yet is written every few seconds, and the rest at its end.

        Also while a request takes its time, or the pace lets none through: whoever watches sees what it cost so far.
        """
        over = threading.Event()

        def watch() -> None:
            while not over.wait(every):
                try:
                    self.keep()
                except StoreError:
                    continue  # nothing is lost: it is tried again, and the end of the block says what is wrong

        watcher = threading.Thread(target=watch, name="meter-watch", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
            self.keep()

    def keep(self) -> None:
        """Writes what is not written yet, and learns what other processes spent."""
        with self._lock:
            pending, self._pending = self._pending, {}
            self._kept_at = self._clock.monotonic()
        try:
            self._write(pending)
        except BaseException:
            with self._lock:
                for day, traffic in pending.items():
                    _add(self._pending.setdefault(day, Traffic()), traffic)
            raise

    def _write(self, pending: dict[int, Traffic]) -> None:
        if not pending:
            return
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "INSERT INTO trafficday (account_id, day, requests, bytes_in, bytes_out) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (account_id, day) DO UPDATE SET requests = requests + excluded.requests,"
                " bytes_in = bytes_in + excluded.bytes_in, bytes_out = bytes_out + excluded.bytes_out",
                [(self._account_id, day, t.requests, t.bytes_in, t.bytes_out) for day, t in sorted(pending.items())],
            )
        with self._lock:
            left = self._pending.get(self._day, Traffic())
            self._spent_today = self._stored(self._day)[0] + left.bytes_in + left.bytes_out

    def _turn_page(self) -> int:
        """Today; on a new day the counting of the day begins anew."""
        day = self._today()
        if day != self._day:
            self._day, self._spent_today, self._is_firm = day, 0, False
        return day

    def _today(self) -> int:
        return to_day(self._clock.now().date())

    def _stored(self, day: int) -> tuple[int, int]:
        """Bytes of that day as far as they are written, and of one of its requests on the average."""
        with self._database.read() as reader:
            row = reader.one(
                "SELECT bytes_in + bytes_out, requests FROM trafficday WHERE account_id = ? AND day = ?",
                (self._account_id, day),
            )
        return (0, 0) if row is None else (int(row[0]), int(row[0]) // max(1, int(row[1])))


def _add(total: Traffic, more: Traffic) -> None:
    total.requests += more.requests
    total.bytes_in += more.bytes_in
    total.bytes_out += more.bytes_out
