"""SignInWork: one sign-in as a job of the window: what the person is asked to do, how long they have, how it ended."""

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from workbench.cancel import CancelToken
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.ui.jobs import Job

if TYPE_CHECKING:
    # Signing in loads its libraries in the job.
    from workbench.operations.signin import SignedIn
    from workbench.sync.platforms import SignInWay
    from workbench.sync.signin.prompt import Prompt
    from workbench.ui.context import Context


class SignInState(StrEnum):
    """Where a sign-in is."""

    IDLE = "idle"
    STARTING = "starting"
    ASKING = "asking"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class SignInWork(QObject):
    """`changed` whenever the state or the prompt is another; nothing is opened by itself.

    While `state` is ASKING there is a `prompt`; after FAILED an `error`. `refused` names the parts of the platform that
    stay closed after a sign-in that worked otherwise.
    """

    changed = Signal()
    _prompted = Signal(int, object)

    def __init__(self, context: "Context", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._number = 0
        self._job: Job | None = None
        self.state = SignInState.IDLE
        self.prompt: Prompt | None = None
        self.error: Exception | None = None
        self.refused: tuple[str, ...] = ()
        self._prompted.connect(self._on_prompt)

    @property
    def is_running(self) -> bool:
        """Whether a sign-in is under way."""
        return self.state in {SignInState.STARTING, SignInState.ASKING}

    def start(self, account_id: AccountId, way: "SignInWay") -> None:
        """Begins to sign in; one that is under way ends."""
        workspace, number = self._context.workspace, self._number + 1
        self._number = number

        def deed(cancel: CancelToken) -> "SignedIn":
            from workbench.operations.signin import sign_in  # noqa: PLC0415 - loads the wire
            from workbench.sync.account_meter import AccountMeter  # noqa: PLC0415 - as above
            from workbench.sync.signin.loopback import OPEN_SECONDS  # noqa: PLC0415 - as above

            meter = AccountMeter(workspace.database, workspace.clock, account_id=account_id)

            def show(prompt: "Prompt") -> None:
                until = prompt.until or workspace.clock.now() + timedelta(seconds=OPEN_SECONDS)
                if isValid(self):
                    self._prompted.emit(number, replace(prompt, until=until))

            try:
                return sign_in(workspace, account_id, way=way, show=show, cancel=cancel, meter=meter)
            finally:
                meter.keep()

        self.prompt, self.error, self.refused = None, None, ()
        self._job = self._context.jobs.run(
            self, "sign-in", deed, self._on_done, self._on_failed, stopped=self._on_stopped, lane="online"
        )
        self._turn(SignInState.STARTING)

    def stop(self) -> None:
        """Gives up; what was stored before stays."""
        if self._job is not None and self.is_running:
            self._job.cancel.cancel()
            self._number += 1
            self._on_stopped()

    def give(self, text: str) -> None:
        """Hands over what the platform showed for copying."""
        if self.prompt is not None and self.prompt.give is not None:
            self.prompt.give(text)
            self.prompt = None
            self._turn(SignInState.STARTING)

    def seconds_left(self) -> float | None:
        """How long the person has; None where it is not known."""
        if self.prompt is None or self.prompt.until is None:
            return None
        return max(0.0, (self.prompt.until - self._context.workspace.clock.now()).total_seconds())

    @Slot(int, object)
    def _on_prompt(self, number: int, prompt: "Prompt") -> None:
        if number == self._number and self.is_running:
            self.prompt = prompt
            self._turn(SignInState.ASKING)

    def _on_done(self, signed_in: "SignedIn") -> None:
        self._context.bus.publish(signed_in.changes | Changes.ACCOUNTS)
        if self.is_running:
            self.prompt, self.refused = None, tuple(signed_in.refused)
            self._turn(SignInState.DONE)

    def _on_failed(self, error: Exception) -> None:
        if self.is_running:
            self.prompt, self.error = None, error
            self._turn(SignInState.FAILED)

    def _on_stopped(self) -> None:
        if self.is_running:
            self.prompt = None
            self._turn(SignInState.STOPPED)

    def _turn(self, state: SignInState) -> None:
        self.state = state
        self.changed.emit()
