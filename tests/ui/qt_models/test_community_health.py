"""Health in a word, with its reason."""

import pytest

from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit, Value
from workbench.models.kinds import CommunityType
from workbench.operations.community_health import Health, HealthReason
from workbench.operations.standing import Standing
from workbench.ui.qt_models.community_health import health_key, health_mark, health_tip, health_word

FORUM = CommunityType.INFORMATION_FORUM
RATE = HealthReason(find_metric("reply_rate"), Value(0.4, Unit.SHARE, 4, 10), 0.58, Standing.BAD)
LATE = HealthReason(find_metric("first_reply_hours"), Value(None, Unit.HOURS), 24.0, Standing.UNKNOWN)


@pytest.mark.parametrize(
    ("health", "word", "token", "key"),
    [
        (None, "–", None, None),
        (Health(None, Standing.NEUTRAL, ()), "No type", None, None),
        (Health(CommunityType.BROADCAST_STREAM, Standing.NEUTRAL, ()), "No target", None, None),
        (Health(FORUM, Standing.BAD, (RATE, LATE)), "Needs care", "bad", 0),
        (Health(FORUM, Standing.WATCH, ()), "Watch", "watch", 1),
        (Health(FORUM, Standing.GOOD, ()), "Well", "good", 2),
        (Health(FORUM, Standing.UNKNOWN, (LATE,)), "Not known", "unknown", 3),
    ],
)
def test_a_word_with_its_sign(health, word, token, key):
    mark = health_mark(health)
    assert (health_word(health), None if mark is None else mark[1], health_key(health)) == (word, token, key)


def test_the_reason_names_value_target_and_what_is_not_known():
    said = health_tip(Health(FORUM, Standing.BAD, (RATE, LATE))).splitlines()
    assert said[0] == "Over the last 90 days:"
    assert "40" in said[1]
    assert said[1].endswith("off the target")
    assert "no data" in said[2]
    assert said[2].endswith("not enough is known")
    assert health_tip(None) == ""
    assert "choose one" in health_tip(Health(None, Standing.NEUTRAL, ()))
    assert "no fault" in health_tip(Health(CommunityType.BROADCAST_STREAM, Standing.NEUTRAL, ()))
