"""Lists of people to look after: in name order, with a reason, and never more than the data says."""

from datetime import date, timedelta

from tests.builders import a_clock
from tests.queries.network import NOW, START, a_member, a_message
from workbench.notes.people import PeopleNotes
from workbench.queries.people_own import AdvocatePath, ContactKind, ContactRow, OwnFacts, ThanksRow
from workbench.queries.recognition import (
    advocate_candidates,
    long_silent,
    recognition_log,
    sponsors,
)

LATE = (NOW - START).total_seconds() / 3600 - 300


def test_helpers_and_holders_of_roles_are_candidates_until_they_are_on_the_way(network):
    water = network.community("Water")
    asked = [a_message(f"q{n}", by="bruno", hours=LATE + n, text="Which?") for n in range(3)]
    answered = [a_message(f"a{n}", by="zoe", hours=LATE + n + 0.5, to=f"q{n}") for n in range(3)]
    roles = {"amina": "Animatrice", "chidi": "Member", "dana": "Membre", "emil": "Miembro", "fatou": "عضو"}
    network.apply(water, *(a_member(who, role=role) for who, role in roles.items()), *asked, *answered)
    with network.read() as reader:
        found = advocate_candidates(reader, (water,), as_of=NOW)
    assert [(one.name, one.answers, one.roles) for one in found] == [
        ("Amina Example", 0, ("Animatrice",)), ("Zoe Example", 3, ()),
    ]  # fmt: skip
    PeopleNotes(network.database, a_clock(NOW)).set_path(
        network.person("zoe"), AdvocatePath(spotted_on=date(2024, 6, 1))
    )
    with network.read() as reader:
        assert [one.name for one in advocate_candidates(reader, (), as_of=NOW)] == ["Amina Example"]


def test_sponsors_are_told_by_their_last_contact_and_visible_acts(network):
    network.apply(network.community("Water"), a_message("m1", by="amina", hours=LATE), a_message("m2", by="bruno"))
    notes = PeopleNotes(network.database, a_clock(NOW))
    for name in ("amina", "bruno"):
        notes.set_facts(network.person(name), OwnFacts(is_sponsor=True))
    notes.set_contacts(network.person("bruno"), [ContactRow("c1", ContactKind.MET, date(2024, 6, 10), "")])
    with network.read() as reader:
        found = sponsors(reader, as_of=NOW)
        assert [(one.name, one.last_contact, one.acts) for one in found] == [
            ("Amina Example", None, 1), ("Bruno Example", date(2024, 6, 10), 0),
        ]  # fmt: skip


def test_whoever_wrote_nowhere_for_half_a_year_that_is_known_is_long_silent(network):
    water, field = network.community("Water"), network.community("Field")
    network.apply(water, a_message("m1", by="amina"), a_message("m2", by="bruno"))
    network.apply(field, a_message("m3", by="bruno", at=NOW - timedelta(days=3)))

    def names(days: int) -> list[str]:
        with network.read() as reader:
            return [one.name for one in long_silent(reader, (), as_of=START + timedelta(days=days))]

    assert names(200) == []  # no day is known
    for community in (water, field):
        network.cover(community, START.date(), START.date() + timedelta(days=100))
    assert names(100) == names(200) == []  # nobody is silent because nothing was fetched
    for community in (water, field):
        network.cover(community, START.date(), START.date() + timedelta(days=899))
    assert (names(200), names(900)) == (["Amina Example"], [])


def test_thanks_are_logged_the_latest_first(network):
    network.apply(network.community("Water"), a_message("m1"))
    rows = [ThanksRow(f"t{day}", date(2024, 6, day), "Bruno Example", f"Day {day}") for day in (1, 3)]
    PeopleNotes(network.database, a_clock(NOW)).set_thanks(network.person("amina"), rows)
    with network.read() as reader:
        assert [one.reason for one in recognition_log(reader)] == ["Day 3", "Day 1"]
