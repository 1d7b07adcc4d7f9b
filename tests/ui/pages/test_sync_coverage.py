"""One community: its numbers beside the platform's, its calendar, and the question about what is no longer shown."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from tests.builders import NOW
from tests.ui.pages.sync_line import add_lists, community_of, tell_state
from workbench.ui.context import Context
from workbench.ui.pages.sync_coverage import CommunityLine, NameButton
from workbench.ui.pages.sync_data import Cover, read_sync
from workbench.workspace import Workspace


@pytest.fixture
def cover(workspace: Workspace) -> Cover:
    add_lists(workspace, "Water")
    tell_state(workspace, community_of(workspace, "Water"), held={"members": (340, 400)})
    return read_sync(workspace.database, now=NOW).accounts[0].covers[0]


@pytest.fixture
def line(qtbot, context: Context, cover: Cover) -> CommunityLine:
    made = CommunityLine(context)
    qtbot.addWidget(made)
    made.resize(900, 120)
    made.show_cover(cover, now=NOW)
    made.show()
    return made


def words(line: CommunityLine) -> str:
    shown = (label.text() for label in line.findChildren(QLabel) if label.isVisible())
    return " ".join(shown).replace("\N{NO-BREAK SPACE}", " ")


def test_our_numbers_stand_beside_the_platforms(line: CommunityLine, cover: Cover):
    assert "synced 2 h ago" in words(line)
    assert "1 message here, 2 there" in words(line)
    assert "counted 15 Jun 2024" in words(line)
    line.show_cover(replace(cover, is_site=True), now=NOW)
    assert "message" not in words(line), "a web site has none to count"
    line.show_cover(cover, now=NOW)
    assert line.calendar.accessibleName() == (
        "Water, last 52 weeks: Known until yesterday, no day missing since it began on 12 Jun 2024"
    )


def test_what_is_no_longer_shown_is_asked_about_calmly(qtbot, line: CommunityLine, cover: Cover):
    assert "The platform no longer shows 340 of 400 members." in words(line)
    with qtbot.waitSignal(line.kept) as kept:
        line.question().keep.click()
    assert kept.args == [cover]
    with qtbot.waitSignal(line.gone) as gone:
        line.question().let_go.click()
    assert gone.args == [cover]
    line.show_cover(replace(cover, held={}), now=NOW)
    assert line.question() is None
    assert "no longer" not in words(line)


def test_the_name_opens_the_dashboard(qtbot, context: Context, line: CommunityLine, cover: Cover):
    with qtbot.waitSignal(context.page_wanted) as asked:
        line._name.click()
    assert asked.args == ["dashboard", cover.community_id]


def test_a_name_without_room_ends_in_dots_and_is_told_whole(qtbot, theme):
    button = NameButton(theme)
    qtbot.addWidget(button)
    theme.dress(button)
    button.show_name("Cash & vouchers of the north")
    button.setFixedWidth(90)
    button.show()
    assert button.text().endswith("…")
    assert button.toolTip() == "Cash & vouchers of the north"
    button.setFixedWidth(400)
    qtbot.waitUntil(lambda: button.text() == "Cash && vouchers of the north")
    assert button.toolTip() == ""
