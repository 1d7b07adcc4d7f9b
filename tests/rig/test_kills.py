"""A writer that is killed at any moment loses nothing it was promised."""

from tests.rig.kills import kill

KILLS = 30


def test_no_kill_loses_what_was_promised_or_damages_the_profile():
    killed = kill(KILLS, seed=5)
    assert killed.kills == KILLS
    assert killed.broken == {}
    assert killed.steps > 0, "the writer never came to write"
