"""Seating: puts a connector of an account to work: its settings, sign-in, limits and counters, over a real line."""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.cancel import CancelToken
from workbench.models.kinds import AccountKind
from workbench.operations.run_watch import RunWatch
from workbench.progress import Wait
from workbench.queries.preferences import preference
from workbench.sync.accounts import AccountEntry
from workbench.sync.cutting import cut_by
from workbench.sync.platform_clock import PlatformClock
from workbench.sync.platforms import Platform, platform
from workbench.sync.seat import Reach, Seat
from workbench.sync.secrets import SecretStore
from workbench.workspace import Workspace

if TYPE_CHECKING:
    # The wire loads with the first seat, not with the window.
    import httpx2

    from workbench.sync.account_meter import AccountMeter
    from workbench.sync.api_client import ApiClient, Refusal
    from workbench.sync.pace import Limit, Pace, Sleep
    from workbench.sync.signing import Signer


@dataclass(frozen=True, slots=True)
class Line:
    """What stands for the world outside: a test gives its own transport, chance and patience."""

    transport: "httpx2.BaseTransport | None" = None
    jitter: Callable[[], float] = random.random
    sleep: "Sleep | None" = None


@contextmanager
def open_seat(
    workspace: Workspace,
    account: AccountEntry,
    *,
    cancel: CancelToken | None = None,
    reach: Reach | None = None,
    run_limit: int | None = None,
    line: Line | None = None,
    spares: Callable[[], bool] | None = None,
    watch: RunWatch | None = None,
) -> Iterator[Seat]:
    """A seat for the account's connector: signed, paced, counted; connections close with the block.

    What it costs is kept by account and day, what counts against the platform's limits over a restart. A stop ends any
    wait within a fifth of a second, and cuts what is in flight; while `spares` says that something is being sent, its
    answer has half a second more. `run_limit` is in bytes, both ways. Clients refuse with SignInError where nobody is
    signed in, and with BudgetSpentError once the day's or the run's limit is reached. `watch` hears what the run costs
    and waits for.
    """
    from workbench.sync.account_meter import AccountMeter  # noqa: PLC0415 - as said above

    meter = AccountMeter(
        workspace.database,
        workspace.clock,
        account_id=account.id,
        cap=replace(account.cap, usual=account.limits.daily_cap),
        run_limit=run_limit,
        told=None if watch is None else watch.cost,
    )
    with ExitStack() as stack:
        bench = _Bench(workspace, account, meter, line or Line(), cancel or CancelToken(), stack, watch)
        stack.enter_context(meter.kept())
        stack.callback(bench.keep)
        if cancel is not None:
            stack.enter_context(cut_by(cancel, bench.drop, spares=spares))
        yield Seat(
            base_url=account.base_url or "",
            clock=workspace.clock,
            client=bench.client,
            settings=settings_of(workspace, account),
            reach=reach or Reach(account.limits.history_from, account.limits.is_text_only, _file_limit(account)),
            secret=lambda name: SecretStore(workspace.database, workspace.clock).get(account.id, name) or "",
            meter=meter,
            cuts=bench.cuts.append,
            theirs=bench.theirs,
        )


def settings_of(workspace: Workspace, account: AccountEntry) -> Mapping[str, str]:
    """The settings of an account as its connector reads them: texts; a switch is "yes" or "no"."""
    settings = {name: _text(value) for name, value in account.settings.items()}
    if account.kind is AccountKind.HYPERKITTY and "list" not in settings:
        # Accounts of the first version were one list, and its address stood with the community only; others are a site.
        with workspace.database.read() as reader:
            address = reader.scalar(
                "SELECT min(remote_id) FROM community WHERE account_id = ? HAVING count(*) = 1", (account.id,)
            )
        settings |= {} if address is None else {"list": str(address)}
    if account.kind is AccountKind.HYPERKITTY:
        # Mail goes out under the name the person gave themselves here.
        with workspace.database.read() as reader:
            name = preference(reader, "my_name")
        settings |= {} if name is None else {"my_name": str(json.loads(name))}
    return settings


def _file_limit(account: AccountEntry) -> int:
    return 0 if account.limits.is_text_only else account.limits.file_limit or 0


