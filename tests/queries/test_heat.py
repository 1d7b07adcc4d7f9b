"""Heat: halves in two weeks; what is cold sinks and stays listed."""

from datetime import timedelta
from random import Random

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, a_message, a_person, a_reaction, gone
from workbench.models.kinds import EventKind
from workbench.models.moments import DAY_MICROSECONDS, to_micros
from workbench.queries.heat import COLD, heats, hot_threads
from workbench.sync.people_counted import PeopleCounter
from workbench.sync.people_merge import PeopleMerger
from workbench.sync.records import ActRecord

DAY = timedelta(days=1)
WEIGHTS = {EventKind.REPLY: 3, EventKind.MENTION: 2, EventKind.REACTION: 1}


def test_heat_is_the_weighted_sum_of_what_came_halved_every_two_weeks(network):
    water = network.community("Water")
    days = {"new": 0, "mid": 14, "old": 150}
    for name, age in days.items():
        at = NOW - age * DAY
        network.apply(water, a_message(name, at=at - DAY), a_message(f"{name}r", by="bruno", to=name, at=at))
    network.apply(
        water, a_reaction("like", to="mid", by="chidi", hours=(NOW - a_message("x").sent_at).total_seconds() / 3600)
    )
    with network.read() as reader:
        heat = heats(reader, (), as_of=NOW)
        assert heat == {network.event("new"): pytest.approx(3.0), network.event("mid"): pytest.approx(2.5)}
        names = {network.event(name): name for name in days}
        listed = hot_threads(reader, (water,), as_of=NOW, limit=9)
        assert [(names[row.thread.id], row.heat) for row in listed] == [
            ("new", pytest.approx(3.0)),
            ("mid", pytest.approx(2.5)),
            ("old", 0.0),
        ]


@pytest.fixture
def long_talk(network):
    """Half a year of two communities: clocks that are wrong, what was taken back, programs, and one person twice."""
    chance = Random(14)
    places = [network.community(name) for name in ("Water", "Health")]
    people = [*map(a_person, ("amina", "bruno", "dora", "digest")), a_person("daemon", is_bot=True)]
    for batch in range(12):
        place = batch % 2
        records = []
        for number in range(20):
            name, by, at = f"{place}-{batch}-{number}", chance.choice(people), NOW + chance.uniform(-170, 30) * DAY
            to = f"{place}-{chance.randrange(place, batch + 1, 2)}-{chance.randrange(20)}"
            what = chance.choice(("post", "reply", "reply", "act", "act", "act", "gone"))
            if what == "gone":
                records.append(gone(to))
            elif what == "act":
                kind = chance.choice((EventKind.REACTION, EventKind.MENTION))
                records.append(ActRecord(name, "", kind, by, at, target=to))
            else:
                records.append(a_message(name, by=by, at=at, to=to if what == "reply" else None))
        network.apply(places[place], *records)
    PeopleCounter(network.database).count([network.person("digest")], is_program=True)
    PeopleMerger(network.database, a_clock()).merge(network.person("dora"), network.person("amina"))
    return network, places


def reckoned(reader, scope, as_of, period):
    """[(thread, heat)] in order, by plain arithmetic over all events."""
    now, found = to_micros(as_of), {}
    for thread, place, started, last in reader.rows("SELECT id, community_id, started_at, last_at FROM thread"):
        ran = period is None or (last >= to_micros(period[0]) and started < to_micros(period[1]))
        if ran and (not scope or place in scope):
            found[thread] = [0.0, last]
    for root, kind, at in reader.rows(
        "SELECT e.root_id, e.kind, e.at FROM event e JOIN person p ON p.id = e.person_id"
        " WHERE e.kind BETWEEN 4 AND 6 AND NOT p.is_bot AND e.removed_at IS NULL"
    ):
        if root in found and at <= now:
            found[root][0] += WEIGHTS[kind] * 0.5 ** ((now - at) / DAY_MICROSECONDS / 14)
    rows = [(heat if heat >= COLD else 0.0, last, thread) for thread, (heat, last) in found.items()]
    return [(thread, heat) for heat, _, thread in sorted(rows, reverse=True)]


def test_what_is_kept_gives_the_order_of_adding_everything_up(long_talk):
    network, (water, health) = long_talk
    with network.read() as reader:
        for as_of in (NOW, NOW - 130 * DAY, NOW + 20 * DAY, NOW + 90 * DAY):
            for scope in ((), (water,), (water, health)):
                for period in (None, (NOW - 100 * DAY, NOW - 60 * DAY)):
                    expected = reckoned(reader, scope, as_of, period)
                    asked = {"as_of": as_of, "period": period, "limit": 7}
                    pages = [hot_threads(reader, scope, offset=at, **asked) for at in range(0, len(expected) + 7, 7)]
                    rows = [(row.thread.id, row.heat) for page in pages for row in page]
                    assert [thread for thread, _ in rows] == [thread for thread, _ in expected]
                    assert [heat for _, heat in rows] == pytest.approx([heat for _, heat in expected])
        hot = {as_of: sum(heat > 0 for _, heat in reckoned(reader, (), as_of, None)) for as_of in (NOW, NOW + 90 * DAY)}
        assert 0 < hot[NOW + 90 * DAY] < hot[NOW], "some are cold, some are not"
