"""A community in a row: shares, trends and how far it is known, in words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.builders import NOW
from workbench.ids import AccountId, CommunityId
from workbench.models.kinds import CommunityType
from workbench.models.moments import DayRange
from workbench.operations.community_health import Health
from workbench.operations.standing import Standing
from workbench.queries.communities import CommunityRow
from workbench.ui.qt_models.community_health import CommunityStandings
from workbench.ui.qt_models.community_table import (
    ACTIVE,
    HEALTH,
    KNOWN,
    LAST,
    MEMBERS,
    NAME,
    TREND,
    TYPE,
    CommunityTableModel,
    active_share,
    type_title,
)
from workbench.ui.qt_models.rows_model import MARK, SPARK


def a_row(**fields) -> CommunityRow:
    values = {
        "id": CommunityId(1), "name": "Water", "platform": "table", "account_id": AccountId(1), "account": "Tables",
        "type": CommunityType.PROJECT_TEAM, "members": 40, "threads": 3, "messages": 9, "first_at": None,
        "last_at": NOW - timedelta(hours=2), "active_90d": 10, "trend": (1, 2, 3), "known_until": NOW.date(),
        "description": "Pumps",
    }  # fmt: skip
    values |= fields
    if values["known_until"] is not None:
        values.setdefault("known", (DayRange(values["known_until"] - timedelta(days=400), values["known_until"]),))
    return CommunityRow(**values)


def cells(row: CommunityRow) -> list[str]:
    model = CommunityTableModel()
    model.set_now(NOW)
    model.set_rows([row])
    return [model.index(0, column).data() for column in range(model.columnCount())]


def test_row_in_words(qapp):
    said = cells(a_row())
    assert said[TYPE] == "Project team"
    assert said[MEMBERS] == "40 seen"
    assert cells(a_row(has_list=True))[MEMBERS] == "40"
    cut = a_row(has_list=True, platform_members=300, known=(DayRange(NOW.date() - timedelta(days=100), NOW.date()),))
    assert (cells(cut)[MEMBERS], cells(cut)[ACTIVE]) == ("40 of 300", "–")
    assert cells(replace(cut, platform_members=44))[ACTIVE].startswith("25")
    assert said[ACTIVE].startswith("25")
    assert said[TREND] == "2"
    assert said[LAST].endswith("h ago")
    assert said[KNOWN] == "today"


def test_community_without_people_type_or_messages(qapp):
    row = a_row(members=0, active_90d=0, type=None, last_at=None, known_until=None, trend=())
    assert active_share(row) is None
    assert type_title(row) == "Not set"
    assert cells(row)[KNOWN] == "not covered"
    assert cells(row)[MEMBERS] == "not known yet"
    assert cells(a_row(platform="hyperkitty", known_until=None))[KNOWN] == "never synced"


@pytest.mark.parametrize("platform", ["google-analytics", "analytics-file"])
def test_a_web_site_has_nobody_to_count(qapp, platform):
    row = a_row(members=0, active_90d=0, last_at=None, trend=(0, 0, 0), platform=platform)
    said = cells(row)
    assert [said[column] for column in (MEMBERS, ACTIVE, TREND, LAST)] == ["–"] * 4
    assert said[TYPE] == "Web site"
    assert said[KNOWN] == "today"
    model = CommunityTableModel()
    model.set_now(NOW)
    model.set_rows([row])
    tips = [model.index(0, column).data(Qt.ItemDataRole.ToolTipRole) for column in (ACTIVE, TREND)]
    assert tips == ["A web site: it has page views, and neither members nor messages."] * 2
    assert not model.index(0, TREND).data(SPARK)
    model.set_rows([replace(row, known_until=NOW.date() - timedelta(days=days)) for days in (3, 5)])
    assert [model.index(place, KNOWN).data(MARK)[0] for place in range(2)] == ["check-circle", "clock"]
    model.set_rows([replace(row, known_until=None)])
    assert "dashboard" in model.index(0, KNOWN).data(Qt.ItemDataRole.ToolTipRole)


def test_a_list_of_people_is_not_judged_by_its_silence(qapp):
    row = a_row(members=40, active_90d=0, last_at=None, trend=(0, 0, 0), has_list=True, is_people_only=True)
    said = cells(row)
    assert [said[column] for column in (MEMBERS, ACTIVE, TREND, LAST)] == ["40", "–", "–", "–"]
    model = CommunityTableModel()
    model.set_now(NOW)
    model.set_rows([row])
    tips = [model.index(0, column).data(Qt.ItemDataRole.ToolTipRole) for column in (ACTIVE, TREND)]
    assert tips == ["A list of people: nobody can write here, so there is no activity to count."] * 2


def test_how_far_it_is_known_has_its_shape(qapp):
    model = CommunityTableModel()
    model.set_now(NOW)
    today = NOW.date()
    model.set_rows([a_row(known_until=day) for day in (today, today - timedelta(days=30), None)])
    marks = [model.index(row, KNOWN).data(MARK)[0] for row in range(3)]
    assert marks == ["check-circle", "clock", "circle-dashed"]
    assert model.index(0, TREND).data(SPARK) == (1, 2)  # the week that runs would look like a fall


def test_days_that_are_not_known_are_no_silence(qapp):
    model = CommunityTableModel()
    model.set_now(NOW)  # a Saturday
    ended = NOW.date() - timedelta(days=20)
    model.set_rows([a_row(known_until=ended, trend=(4, 5, 6, 0, 0, 0), active_90d=0)])
    assert [model.index(0, column).data() for column in (ACTIVE, TREND)] == ["–", "–"]
    tips = {model.index(0, column).data(Qt.ItemDataRole.ToolTipRole) for column in (ACTIVE, TREND)}
    assert tips == {"Not known since 26 May 2024"}
    assert model.index(0, TREND).data(SPARK) == (4, 5, 6, None, None)


def test_community_known_to_its_last_days_keeps_its_numbers(qapp):
    model = CommunityTableModel()
    model.set_now(NOW)
    model.set_rows(
        [a_row(known_until=NOW.date() - timedelta(days=2)), a_row(known_until=NOW.date() - timedelta(days=9))]
    )
    assert [model.index(row, TREND).data(SPARK) for row in range(2)] == [(1, 2), (1, None)]
    assert [model.index(row, ACTIVE).data()[:2] for row in range(2)] == ["25", "25"]


def said_of(row: CommunityRow) -> list[tuple[str, str]]:
    """What stands in the cells that depend on what is known, with their tips."""
    model = CommunityTableModel()
    model.set_now(NOW)
    model.set_rows([row])
    cells = [model.index(0, column) for column in (ACTIVE, TREND, KNOWN)]
    return [(cell.data(), cell.data(Qt.ItemDataRole.ToolTipRole)) for cell in cells]


def test_community_known_for_its_last_days_only_claims_neither_share_nor_silence(qapp):
    today = NOW.date()
    row = a_row(members=3, active_90d=3, known=(DayRange(today - timedelta(days=12), today),), has_list=True)
    (share, why), (messages, which), (until, since) = said_of(row)
    assert (share, why) == ("–", "Not known yet: 13 of the last 90 days are known here")
    assert (messages, which) == ("2", "2 messages in the 1 week that are known; 1 before are not known yet")
    assert (until, since) == (
        "today",
        "Everything from 3 Jun 2024 up to 15 Jun 2024 is here. Of the last 90 days 13 are known.",
    )
    model = CommunityTableModel()
    model.set_now(NOW)
    model.set_rows([row])
    assert model.index(0, TREND).data(SPARK) == (None, 2)
    assert model.index(0, KNOWN).data(MARK) == ("circle-half", "unknown")


def test_share_of_those_who_wrote_lately_is_none_where_only_they_are_known(qapp):
    today = NOW.date()
    lately, long = (DayRange(today - timedelta(days=days), today) for days in (95, 181))
    only_writers = a_row(members=3, active_90d=3, known=(lately,), has_list=False)
    assert said_of(only_writers)[0] == (
        "–", "Not known yet: nobody lists the members here, and only who wrote lately is known",
    )  # fmt: skip
    assert said_of(replace(only_writers, has_list=True))[0][0].startswith("100")
    assert said_of(replace(only_writers, known=(long,)))[0][0].startswith("100")


def test_health_stands_in_a_word_and_nobody_to_see_to_it_is_red(qapp):
    rows = [a_row(), a_row(id=2, name="Cold"), a_row(id=3, name="Site", platform="analytics-file")]
    model = CommunityTableModel()
    model.set_now(NOW)
    model.set_rows(rows)
    assert {model.index(place, HEALTH).data() for place in range(3)} == {"–"}
    health = Health(CommunityType.INFORMATION_FORUM, Standing.GOOD, ())
    model.set_standings(CommunityStandings({rows[0].id: health}, frozenset({rows[0].id})))
    told = {model.row_at(place).id: model.index(place, NAME).data(MARK) for place in range(3)}
    assert told == {rows[0].id: None, 2: ("user-minus", "bad"), 3: None}
    place = model.place_of(lambda row: row.id == 2)
    assert model.index(place, NAME).data(Qt.ItemDataRole.ToolTipRole).startswith("No coordinator")
    assert model.index(place, NAME).data(Qt.ItemDataRole.AccessibleTextRole) == "Cold, no coordinator"
    model.sort(HEALTH)
    model.set_standings(CommunityStandings({2: health}, frozenset()))
    assert model.row_at(0).id == 2
