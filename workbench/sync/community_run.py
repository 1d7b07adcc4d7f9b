"""CommunityRun: one community in one run; its streams walk as far as a stage lets them, and wait there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workbench.cancel import CancelToken
from workbench.errors import CancelledError, ManyGoneError, SkipStreamError, WorkbenchError
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.kinds import RunState
from workbench.progress import Progress, Report
from workbench.sync.connector import Batch, Connector, Stage
from workbench.sync.gathering import gathered
from workbench.sync.gone import Removals
from workbench.sync.mirror import Applied, MirrorStore, RunLog


@dataclass(slots=True)
class Walk:
    """One stream under way. `waits_for` is the stage it goes on in; None once it came to its end or was left out."""

    stream: str
    begin: Callable[[], Iterator[Batch]]
    waits_for: Stage | None
    pull: Iterator[Batch] | None = None


Tolerates = Callable[[WorkbenchError], bool]
"""Whether an error of one stream leaves the others of the run alone."""


def only_skips(error: WorkbenchError) -> bool:
    """What a source says of one stream or community."""
    return isinstance(error, SkipStreamError)


class CommunityRun:
    """Begins with its first step and has one line of the history; used once."""

    def __init__(
        self,
        connector: Connector,
        mirror: MirrorStore,
        *,
        community_id: CommunityId,
        walks: list[Walk],
        removals: Removals,
    ) -> None:
        self._mirror = mirror
        self._edits = connector.abilities.edits
        self._walks = walks
        self._removals = removals
        self.community_id = community_id
        self.log: RunLog | None = None
        self.error: WorkbenchError | None = None
        self.streams_read = 0
        self.is_broken = False
        """Whether a mistake of ours ended it."""

    @property
    def totals(self) -> Applied:
        """What was kept so far."""
        return Applied() if self.log is None else self.log.totals

    @property
    def is_over(self) -> bool:
        """Whether every stream came to its end or was left out."""
        return all(walk.waits_for is None for walk in self._walks)

    @property
    def is_whole(self) -> bool:
        """Whether every stream was read to its end."""
        return self.is_over and self.streams_read == len(self._walks)

    def is_due(self, stage: Stage) -> bool:
        """Whether something is left to fetch in this stage."""
        return any(walk.waits_for is not None and walk.waits_for <= stage for walk in self._walks)

    def advance(
        self,
        stage: Stage,
        *,
        report: Report,
        cancel: CancelToken,
        tolerates: Tolerates = only_skips,
        in_turns: bool = False,
    ) -> None:
        """Goes on with every stream whose turn it is, until the next thing to fetch belongs to a later stage.

        With `in_turns`, a stream also waits where it lets others go on; then something may be left for this stage.

        An error that is not tolerated is kept as the reason of this run and raised on, and so is a stop.
        """
        for walk in self._walks:
            goes_on = True
            while goes_on and walk.waits_for is not None and walk.waits_for <= stage:
                try:
                    cancel.check()
                    goes_on = not (self._step(walk, stage, report=report, cancel=cancel) and in_turns)
                except WorkbenchError as caught:
                    # A stop breaks what is in flight; that is no fault of the line.
                    is_stop = cancel.is_cancelled and not isinstance(caught, CancelledError)
                    error = self.error = CancelledError() if is_stop else caught
                    if is_stop:
                        raise error from caught
                    if not tolerates(error):
                        raise
                    walk.waits_for = None
                    self.note(f"{walk.stream}: left out, {error.reason or error.code}")
                except BaseException:
                    self.is_broken = True
                    raise

    def _step(self, walk: Walk, stage: Stage, *, report: Report, cancel: CancelToken) -> bool:
        """Pulls until the walk has to wait or is over; whether it waits to let others go on."""
        self.start()
        if walk.pull is None:
            walk.pull = walk.begin()
        for batch in gathered(walk.pull, stage=stage, seconds=self._mirror.seconds, cancel=cancel):
            self._mirror.apply(
                self.community_id,
                walk.stream,
                batch,
                edits=self._edits,
                removals=self._removals,
                log=self.log,
            )
            report(batch.progress or Progress(done=self.totals.records, unit="items"))
            # After apply, never before: a stopped run goes on where it stopped.
            cancel.check()
            if batch.then > stage:
                walk.waits_for = batch.then
                return False
            if batch.lets_others:
                return True
        walk.waits_for = None
        self.streams_read += 1
        return False

    def start(self) -> None:
        """Opens the line of the history, once."""
        if self.log is None:
            self.log = RunLog(self._mirror.start_run(self.community_id))

    def finish(self, state: RunState | None = None) -> tuple[RunState, Changes]:
        """Closes what is under way and writes how it ended; `state` None: as it looks from here."""
        self.close()
        self._mirror.keep_held(self.community_id, self._removals)
        if self.error is None and self._removals.refused:
            self.error = self._many_gone()
        ended = state or self._state()
        if self.log is None:
            return ended, Changes.NOTHING
        if not self.is_over:
            self.note("ended before everything was read; the next run goes on from here")
        changes = self._mirror.end_run(
            self.log.id, ended, totals=self.log.totals, error=self.error, trace=self.log.trace.text
        )
        return ended, changes | Changes.COMMUNITIES

    def note(self, text: str) -> None:
        """One more line of the trace, stored with the next batch or at the end."""
        if self.log is not None:
            self.log.trace.add(self._mirror.now(), text)

    def close(self) -> None:
        """Lets go of every pull, so that it can let go of what it holds."""
        for walk in self._walks:
            close = getattr(walk.pull, "close", None)
            if close is not None:
                close()

    def _state(self) -> RunState:
        """How the run ended, when nobody stopped it: done only if nothing was left out or held back."""
        if self.is_broken:
            return RunState.FAILED
        if self.error is None:
            return RunState.PARTLY if self.totals.rejected or not self.is_over else RunState.DONE
        return RunState.PARTLY if self.totals.records or self.streams_read else RunState.FAILED

    def _many_gone(self) -> ManyGoneError:
        gone = sum(count for count, _ in self._removals.refused.values())
        whole = sum(held for _, held in self._removals.refused.values())
        message = "so much would be removed that somebody should look first"
        return ManyGoneError(message, gone=gone, held=whole)


def walks_of(connector: Connector, mirror: MirrorStore, *, community_id: CommunityId, remote_id: str) -> list[Walk]:
    """The streams of a connector, each from where it stands; nothing is opened yet."""

    def opener(name: str) -> Callable[[], Iterator[Batch]]:
        stream = next(one for one in connector.streams if one.name == name)
        return lambda: connector.pull(remote_id, stream, since=mirror.cursor(community_id, name))

    return [Walk(stream.name, opener(stream.name), stream.stage) for stream in connector.streams]
