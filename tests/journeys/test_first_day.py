"""The first day in a country office: three communities, a line that goes away at 40 %, and the rest the next day."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.builders import a_workspace
from tests.journeys.coordinator import CONTROL, Coordinator
from tests.journeys.forum import Forum, first_sync
from tests.platforms.world import World, a_world
from workbench.clock import SystemClock
from workbench.ui.pages.dashboard import DashboardPage

CHOSEN = ("Data and maps", "School meals", "Water points")
TICKS = ("Space", "Down", "Down", "Down", "Space", "Down", "Space")
"""Field offices and safe spaces, which stand between them, are left out."""
DAYS = 90
BROKE = "The connection broke, or the answer did not arrive whole. What was fetched before is still there"


def a_network() -> World:
    return a_world(people=20, groups=5, messages=1600, days=120, end=SystemClock().now())


@pytest.fixture
def uncut(tmp_path_factory: pytest.TempPathFactory) -> Forum:
    """A forum over a good line after one first sync: what that costs."""
    forum, profile = Forum(a_network()), a_workspace(tmp_path_factory.mktemp("good-line"), clock=SystemClock())
    with forum:
        first_sync(profile, forum, *CHOSEN, since=(SystemClock().now() - timedelta(days=DAYS)).date())
    profile.close()
    return forum


def add_the_forum(coordinator: Coordinator, forum: Forum) -> None:
    """From the palette to the list of communities, without a sign-in."""
    coordinator.command("add an account")
    coordinator.click("Choose Discourse")
    coordinator.write(forum.address)
    coordinator.click("No sign-in")
    coordinator.click("More settings")
    coordinator.tab_to("Groups and the directory")
    coordinator.press(Qt.Key.Key_Space)
    coordinator.tab_to("Requests a minute (can stay empty)")
    coordinator.press(Qt.Key.Key_A, CONTROL)
    coordinator.write("6000")
    coordinator.click("Continue")


def start_the_first_sync(coordinator: Coordinator) -> None:
    """Three of the five, 90 days of text, as it is offered."""
    assert "Step 4 of 5: Communities" in coordinator.words()
    for name in TICKS:
        coordinator.press(getattr(Qt.Key, f"Key_{name}"))
    coordinator.click("Continue")
    assert "Step 5 of 5: First sync" in coordinator.words()
    assert coordinator.button("Last 90 days, text only").isChecked()
    with coordinator.a_sync():
        coordinator.click("Start the first sync")


def hatched(coordinator: Coordinator) -> dict[str, int]:
    """How many days each chart of a community hatches, opened from the list of communities by keys."""
    coordinator.go_to("communities")
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Return):
        coordinator.press(key)
    page = coordinator.page
    assert isinstance(page, DashboardPage)
    coordinator.settle()
    told = {key: chart.accessibleDescription().partition("Not known yet: ")[2] for key, chart in page._charts.items()}
    return {key: int(said.split()[0]) if said else 0 for key, said in told.items()}


def test_a_first_sync_that_is_cut_goes_on_the_next_day(coordinator: Coordinator, uncut: Forum):
    forum = Forum(a_network())
    with forum:
        add_the_forum(coordinator, forum)
        assert forum.answered == 1, "looking at what there is fetches nothing else"
        forum.cut_after(uncut.answered * 2 // 5)
        start_the_first_sync(coordinator)
        # Said calmly, and what came before the cut can be read without a line.
        assert BROKE in coordinator.words()
        assert "never read to the end" in coordinator.words()
        before = set(coordinator.texts())
        of_all = wanted(forum.world)
        assert 0.1 < len(before & of_all) / len(of_all) < 0.6
        assert all(days > DAYS / 3 for days in hatched(coordinator).values())
        assert "of 90 days not known yet" in coordinator.words()
        # The next day.
        forum.come_back()
        with coordinator.a_sync() as ended:
            coordinator.press(Qt.Key.Key_F5)
        assert [result.error for result in ended[0].results] == [None] * 3
    # Today is in no number yet; a test that began before midnight finds a day that was not over then.
    assert all(days <= 1 for days in hatched(coordinator).values())
    texts = coordinator.texts()
    assert len(texts) == len(set(texts)), "each message is here once"
    assert wanted(forum.world) <= set(texts) <= {said.text for said in forum.world.shown()}
    assert not any("action" in one.path for one in forum.heard), "text only asks for no likes"
    assert forum.answered <= 1.3 * uncut.answered
    assert forum.bytes <= 1.3 * uncut.bytes
    assert coordinator.strays.seen == []


def wanted(world: World) -> set[str]:
    """The texts that a whole sync of the chosen communities brings."""
    groups = {group.id for group in world.groups.values() if group.name in CHOSEN}
    since = (world.now - timedelta(days=DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    return {said.text for said in world.shown() if said.group in groups and said.at >= since}
