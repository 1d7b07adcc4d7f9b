"""Rig: a real profile, a platform that changes, a line that fails and a process that dies, all drawn from one seed."""

import hashlib
import logging
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from typing_extensions import override

from tests.builders import a_key_file, a_workspace
from tests.platforms.hyperkitty import Hyperkitty
from tests.platforms.server import Asked, StandIn, Told
from tests.platforms.world import BEGINNING, Said, World, a_world
from tests.rig.fake_net import GOOD, JumpingClock, LineFault, Net
from tests.rig.faults import ELSEWHERE, FAULTS, Fault, Group
from tests.rig.keyring import TOKENS, SavedKeys, rig_doors
from tests.rig.ledger import Ledger
from tests.rig.mail import mail_over
from tests.rig.places import PORT, Place
from workbench.errors import StoreError, WorkbenchError
from workbench.ids import AccountId, CommunityId
from workbench.models.kinds import RunState
from workbench.operations.seating import Line
from workbench.operations.sync import check_completeness, discover, sync_accounts
from workbench.queries.sync_status import CommunityStateRow, list_states
from workbench.sync import sending
from workbench.sync.engine import RunResult
from workbench.workspace import Workspace

NAME = "Rig"
BESIDE = 38
FIRST_EXCHANGES = 12
"""Faults befall one of so many exchanges of a run."""


class Crash(BaseException):
    """The process ends here."""


