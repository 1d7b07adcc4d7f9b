"""SyncTurns: what waits for its turn on the line; one sync or check at a time, what a person asked for first."""

from dataclasses import dataclass, field

from workbench.operations.sync import SyncOrder


@dataclass(frozen=True, slots=True)
class Turn:
    """A sync of an account ("" for all of them), or a check; `is_by_itself` where nobody asked for it."""

    account: str
    order: SyncOrder = field(default_factory=SyncOrder)
    is_check: bool = False
    is_by_itself: bool = False

    def does_as(self, other: "Turn") -> bool:
        """Whether both do the same, whoever asked for it."""
        return (self.account, self.order, self.is_check) == (other.account, other.order, other.is_check)


class SyncTurns:
    """Turns in the order they come."""

    def __init__(self) -> None:
        self._turns: list[Turn] = []

    def __len__(self) -> int:
        return len(self._turns)

    def put(self, turn: Turn) -> bool:
        """Lines it up behind what was asked for before it; False where the same waits already."""
        for place, other in enumerate(self._turns):
            if other.does_as(turn):
                if other.is_by_itself and not turn.is_by_itself:
                    del self._turns[place]
                    break
                return False
        place = len(self._turns) if turn.is_by_itself else sum(not other.is_by_itself for other in self._turns)
        self._turns.insert(place, turn)
        return True

    def take(self) -> Turn | None:
        """The next one, which waits no longer."""
        return self._turns.pop(0) if self._turns else None

    def waits(self, account: str, *, is_paused: bool = False) -> bool:
        """Whether this account has yet to have its turn; one that is paused has none among all."""
        mine = {account} if is_paused else {account, ""}
        return any(turn.account in mine for turn in self._turns)

    def drop(self, account: str) -> None:
        """Forgets the turns of an account."""
        self._turns = [turn for turn in self._turns if turn.account != account]

    def clear(self) -> None:
        """Forgets all of them."""
        self._turns.clear()
