"""What is kept of a person, as values: where an advocate stands, how long a pause lasts, who is on the way."""

from datetime import date, timedelta

from tests.builders import a_clock
from tests.queries.network import NOW, a_message
from workbench.notes.people import PeopleNotes
from workbench.queries.people_own import AdvocatePath, Step, advocates, last_nudge, nudged

DAY = date(2024, 6, 1)


def test_the_latest_step_with_a_day_is_where_somebody_stands():
    assert AdvocatePath().step is None
    assert AdvocatePath(spotted_on=DAY).step is Step.SPOTTED
    assert AdvocatePath(spotted_on=DAY, agreed_on=DAY).step is Step.AGREED


def test_advocates_stand_by_step_and_then_by_name(network):
    water = network.community("Water")
    network.apply(water, *(a_message(name, by=name) for name in ("zoe", "amina", "bruno")))
    notes = PeopleNotes(network.database, a_clock(NOW))
    for name, path in (
        ("zoe", AdvocatePath(spotted_on=DAY)),
        ("bruno", AdvocatePath(spotted_on=DAY)),
        ("amina", AdvocatePath(asked_on=DAY)),
    ):
        notes.set_path(network.person(name), path)
    with network.read() as reader:
        assert [row.name for row in advocates(reader)] == ["Bruno Example", "Zoe Example", "Amina Example"]


def test_a_nudge_is_followed_by_a_pause_of_ninety_days(network):
    network.apply(network.community("Water"), a_message("m1"))
    amina = network.person("amina")
    PeopleNotes(network.database, a_clock(NOW)).nudge(amina, nudge_id="n1")
    with network.read() as reader:
        found = last_nudge(reader, amina, as_of=NOW + timedelta(days=89))
        assert found is not None
        assert found.paused_until == NOW + timedelta(days=90)
        assert [one.name for one in nudged(reader, as_of=NOW)] == ["Amina Example"]
        assert last_nudge(reader, amina, as_of=NOW + timedelta(days=90)) is None
