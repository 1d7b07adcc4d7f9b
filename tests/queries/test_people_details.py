"""Beyond the card: help given, ties, topics, promises; only what lies in the last ninety days."""

from datetime import date, timedelta

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, START, a_member, a_message, a_person, a_reaction
from workbench.models.plan import Card, Plan, PlanFile
from workbench.notes.people import PeopleNotes
from workbench.queries.people_details import Tied, person_details, promises_of
from workbench.queries.people_own import OwnFacts

DAY = date(2024, 7, 1)


@pytest.fixture
def filled(network):
    water = network.community("Water")
    late = (NOW - START).total_seconds() / 3600 - 240
    network.apply(
        water,
        a_member("amina", office="Nairobi", role="Facilitator"),
        a_message("q1", by=a_person("bruno", office="Lima", level="P3"), hours=late, text="Which pump? #pumps"),
        a_message("a2", by="chidi", hours=late + 2, to="q1"),
        a_reaction("l2", to="a2", by="amina", hours=late + 3),
        a_message("a1", by="amina", hours=late + 1, to="q1", text="This one. #pumps #spares"),
        a_reaction("l1", to="a1", by="bruno", hours=late + 2),
        a_message("q0", by="bruno", hours=1, text="Which tank?"),
        a_message("a0", by="amina", hours=2, to="q0"),
    )
    return network


def test_help_given_and_ties_are_those_of_ninety_days(filled):
    with filled.read() as reader:
        details = person_details(reader, filled.person("amina"), as_of=NOW)
    assert [(row.subject, row.is_accepted) for row in details.helped] == [("Pumps", False)]
    assert (details.liked, details.given, details.posts, details.received) == (1, 2, 0, 1)
    assert details.offices == (Tied("Lima", 1), Tied("", 1))
    assert (details.levels, details.partners) == ((Tied("P3", 1), Tied("", 1)), 2)
    assert details.topics == ("pumps", "spares")
    assert [(row.community, row.role) for row in details.roles] == [("Water", "Facilitator")]
    assert (details.told.office, details.own) == ("Nairobi", OwnFacts())


def test_what_was_typed_stands_beside_what_is_told(filled):
    amina = filled.person("amina")
    PeopleNotes(filled.database, a_clock(NOW)).set_facts(amina, OwnFacts(office="Mombasa", level="P4", is_sponsor=True))
    filled.apply(filled.community("Water"), a_member("amina", office="Kisumu"))
    with filled.read() as reader:
        details = person_details(reader, amina, as_of=NOW)
        others = person_details(reader, filled.person("bruno"), as_of=NOW)
    assert (details.told.office, details.own.office) == ("Kisumu", "Mombasa")
    assert others.levels == (Tied("P4", 1), Tied("", 1))


def test_promises_are_found_by_name_whatever_its_accents(network):
    with network.database.write() as session:
        session.add(PlanFile(id="p", document=b"", updated_at=NOW, revision="1"))
        session.flush()
        session.add(Plan(id="p", name="Safe water", purpose="", owner="", starts_on=DAY, created_at=NOW))
        session.flush()
        for number, owner, to in ((1, "Amina Example", ""), (2, "", "AMÍNA example"), (3, "Bruno Example", "")):
            session.add(
                Card(
                    id=f"c{number}", plan_id="p", column="todo", position=str(number), title=f"Card {number}", owner=owner,
                    promised_to=to, kind="commitment", due_on=DAY,
                )
            )  # fmt: skip
    with network.read() as reader:
        found = promises_of(reader, "Amina Example")
    assert [(row.title, row.is_theirs) for row in found] == [("Card 1", True), ("Card 2", False)]


def test_a_year_old_answer_is_no_help_of_late(filled):
    with filled.read() as reader:
        later = person_details(reader, filled.person("amina"), as_of=NOW + timedelta(days=365))
    assert (later.helped, later.partners, later.liked) == ((), 0, 0)
