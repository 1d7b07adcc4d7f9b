"""A measure at the side of the comparison, and a benchmark typed in."""

from datetime import date, timedelta

import pytest

from tests.builders import NOW
from workbench.cancel import CancelToken
from workbench.queries.benchmarks import BenchmarkRow
from workbench.ui.pages.comparison_data import read_comparison
from workbench.ui.pages.comparison_side import ComparisonSide, TypedBenchmark


@pytest.fixture
def side(ground, theme):
    made = ComparisonSide(theme, today=NOW.date)
    made.setParent(ground)
    made.resize(336, 700)
    made.show()
    return made


@pytest.fixture
def found(filled, water_id):
    days = (NOW.date() - timedelta(days=29), NOW.date())
    return read_comparison(
        filled.database, scope=(water_id,), kind="", days=days, now=NOW, cancel=CancelToken()
    ).comparison


def test_a_share_is_typed_in_percent_and_needs_source_and_date(side, found):
    heard: list[tuple[str, object]] = []
    side.benchmark_wanted.connect(lambda key, typed: heard.append((key, typed)))
    side.show_measure("curiosity", found.communities, None, is_writable=True)
    side.keeper.click()
    assert [field.problem for field in (side._number, side._source, side._day)] == [
        "Type a number.", "Say who published it.", "Give its date.",
    ]  # fmt: skip
    side.number.setText("11 %")
    side.source.setText("A study")
    side.day.set_day(date(2024, 1, 1))
    assert [field.problem for field in (side._number, side._source, side._day)] == ["", "", ""]
    assert side._day.hint.text().startswith("Needed")
    side.keeper.click()
    assert heard == [("curiosity", TypedBenchmark(0.11, "A study", date(2024, 1, 1)))]


def test_a_kept_one_is_shown_and_can_be_removed(side, found):
    heard: list[object] = []
    side.benchmark_wanted.connect(lambda _key, typed: heard.append(typed))
    kept = BenchmarkRow("first_reply_hours", 30.0, "A study", date(2024, 1, 1))
    side.show_measure("first_reply_hours", found.communities, kept, is_writable=True)
    assert (side.number.text(), side.source.text(), side.day.day()) == ("30", "A study", date(2024, 1, 1))
    side.remover.click()
    assert heard == [None]
    side.show_measure("curiosity", found.communities, None, is_writable=False)
    assert (side.number.text(), side.keeper.isVisible(), side.remover.isVisible()) == ("", False, False)
