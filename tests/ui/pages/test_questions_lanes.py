"""Lanes: what they say when one of them is empty."""

from tests.builders import NOW
from tests.ui.pages.asked import fill
from workbench.queries.lanes import Lane
from workbench.ui.pages.questions_data import Asked, read_lanes
from workbench.ui.pages.questions_lanes import LanesPanel


def test_a_lane_tells_what_it_is_and_how_much_runs_in_it(qtbot, ground, theme, workspace):
    panel = LanesPanel(theme)
    panel.setParent(ground)
    panel.show()
    asked = Asked((), None, NOW)
    panel.show_lanes(read_lanes(workspace.database, asked), asked)
    assert [stack.currentIndex() for stack in panel._stacks.values()] == [1, 1]
    ids = fill(workspace)
    panel.show_lanes(read_lanes(workspace.database, asked), asked)
    subtitle = panel._cards[Lane.DIALOGUE]._subtitle.text()
    assert subtitle == "two or more have written · 1 thread with 2 messages in all"
    chosen = []
    panel.chosen.connect(chosen.append)
    panel.lists[Lane.DIALOGUE].choose(0)
    assert chosen == [ids["answered"]]
    panel.take_focus()
