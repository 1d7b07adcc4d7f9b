"""States of the questions page: each has words and, where one can be taken, a step."""

import pytest

from tests.builders import NOW
from workbench.operations.questions import Board
from workbench.ui.pages.questions_states import (
    first_use_words,
    late_words,
    no_tags_words,
    no_urgent_words,
    nothing_stale_words,
)


@pytest.mark.parametrize(
    ("late", "in_all", "said"),
    [
        (0, 0, "None is late"),
        (184, 184, "184 late"),
        (22, 184, "22 late in this period, 184 in all"),
        (0, 184, "None late in this period, 184 in all"),
    ],
)
def test_the_heading_tells_the_late_of_the_period_from_all(late, in_all, said):
    board = Board({}, {}, limit_hours=48, late=late, late_in_all=in_all, outside=0, as_of=NOW)
    assert late_words(board) == said


def test_each_state_says_what_is_missing(actions):
    assert len(first_use_words(actions).offers) == 3
    assert "5 people from 3 offices" in no_urgent_words().sentences[1]
    assert "180 days" in nothing_stale_words().sentences[0]
    assert no_tags_words(None).offers == ()
    (offer,) = no_tags_words(lambda: None).offers
    assert offer.title == "Look at all time"
