"""Dialogue data: what is read at once and behind, and the threads behind what counts people."""

from datetime import date, timedelta

from tests.builders import NOW
from workbench.ui.pages.dialogue_data import (
    AT_ONCE,
    BEHAVIOURS,
    GAUGES,
    RESILIENCE,
    SLOW,
    opens_threads,
    read_dialogue,
    read_slow,
    read_threads,
)

TODAY = NOW.date()


def test_every_measure_is_read_once_and_the_slow_ones_behind(filled, water_id):
    days = (TODAY - timedelta(days=29), TODAY)
    view = read_dialogue(filled.database, scope=(water_id,), days=days, now=NOW, hot=3)
    assert {line.metric.key for line in view.card.lines} == set(AT_ONCE)
    later = read_slow(filled.database, scope=(water_id,), window=view.card.window, now=NOW)
    assert {line.metric.key for line in later.lines} == set(SLOW)
    assert {*GAUGES, *RESILIENCE, *BEHAVIOURS, "referral"} == {*AT_ONCE, *SLOW}
    heats = [row.heat for row in view.hot]
    assert len(heats) == 3
    assert heats == sorted(heats, reverse=True)
    assert view.age.since == date(2024, 3, 28)
    assert not view.is_empty


def test_threads_named_are_read_in_their_order(filled, water_id):
    with filled.database.read() as reader:
        ids = [row[0] for row in reader.rows("SELECT id FROM thread ORDER BY id LIMIT 2")]
    period = (NOW - timedelta(days=30), NOW)
    rows = read_threads(
        filled.database, key="flash_coordination", ids=(ids[1], ids[0]), scope=(water_id,), period=period
    )
    assert [row.id for row in rows] == [ids[1], ids[0]]
    assert read_threads(filled.database, key="emergent_structures", ids=(), scope=(water_id,), period=period) == []
    assert [opens_threads(key, ()) for key in ("emergent_structures", "flash_coordination")] == [True, False]
