"""Each part of the status bar is a button that opens its reason and the next step, and fits at any width."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.builders import NOW
from workbench.models.kinds import OutboxState
from workbench.sync.schedule import Standing
from workbench.ui.link import Link
from workbench.ui.status_row import LineAccount, StatusRow
from workbench.ui.status_words import Step, parts
from workbench.ui.theme import Theme
from workbench.ui.widgets.popover import Popover
from workbench.ui.widgets.status_bar import StatusBar

LINE = LineAccount(1, "Forum", Standing(every_minutes=60), followed=3)
STATUS = StatusRow(
    1, 3, 12, NOW - timedelta(hours=2), 1_240_000, waiting=3, lines=(LINE,), posts={OutboxState.QUEUED: 2}
)


@pytest.fixture
def bar(qtbot, theme: Theme) -> StatusBar:
    made = StatusBar(theme)
    qtbot.addWidget(made)
    theme.dress(made)
    made.resize(1366, 32)
    made.show()
    return made


def test_nothing_is_said_before_anything_is_known(bar: StatusBar):
    assert not any(button.isVisible() for button in bar.findChildren(QPushButton))


def test_status_in_words(bar: StatusBar):
    bar.show_parts(parts(STATUS, Link.OFFLINE, running=None, now=NOW))
    assert bar.link.text() == "Offline"
    assert bar.link.property("strong")
    assert bar.success.text().replace("\N{NO-BREAK SPACE}", " ") == "Synced 2 h ago, 3 communities waiting"
    assert (bar.posts.text(), bar.held_back.text(), bar.pause.text()) == ("2 pending", "12 held back", "Pause all")
    assert bar.data.text() == "1.2 MB used today"
    bar.show_parts(parts(StatusRow(0, 0, 0, None, 0), Link.ONLINE, running=None, now=NOW))
    assert bar.success.text() == "Nothing synced yet"
    assert not any(button.isVisible() for button in (bar.posts, bar.held_back, bar.pause))
    assert not bar.link.property("strong")


def test_a_part_opens_its_reason_and_the_next_step_by_keyboard(qtbot, bar: StatusBar):
    taken = []
    bar.stepped.connect(taken.append)
    bar.show_parts(parts(STATUS, Link.PORTAL, running=None, now=NOW))
    qtbot.keyClick(bar.link, Qt.Key.Key_Space)
    popover = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Popover) and one.isVisible())
    assert any("sign in first" in label.text() for label in popover.findChildren(QLabel))
    buttons = popover.findChildren(QPushButton)
    assert [one.text() for one in buttons] == ["Open sign-in page", "Sync now"]
    qtbot.keyClick(buttons[0], Qt.Key.Key_Space)
    assert taken == [Step.OPEN_SIGN_IN_PAGE]


@pytest.mark.parametrize(("width", "scale"), [(1366, 1.0), (968, 1.0), (968, 1.5), (600, 1.0)])
def test_words_are_shorter_where_there_is_little_room_and_their_names_stay_whole(
    bar: StatusBar, theme: Theme, width: int, scale: float
):
    theme.set_text_scale(scale)
    bar.show_parts(parts(STATUS, Link.METERED, running=None, now=NOW))
    bar.setFixedWidth(width)
    shown = [button for button in bar.findChildren(QPushButton) if button.isVisible()]
    assert all(button.geometry().right() <= width for button in shown)
    assert sum(button.sizeHint().width() for button in shown) <= width
    assert bar.data.accessibleName() == "1.2 MB used today"
    assert bar.data.text() == ("1.2 MB" if width < 900 or scale > 1 else "1.2 MB used today")


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_what_is_free_lies_between_what_is_said(qtbot, bar: StatusBar, direction: Qt.LayoutDirection):
    bar.setLayoutDirection(direction)
    with qtbot.waitSignal(bar.arranged):
        bar.show_parts(parts(STATUS, Link.OFFLINE, running=None, now=NOW))
    bar.layout().activate()
    first, last = bar.free()
    said = [one for one in (bar.link, bar.success, bar.posts, bar.held_back, bar.data, bar.pause) if one.isVisible()]
    assert len(said) == 6
    assert not any(one.geometry().right() >= first and one.geometry().left() < last for one in said)
    assert last - first > 100
