"""A fixed budget of lives that Hypothesis makes up; a failure is shrunk to the fewest steps that show it."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.rig.machine import RigMachine

BUDGET = settings(
    max_examples=12,
    stateful_step_count=10,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)


def test_no_life_that_hypothesis_makes_up_breaks_an_invariant():
    run_state_machine_as_test(RigMachine, settings=BUDGET)