def platform_of(account: AccountEntry) -> Platform:
    """What the account's platform declares; loads its connector."""
    return platform(account.kind)


class _Bench:
    """Makes the clients of one seat, with what they share."""

    def __init__(  # noqa: PLR0917 - used in one place
        self,
        workspace: Workspace,
        account: AccountEntry,
        meter: "AccountMeter",
        line: Line,
        cancel: CancelToken,
        stack: ExitStack,
        watch: RunWatch | None,
    ) -> None:
        from workbench.sync.api_client import sleep_until_cancelled  # noqa: PLC0415 - as said above

        self._workspace, self._account, self._meter, self._line = workspace, account, meter, line
        self._sleep = line.sleep or sleep_until_cancelled(cancel)
        self._stack, self._watch = stack, watch
        self._opened_at = workspace.clock.now()
        self.theirs = PlatformClock(before=account.clock_skew)
        self.cuts: list[Callable[[], None]] = []
        """What a stop calls, from another thread."""
        self._signers: dict[str, Signer | None] = {}
        self._paces: dict[str, Pace] = {}
        self._kept: dict[str, object] = json.loads(account.pace) if account.pace else {}

    def client(
        self,
        root: str,
        *,
        resource: str = "",
        limits: "Sequence[Limit]" = (),
        refusal: "Refusal | None" = None,
        keeps_cookies: bool = False,
        signer: "Signer | None" = None,
    ) -> "ApiClient":
        """As `OpenClient`."""
        from workbench.sync.api_client import ApiClient  # noqa: PLC0415 - as said above

        client = ApiClient(
            root,
            clock=self._workspace.clock,
            sleep=self._sleep,
            jitter=self._line.jitter,
            signer=signer or self._signer(resource),
            pace=self._pace(limits),
            meter=self._meter,
            refusal=refusal,
            waits=None if self._watch is None else self._watch.waits,
            clocks=self.theirs.hear,
            keeps_cookies=keeps_cookies,
            transport=self._line.transport,
        )
        self._stack.callback(client.close)
        self.cuts.append(client.close)
        return client

    def drop(self) -> None:
        """Cuts whatever is in flight; may be called from another thread."""
        for cut in tuple(self.cuts):
            cut()

    def keep(self) -> None:
        """Keeps the calls that still count, and what was heard of the platform's clock.

        A limit that was not used this time keeps what it had.
        """
        if not self._paces:
            return
        kept = self._kept | {name: json.loads(pace.to_json()) for name, pace in self._paces.items()}
        account_id, skew = self._account.id, self.theirs.ahead
        with self._workspace.database.write():
            self._workspace.accounts.keep_pace(account_id, json.dumps(kept, sort_keys=True))
            if skew is not None:
                self._workspace.accounts.keep_clock(account_id, skew)
                self._workspace.outbox.heard_clock(account_id, skew, since=self._opened_at)

    def _signer(self, resource: str) -> "Signer | None":
        from workbench.operations.signin import signer  # noqa: PLC0415 - as said above

        if resource not in self._signers:
            self._signers[resource] = signer(
                self._workspace,
                self._account.id,
                ways=platform_of(self._account).sign_in,
                resource=resource,
                meter=self._meter,
                transport=self._line.transport,
                cuts=self.cuts.append,
            )
        return self._signers[resource]

    def _pace(self, limits: "Sequence[Limit]") -> "Pace":
        """One for each set of limits: clients that name the same ones share them."""
        from workbench.sync.pace import POLITE, Pace  # noqa: PLC0415 - as said above

        wanted = tuple(limits) or POLITE
        name = " ".join(sorted(limit.name for limit in wanted))
        if name not in self._paces:
            pace = self._paces[name] = Pace(self._workspace.clock, limits=wanted, sleep=self._rest)
            if name in self._kept:
                pace.from_json(json.dumps(self._kept[name]))
        return self._paces[name]

    def _rest(self, seconds: float) -> None:
        """Lets the platform's limit of requests pass."""
        if self._watch is not None:
            self._watch.waits(seconds, Wait.PACE)
        self._sleep(seconds)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
