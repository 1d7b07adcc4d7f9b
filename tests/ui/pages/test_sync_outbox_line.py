"""One item of the outbox: its words, its buttons with names, and what is told anew without being made anew."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from tests.builders import NOW
from tests.sync.outbox_desk import a_desk
from workbench.models.kinds import OutboxState
from workbench.queries.outbox import OutboxRow
from workbench.ui.pages.conversation_reply import STATES, Deed
from workbench.ui.pages.sync_outbox_line import OutboxItem
from workbench.ui.theme import Theme


@pytest.fixture
def row(tmp_path: Path) -> OutboxRow:
    desk = a_desk(tmp_path)
    found = desk.item(desk.reply("We use a rope pump."))
    desk.database.close()
    return found


@pytest.mark.parametrize("state", list(OutboxState))
def test_every_state_is_shown_as_everywhere(qtbot, theme: Theme, row: OutboxRow, state: OutboxState):
    acted = []
    shown = replace(row, state=state, looks=2)
    item = OutboxItem(theme, shown, act=lambda deed, one: acted.append((deed, one)), more=acted.append)
    qtbot.addWidget(item)
    item.tell(order="1 of 2 to go", now=NOW + timedelta(hours=2))
    item.show()
    texts = [label.text() for label in item.findChildren(QLabel)]
    assert STATES[state][0] in texts
    if item.main is not None:
        item.main.click()
        assert isinstance(acted[-1][0], Deed)
        assert acted[-1][1] == shown
        assert STATES[state][0] in item.main.accessibleName()
        item.take_focus()
    assert item.menu.isVisible() is bool(item.others)


def test_age_place_and_turn_are_told_anew(qtbot, theme: Theme, row: OutboxRow):
    waits = replace(row, not_before=NOW + timedelta(hours=3), written_at=NOW)
    item = OutboxItem(theme, waits, act=lambda *_: None, more=lambda _item: None)
    qtbot.addWidget(item)
    item.tell(order="1 of 2 to go", now=NOW + timedelta(hours=2))
    said = item._where.text().replace("\N{NO-BREAK SPACE}", " ")
    assert "written 2 h ago · 1 of 2 to go · not before" in said
    item.set_first(is_first=True)
    assert item._rule.isHidden()
