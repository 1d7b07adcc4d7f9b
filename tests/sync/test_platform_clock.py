"""PlatformClock: what is known of the platform's time, and from when on a lost post is looked for by it."""

from datetime import UTC, datetime, timedelta

import pytest

from workbench.sync.platform_clock import LOOK_BACK, UNSURE, PlatformClock, since_of

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("queued", "tried", "then", "skew", "since"),
    [
        (None, None, None, None, None),
        (NOW, NOW, timedelta(), None, NOW - LOOK_BACK),
        (NOW - DAY, NOW, -11 * MINUTE, 5 * DAY, NOW - DAY - 11 * MINUTE - LOOK_BACK),
        (NOW, None, None, None, NOW - UNSURE),
        (NOW, NOW, None, -2 * DAY, NOW - 2 * DAY - UNSURE),
        (NOW, NOW, None, 2 * DAY, NOW - UNSURE),
        (NOW + 9 * DAY, NOW + 9 * DAY, None, timedelta(), NOW - UNSURE),
    ],
)
def test_a_look_reaches_back_to_the_moment_of_sending_on_the_platforms_clock(queued, tried, then, skew, since):
    assert since_of((queued, tried), then=then, now=NOW, likely=skew) == since


def test_what_was_heard_in_this_run_counts_before_what_an_earlier_one_heard():
    theirs = PlatformClock(before=DAY)
    assert theirs.likely == DAY
    theirs.hear(MINUTE)
    assert (theirs.ahead, theirs.likely) == (MINUTE, MINUTE)
