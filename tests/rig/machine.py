"""RigMachine: the same steps as a Hypothesis state machine, which looks for the shortest life that breaks an invariant."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.rig.places import PLACES
from tests.rig.rig import Rig
from tests.rig.steps import STEPS, come_to_rest, take

NUMBERS = st.integers(0, 2**16)


class RigMachine(RuleBasedStateMachine):
    """One life: a place and a seed are drawn, then steps; the end is always that all faults are over."""

    def __init__(self) -> None:
        super().__init__()
        self.rig: Rig | None = None

    @initialize(key=st.sampled_from(sorted(PLACES)), seed=st.integers(0, 4))
    def begin(self, key: str, seed: int) -> None:
        """A profile that has never been synced."""
        self.rig = Rig(PLACES[key], seed)
        self.rig.__enter__()

    def teardown(self) -> None:
        """Everything comes right, or what is broken is told."""
        rig, self.rig = self.rig, None
        if rig is not None:
            try:
                come_to_rest(rig)
            finally:
                rig.__exit__(None, None, None)


def _rule(name: str) -> Callable[[Any, int], None]:
    def step(self: RigMachine, number: int) -> None:
        assert self.rig is not None
        take(self.rig, name, number)

    step.__name__ = name
    return rule(number=NUMBERS)(step)


for _name in STEPS:
    setattr(RigMachine, _name, _rule(_name))
