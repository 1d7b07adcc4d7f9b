"""Parts: several pieces of work look like one."""

from workbench.operations.parts import Parts
from workbench.progress import Progress


def test_what_is_done_adds_up_and_fractions_are_of_the_whole():
    told: list[Progress] = []
    parts = Parts(told.append, 2)
    first = parts.next()
    first(Progress(3, "messages", fraction=0.5, note="a"))
    first(Progress(6, "messages", fraction=1.0))
    second = parts.next()
    second(Progress(1, "messages"))
    second(Progress(2, "messages", fraction=0.5))
    assert [(one.done, one.fraction) for one in told] == [(3, 0.25), (6, 0.5), (7, None), (8, 0.75)]
    assert told[0].note == "a"