class Broken(Exception):  # noqa: N818 - what is broken is the invariant
    """An invariant does not hold; `number` is which of the eight."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"invariant {number}: {why}")
        self.number = number


class Elsewhere(StandIn):
    """A host that is not the platform: it takes whatever it is sent, and shows a page."""

    NAME = "elsewhere"

    @override
    def answer(self, asked: Asked) -> Told:
        return Told(200, b"<html>Welcome</html>", "text/html")


@dataclass(slots=True)
class Work:
    """What a person did here, as it has to be found again whatever a sync does."""

    notes: dict[int, str] = field(default_factory=dict)
    stars: set[int] = field(default_factory=set)
    cards: list[str] = field(default_factory=list)


class Rig:
    """One life of a profile at one platform. Use as a context; the same seed and the same steps leave the same trace."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place, self.seed = place, seed
        self.rng = random.Random(f"{place.key} {seed}")
        self._keys = random.Random(f"keys {seed}")
        self.clock = JumpingClock(BEGINNING)
        self.world: World = a_world(people=8, groups=2, messages=60, seed=seed % 5, days=40)
        self.platform = place.stand_in(self.world, **place.switches)
        self.elsewhere = Elsewhere(World())
        self.net = Net(self.clock, {PORT: self.platform, ELSEWHERE: self.elsewhere}, round_trip=0.3)
        self.saved = SavedKeys(place, self.platform)
        self.ledger = Ledger()
        self.items: dict[str, str] = {}
        """What a person asked to be sent: {id: its words}."""
        self.work = Work()
        self.log: list[str] = []
        self.logged: list[logging.LogRecord] = []
        self.results: list[RunResult] = []
        self.faults: Sequence[Fault] = FAULTS
        """What may befall it."""
        self.befell: set[int] = set()
        """Numbers of the faults that came to pass."""
        self.has_doubts = False
        """Whether the platform said something untrue since the last check that went through."""
        self.has_lied = False
        """Whether it ever did: what was looked for then in vain is not looked for again by itself."""
        self.errors: dict[CommunityId, str] = {}
        """What stood in the way of a community, or of the account as a whole, in the run that ended last."""
        self.unwritten = False
        """Whether the sync that ended last could not note how far it came: only the next one that sends can."""
        self.synced_before: dict[CommunityId, datetime | None] = {}
        self.taken_broken: list[str] = []
        """Questions whose answer came broken, that were not asked again and of which nobody complained."""
        self._broken_answers: list[tuple[int, str]] = []
        self._due: dict[int, list[Fault]] = {}
        self._exchanges = 0
        self._commits = 0
        self._crash: tuple[str, int] | None = None
        self._dead = False

    # Life

    def __enter__(self) -> "Rig":
        self.folder = Path(tempfile.mkdtemp(prefix="workbench-rig-"))
        shutil.copytree(_template(), self.folder, dirs_exist_ok=True)
        self._undo = [rig_doors(self.place), _with_jitter(self.rng), self.ledger.kept(), _all_logs(self.logged)]
        if isinstance(self.platform, Hyperkitty):
            self._undo.append(mail_over(self.net, self.platform.deliver))
        for context in self._undo:
            context.__enter__()
        self.net.befalls, self.net.before, self.net.after = self._befall, self._before, self._after
        self.open()
        settings = dict(self.place.settings)
        if self.place.takes_mail:
            settings["smtp_from"] = self.world.people[self.world.me].email
        self.account_id: AccountId = self.workspace.accounts.add(
            self.place.kind, NAME, self.place.root + self.place.folder, settings
        )
        self.saved.sign_in(self.workspace, self.account_id)
        rows = discover(self.workspace, name=NAME, line=self.line)
        mine = [row.community_id for row in rows if row.remote_id in self.place.messages(self.platform)]
        self.workspace.accounts.follow(self.account_id, mine)
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
        for context in reversed(self._undo):
            context.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    def open(self) -> None:
        """Starts the program."""
        self._dead, self._crash = False, None
        key = a_key_file(self.folder)
        self.workspace = Workspace.open(self.folder / "profile", key=key, clock=self.clock)
        self.workspace.outbox._make_key = self._made_key  # it goes into addresses, and so into the trace
        self._guard(self.workspace)

    def close(self) -> None:
        """Ends it, in whatever state it is."""
        self._dead = False
        self.workspace.close()

    def _made_key(self) -> str:
        return str(UUID(int=self._keys.getrandbits(128), version=4))

    def reopen(self) -> None:
        """Ends it and starts it again."""
        self.close()
        self.open()

    # What it is made of

    @property
    def line(self) -> Line:
        """The world outside, as a sync gets it."""
        return Line(transport=self.net.transport(), jitter=self.rng.random, sleep=self.net.pass_time)

    @property
    def keys(self) -> "Rig":
        """Where faults look for keys."""
        return self

    def revoke(self) -> None:
        """The platform ends the sign-in."""
        self.saved.revoke()

    def renew_beside(self) -> None:
        """Another process renews first."""
        if not self._dead:
            self.saved.renew_beside(self.workspace, self.account_id)

    def states(self) -> list[CommunityStateRow]:
        """The followed communities as the program knows them."""
        with self.workspace.database.read() as reader:
            return [row for row in list_states(reader, account_id=self.account_id) if row.is_followed]

    def is_looked_at(self, said: Said) -> bool:
        """Whether a check sees that the words of this message changed."""
        if said.version > 1 and said.changed_at is None and not self.place.tells_edits:
            return False
        days = self.place.looks_back_days
        newest = max(one.at for one in self.world.thread(said.root))
        return days is None or newest > self.world.now - timedelta(days=days)

    def note(self, text: str) -> None:
        """One more line of the trace."""
        self.log.append(text)

    @property
    def trace(self) -> str:
        """A hash of all that happened."""
        return hashlib.sha256("\n".join([*self.log, *self.net.trace]).encode()).hexdigest()[:16]

    # What can happen at any exchange or commit

    def plan(self, faults: list[Fault]) -> None:
        """These befall the next run, each at an exchange of the seed's choosing."""
        for fault in faults:
            self._due.setdefault(self.rng.randrange(FIRST_EXCHANGES), []).append(fault)
        self.note(f"faults {[fault.number for fault in faults]}")

    def crash_at(self, what: str, number: int) -> None:
        """The process ends at the n-th "commit", "request" or "answer" from now; before or after, as the seed says."""
        self._crash, self._exchanges, self._commits = (what, number), 0, 0
        self.note(f"crash at {what} {number}")

    def _befall(self, asked: Asked) -> LineFault:
        told, chosen = GOOD, None
        due = self._due.pop(self._exchanges - 1, [])
        if asked.path == TOKENS:  # whoever renews holds the lock: no other process of ours comes between
            self._due.setdefault(self._exchanges, []).extend(fault for fault in due if fault.number == BESIDE)
            due = [fault for fault in due if fault.number != BESIDE]
        for fault in due:
            self.doubt(fault)
            self.befell.add(fault.number)
            if fault.move is not None:
                fault.move(self, self.rng)
                self.net.trace.append(f"  {fault.name}")
            elif fault.line is not None:
                told, chosen = fault.line(self.rng), fault
        is_read = asked.method == "GET" and asked.path not in self.place.unread
        if chosen is not None and chosen.group is Group.BYTES and is_read:
            self._broken_answers.append((len(self.platform.asked), _question(asked)))
        return told

    def doubt(self, fault: Fault) -> None:
        """Remembers a fault that said what is not so."""
        self.has_lied |= fault.lies
        self.has_doubts |= fault.lies

    def _before(self, asked: Asked) -> None:
        self._exchanges += 1
        _ = asked
        self._die_if(self._dead or self._crash == ("request", self._exchanges))

    def _after(self, asked: Asked, reply: Told) -> None:
        if reply.status >= 400 and self._broken_answers[-1:] == [(len(self.platform.asked) - 1, _question(asked))]:
            self._broken_answers.pop()  # that it was refused stands in its first line
        self._die_if(self._crash == ("answer", self._exchanges))

    def _die_if(self, condition: bool) -> None:
        if condition:
            self._dead = True
            raise Crash

    def _guard(self, workspace: Workspace) -> None:
        """Puts the places where a process may end around every transaction."""
        write, depth = workspace.database.write, 0

        @contextmanager
        def guarded() -> Iterator[object]:
            nonlocal depth
            self._die_if(self._dead)
            depth += 1
            try:
                with write() as session:
                    yield session
                    if depth == 1:
                        self._commits += 1
                        self._die_if(self._crash == ("commit", self._commits))
                if depth == 1:
                    self._die_if(self._crash == ("committed", self._commits))
            finally:
                depth -= 1

        workspace.database.write = guarded  # type: ignore[method-assign]  # of this one object

    # What a person or the schedule starts

    def run(self, what: str, work: Callable[[], object]) -> object:
        """Does something that may fail as the program expects, or end in the death of the process."""
        self._exchanges = 0
        found: object = None
        try:
            found = work()
        except WorkbenchError as error:
            self.note(f"{what}: {type(error).__name__} {error.details.get('cause', '')}")
            self.unwritten |= isinstance(error, StoreError)
        except Crash:
            self.note(f"{what}: died")
            self.reopen()
        self._due.clear()
        self._crash = None
        self.net.faults.clear()
        return found

    def sync(self) -> list[RunResult]:
        """One sync as the window starts it."""
        self.ledger.begin(self.place.messages(self.platform), seen_later=self.place.seen_later)
        self.synced_before = {row.community_id: row.synced_at for row in self.states()}
        self.unwritten = False
        found = self.run("sync", lambda: sync_accounts(self.workspace, name=NAME, line=self.line))
        self.results = found if isinstance(found, list) else []
        self.errors = {
            result.community_id: type(result.error).__name__ for result in self.results if result.error is not None
        }
        self._look_at_broken_answers(is_excused=bool(self.errors) or found is None)
        self.note(f"sync: {[_words(result) for result in self.results]}")
        return self.results

    def _look_at_broken_answers(self, *, is_excused: bool) -> None:
        """Who got an answer that was not whole has to ask again, or say so."""
        if not is_excused:
            later = [_question(asked) for asked in self.platform.asked]
            self.taken_broken += [asked for place, asked in self._broken_answers if asked not in later[place + 1 :]]
        self._broken_answers.clear()

    def check(self, *, trusts_gone: bool = False) -> list[RunResult]:
        """A check for completeness; with `trusts_gone` a person looked and trusts what the platform says is gone.

        One that went through everywhere ends the doubts of before; what is said untruly meanwhile begins new ones.
        """
        doubts, self.has_doubts = self.has_doubts, False
        work = partial(check_completeness, self.workspace, name=NAME, trusts_gone=trusts_gone, line=self.line)
        found = self.run("check", work)
        results: list[RunResult] = getattr(found, "results", [])
        compared = {result.community_id for result in results if result.state is RunState.DONE}
        self.has_doubts |= doubts and not {row.community_id for row in self.states()} <= compared
        self._look_at_broken_answers(is_excused=found is None or any(result.error for result in results))
        self.errors.clear()
        self.note(f"check: {[_words(result) for result in results]}")
        return results

    def wait(self, length: timedelta) -> None:
        """Time goes by, here and there."""
        self.net.pass_time(length.total_seconds())


