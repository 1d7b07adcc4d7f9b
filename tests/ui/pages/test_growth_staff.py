"""The head count beside the adoption curve: what is said, what is refused, what is kept."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import NOW
from tests.ui.pages.growing import fill
from workbench.queries.frames_plans import HeadCount
from workbench.ui.pages.growth_data import read_growth
from workbench.ui.pages.growth_staff import GrowthStaff


@pytest.fixture
def shown(workspace, ground, theme):
    staff = GrowthStaff(theme, today=NOW.date)
    staff.setParent(ground)
    staff.resize(600, 120)
    data = read_growth(workspace.database, scope=(fill(workspace),), days=None, now=NOW)
    staff.show_data(data, is_writable=True)
    staff.show()
    return staff, data


def test_a_count_is_typed_in_with_its_day_and_source(shown):
    staff, _ = shown
    kept = []
    staff.kept.connect(lambda *said: kept.append(said))
    assert staff.opener.text() == "Type it in"
    staff.opener.click()
    for people, source, problem in (
        ("many", "List", "Type a whole number of people, at least one."),
        ("0", "List", "Type a whole number of people, at least one."),
        ("120", " ", "Say who counted, or which list it is from."),
    ):
        staff.people.setText(people)
        staff.source.setText(source)
        staff.saver.click()
        assert staff._problem.text == problem
    staff.source.setText("Staff list")
    staff.saver.click()
    assert kept == [(120, NOW.date(), "Staff list", False)]
    assert staff._fields.isHidden()


def test_what_is_known_is_said_and_several_communities_have_none(shown):
    staff, data = shown
    staff.show_data(replace(data, head_counts=(HeadCount(120, date(2024, 1, 1), "Staff list"),)), is_writable=True)
    assert staff._known.text.startswith("120 people could take part (Staff list, 1 Jan 2024")
    assert (staff.opener.text(), staff.people.text()) == ("Change", "120")
    later = HeadCount(120, date(2026, 1, 1), "Staff list")
    for counts, said in (
        ((later,), "after these months"),
        ((later._replace(holds_before=True),), "1 Jan 2026, and before"),
    ):
        staff.show_data(replace(data, head_counts=counts), is_writable=True)
        assert said in staff._known.text
        assert staff.opener.text() == "Change"
    staff.open_fields()
    staff.open_fields()
    assert staff._fields.isHidden()
    staff.show_data(replace(data, can_have_head_count=False), is_writable=True)
    assert not staff.opener.isVisible()
    assert "Choose one community" in staff._known.text


def test_going_back_puts_the_fields_away_once_and_keeps_nothing(shown):
    staff, _ = shown
    kept = []
    staff.kept.connect(lambda *said: kept.append(said))
    assert not staff.shut()
    staff.opener.click()
    staff.people.setText("120")
    assert staff.shut()
    assert staff._fields.isHidden()
    assert not staff.shut()
    assert kept == []
