"""Where reading a list stands: the cursor keeps it, and another version's cursor is none."""

from datetime import date

import pytest

from workbench.errors import LineError
from workbench.sync.backlog import Backlog
from workbench.sync.connector import Cursor
from workbench.sync.hyperkitty.position import Look, Position, Summary, summary_of

HASH = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def test_a_position_comes_back_from_its_cursor():
    backlog = Backlog.beginning(count=900, newest=date(2026, 3, 1), oldest=date(2020, 1, 1))
    position = Position(backlog, 900, (HASH,), reread=date(2026, 3, 2), read=40, tally=38)
    assert Position.of(position.cursor()) == position
    assert Position.of(Position(Backlog()).cursor()) == Position(Backlog())
    assert Position.of(Cursor('{"version": 0}')) is None


def test_an_entry_has_a_name_and_a_day_in_utc():
    entry = {"message_id_hash": HASH, "date": "2026-03-02T01:00:00+03:00"}
    assert summary_of(entry) == Summary(HASH, date(2026, 3, 1))
    for wrong in ({"date": "2026-03-02T01:00:00"}, {"date": "soon"}, {"message_id_hash": "../x"}):
        with pytest.raises(LineError):
            summary_of(entry | wrong)


def test_a_look_is_told_as_of_an_earlier_one_without_what_arrived_since():
    day = date(2026, 3, 1)
    names = [Summary(letter * 32, day) for letter in "CBA"]
    later = Look(tuple(names), 30, pages=True, next=None, today=day)
    earlier = Look((names[1],), 29, pages=True, next=None, today=day)
    assert later.as_of(earlier) == Look(tuple(names[1:]), 29, pages=True, next=None, today=day)
    gone = Look((Summary("D" * 32, day),), 29, pages=True, next=None, today=day)
    assert later.as_of(gone) is None