def _question(asked: Asked) -> str:
    """What is asked for. Who took the beginning of an export that broke off asks for its days from a later start."""
    return f"{asked.path} {sorted(item for item in asked.query.items() if item[0] != 'start')}"


def _words(result: RunResult) -> str:
    error = "" if result.error is None else f" {type(result.error).__name__} {result.error.details.get('cause', '')}"
    totals = result.totals
    return f"{result.state.value} {totals.added}+{totals.changed}-{totals.gone}!{totals.rejected}{error}"


@cache
def _template() -> Path:
    """An empty profile, made once a process; every life begins with a copy of it."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-rig-template-"))
    a_workspace(folder).close()
    with suppress(FileNotFoundError):
        (folder / "profile" / "copy.json").unlink()  # a copy that is not one
    return folder


@contextmanager
def _with_jitter(rng: random.Random) -> Iterator[None]:
    """Chance comes from the seed, in the sender too."""
    with patch.object(sending, "Sender", partial(sending.Sender, jitter=rng.random)):
        yield


@contextmanager
def _all_logs(into: list[logging.LogRecord]) -> Iterator[None]:
    """Keeps every record of every logger of ours and of the HTTP library."""

    class _Keep(logging.Handler):
        @override
        def emit(self, record: logging.LogRecord) -> None:
            into.append(record)

    handler, root = _Keep(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("filelock").setLevel(logging.WARNING)  # a line for every lock, and never more in it than a path
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
