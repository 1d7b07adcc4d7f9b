"""Own organisations: nothing is said until somebody says it, and the one most people have is proposed."""

from tests.builders import a_clock
from tests.queries.network import a_message, a_person
from workbench.notes.store import NotesStore
from workbench.queries.own_organisations import OWN_KEY, most_told, own_organisations, unsaid_words


def test_the_organisation_of_most_is_proposed_until_somebody_says_which_is_theirs(network):
    water = network.community("Water")
    with network.read() as reader:
        assert (own_organisations(reader), most_told(reader), unsaid_words(reader)) == (None, None, "")
    for number, organisation in enumerate(("Middle trust", "Example trust", "Middle trust")):
        author = a_person(f"p{number}", organisation=organisation)
        network.apply(water, a_message(f"m{number}", by=author, hours=number))
    with network.read() as reader:
        assert most_told(reader) == "Middle trust"
        assert unsaid_words(reader).endswith("most are of Middle trust")
    NotesStore(network.database, a_clock()).set_preference(OWN_KEY, "[]")
    with network.read() as reader:
        assert (own_organisations(reader), unsaid_words(reader)) == ((), "")
