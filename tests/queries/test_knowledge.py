"""Who knows about something: those who answered and were thanked, by name, with proof; who asked only is left out."""

from datetime import date

from tests.builders import a_clock
from tests.queries.network import NOW, a_message, a_person, a_reaction
from workbench.notes.people import PeopleNotes
from workbench.notes.store import NotesStore
from workbench.queries.knowledge import leaving_holders, who_knows
from workbench.queries.people_own import OwnFacts


def talk(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("q1", by="bruno", hours=1, text="Which hand pump? #pumps"),
        a_message("a1", by="zoe", hours=2, to="q1", text="The deep well pump."),
        a_reaction("l1", to="a1", by="bruno", hours=3),
        a_message("q2", by="bruno", hours=4, text="Where is a pump sold? #pumps"),
        a_message("a2", by="amina", hours=5, to="q2", text="The pump is sold in town."),
        a_message("a3", by=a_person("robot", is_bot=True), hours=6, to="q2", text="pump pump"),
        a_message("a4", by="bruno", hours=6, to="q2", text="I know nothing of a pump."),
        a_message("q3", by="chidi", hours=6, text="Who repairs a pump?"),
        a_message("a5", by="dora", hours=7, to="q3", text="Who can tell me the same of a pump?"),
        a_message("n1", by="chidi", hours=7, subject="Roofs", text="Nothing about it."),
    )
    return water


def test_who_answered_is_named_with_the_threads_and_who_asked_is_not(network):
    water = talk(network)
    with network.read() as reader:
        found = who_knows(reader, "pump", (water,))
        assert [(one.name, one.threads, one.thanked) for one in found] == [
            ("Amina Example", 1, 0), ("Zoe Example", 1, 1),
        ]  # fmt: skip
        assert [proof.thread_id for proof in found[1].proofs] == [network.event("q1")]
        # Where only one fits, it is who was thanked; the order says nothing of that.
        assert [one.name for one in who_knows(reader, "pump", limit=1)] == ["Zoe Example"]
        assert who_knows(reader, "  ?! ") == []
        assert who_knows(reader, "pump", only_known=True) == []
    NotesStore(network.database, a_clock(NOW)).set_note(network.person("amina"), "Met in May")
    with network.read() as reader:
        assert [one.name for one in who_knows(reader, "pump", limit=1, only_known=True)] == ["Amina Example"]


def test_rare_answers_of_somebody_who_leaves_are_told(network):
    talk(network)
    zoe = network.person("zoe")
    PeopleNotes(network.database, a_clock(NOW)).set_facts(zoe, OwnFacts(is_leaving=True, leaves_on=date(2024, 7, 1)))
    with network.read() as reader:
        (holder,) = leaving_holders(reader, as_of=NOW)
    assert (holder.name, holder.leaves_on, holder.answers, holder.alone) == ("Zoe Example", date(2024, 7, 1), 1, 1)
    assert holder.topics == ("pumps",)
