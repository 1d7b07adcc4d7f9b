"""The path of a measure over a plan: where it is aimed, what is said aloud, what the keys point at, both directions."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from workbench.ui.theme import Theme
from workbench.ui.widgets.path_chart import PathChart, PathData, PathPoint

START = date(2024, 5, 6)
WEEK = timedelta(days=7)


def a_path(**fields: object) -> PathData:
    values: dict[str, object] = {
        "title": "Reply rate",
        "starts_on": START,
        "today": START + 2 * WEEK,
        "due": START + timedelta(days=90),
        "baseline": 50.0,
        "target": 80.0,
        "points": (
            PathPoint(START, 50.0),
            PathPoint(START + WEEK, None, is_known=False),
            PathPoint(START + 2 * WEEK, 56.0),
        ),
        "frozen": ((30, 58.0),),
        "text": lambda value: "–" if value is None else f"{value:g} %",
    }
    return PathData(**(values | fields))  # type: ignore[arg-type]  # a test names what it changes


@pytest.fixture
def chart(qtbot, ground, theme: Theme) -> PathChart:
    made = PathChart(theme)
    made.setParent(ground)
    made.resize(640, 148)
    made.show()
    made.show_path(a_path())
    return made


def test_the_way_goes_straight_from_baseline_to_target_and_stays_there():
    path = a_path()
    assert path.aimed(START) == 50
    assert path.aimed(START + timedelta(days=45)) == 65
    assert path.aimed(START + timedelta(days=120)) == 80
    assert a_path(baseline=None).aimed(START) == 80
    assert a_path(target=None).aimed(START) is None


def test_screen_reader_hears_baseline_target_newest_value_and_what_is_not_known(chart: PathChart):
    assert chart.accessibleName() == "Reply rate: path to the target"
    said = chart.accessibleDescription()
    for words in (
        "Baseline 50 %",
        "target 80 % by",
        "56 % on 20 May 2024",
        "1 week not known",
        "locked on day 30: 58 %",
    ):
        assert words in said


def test_what_is_not_known_says_what_a_point_needs(ground, chart: PathChart):
    path = a_path(needs="the 90 days before it")
    assert "1 week not known: a point needs the 90 days before it" in path.spoken()
    unnamed = chart.grab().toImage()
    chart.show_path(path)
    assert "20" not in chart.words(1)
    assert ": not known: a point needs the 90 days before it" in chart.words(1)
    points = tuple(PathPoint(START + week * WEEK, None, is_known=False) for week in range(8))
    chart.show_path(a_path(points=points))
    short = chart.grab().toImage()
    chart.show_path(a_path(points=points, needs="the 90 days before it"))
    assert chart.grab().toImage() != short != unnamed


def test_arrow_keys_walk_over_the_values_and_say_each(qtbot, chart: PathChart):
    heard: list[str] = []
    chart.pointed.connect(heard.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(chart, key)
    assert heard[0].startswith("Day 14, 20 May: 56 %; on the way to the target ")
    assert heard[1].startswith("Day 7, 13 May: not known")
    assert heard[2] == heard[0]
    chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert heard[3] == heard[1]


def test_mouse_points_at_the_nearest_value_until_it_leaves(qtbot, chart: PathChart):
    heard: list[str] = []
    chart.pointed.connect(heard.append)
    qtbot.mouseMove(chart, chart.rect().center())
    chart.point_at(-1)
    assert heard[0].startswith("Day 14")
    assert heard[-1] == ""


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"baseline": None, "target": None, "points": (), "frozen": ()},
        {"baseline": 5.0, "target": 5.0, "points": (PathPoint(START, 5.0),)},
        {"baseline": -2.0, "target": -2.0, "points": (), "frozen": ()},
        {"today": START - WEEK, "points": ()},
    ],
)
def test_every_path_can_be_painted_in_both_directions(chart: PathChart, fields, turned):
    chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
    chart.show_path(a_path(**fields))
    assert not chart.grab().isNull()


def test_what_is_not_known_is_hatched_and_not_drawn_as_a_line(chart: PathChart):
    known, hatched = a_path(points=(PathPoint(START, 50.0), PathPoint(START + WEEK, 52.0))), a_path()
    chart.show_path(known)
    plain = chart.grab().toImage()
    chart.show_path(hatched)
    assert chart.grab().toImage() != plain
