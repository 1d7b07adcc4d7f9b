"""The answer line: drawn along or downwards, in both directions, and told in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from workbench.ids import CommunityId, EventId, PersonId
from workbench.queries.answer_path import AnswerPath, PathStep, Role
from workbench.ui.widgets.answer_line import AnswerLine, hops_words

ASKED = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)


def a_step(number, name, role, minutes, *, is_stranger=False):
    at = ASKED + timedelta(minutes=minutes)
    return PathStep(PersonId(number), name, f"Office {number}", role, at, minutes / 60, EventId(number), is_stranger)


PATH = AnswerPath(
    EventId(1),
    CommunityId(1),
    (
        a_step(1, "Amina Example", Role.ASKER, 0),
        a_step(2, "Bruno Example", Role.REFERRER, 90, is_stranger=True),
        a_step(3, "Chidi Example", Role.ANSWERER, 250, is_stranger=True),
    ),
    hops=3,
    is_accepted=False,
    is_early=False,
)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_line_is_drawn_along_where_there_is_room_and_downwards_where_not(ground, theme, direction):
    line = AnswerLine(theme)
    line.setParent(ground)
    line.setLayoutDirection(direction)
    line.show_path(PATH)
    accent = theme.colour("accent").rgb()
    for width in (640, 300):
        line.resize(width, line.heightForWidth(width))
        picture = line.grab().toImage()
        drawn = {
            (x, y)
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).rgb() == accent
        }
        spread = [max(place[axis] for place in drawn) - min(place[axis] for place in drawn) for axis in (0, 1)]
        assert (spread[0] > spread[1]) is (width == 640)
    assert line.heightForWidth(300) > line.heightForWidth(640)


def test_the_picture_to_hand_on_names_nobody(theme, ground):
    line = AnswerLine(theme)
    line.setParent(ground)
    line.resize(640, 84)
    named, handed = [], []
    for names in (("Amina Example", "Bruno Example", "Chidi Example"), ("Zoe Muster", "Yan Muster", "Xena Muster")):
        steps = tuple(replace(step, name=name, office=name) for step, name in zip(PATH.steps, names, strict=True))
        line.show_path(replace(PATH, steps=steps))
        named.append(line.grab().toImage())
        handed.append(line.picture().toImage())
    assert named[0] != named[1]
    assert handed[0] == handed[1]


def test_the_way_is_told_in_words(theme, ground):
    line = AnswerLine(theme)
    line.setParent(ground)
    line.show_path(PATH)
    assert line.accessibleName().replace("\N{NO-BREAK SPACE}", " ") == (
        "Amina Example asked, Bruno Example, not met here before, knew whom to ask after 1 h 30, "
        "Chidi Example, not met here before, answered after 4 h 10. 3 steps apart in this community before the question."
    )
    line.show_path(None)
    assert (line.isHidden(), line.accessibleName()) == (True, "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"steps": PATH.steps[:1], "hops": None}, "Nobody has answered yet."),
        ({"hops": None}, "Nobody in this community linked the two before."),
        (
            {"hops": None, "is_early": True},
            "Nobody in this community linked the two before. Earlier contacts may not be known.",
        ),
        ({"hops": 1}, "They had met in this community before."),
    ],
)
def test_how_far_apart_they_were(change, words):
    assert hops_words(replace(PATH, **change)) == words
