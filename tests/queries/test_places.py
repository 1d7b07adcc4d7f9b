"""Places: what is typed wins over what is told, bots have none, and a scope has its own people only."""

import pytest

from tests.queries.network import a_message, a_person
from workbench.models.tables import PersonFact
from workbench.queries.places import Place, places
from workbench.queries.scope import scope_parameter


@pytest.mark.parametrize("what", list(Place))
def test_what_is_typed_wins_and_what_is_typed_empty_is_none(network, what):
    water, health = network.community("Water"), network.community("Health")
    name = what.name.lower()
    told = {"amina": "Lima", "bruno": "Dakar", "chen": "Accra"}
    people = [a_person(handle, **{name: place}) for handle, place in told.items()]
    people += [a_person("daemon", is_bot=True, **{name: "Rack"}), a_person("dana"), a_person("eva")]
    network.apply(water, *(a_message(f"m{number}", by=by) for number, by in enumerate(people)))
    network.apply(health, a_message("h1", by="dana"))
    amina, bruno, chen, dana, eva = map(network.person, ("amina", "bruno", "chen", "dana", "eva"))
    with network.database.write() as session:
        # Eva is in no community any more: her account went, and what was typed of her stays.
        session.connection().exec_driver_sql("DELETE FROM event WHERE person_id = ?", (eva,))
        session.connection().exec_driver_sql("DELETE FROM member WHERE person_id = ?", (eva,))
        words = ((bruno, "Quito"), (chen, ""), (dana, "Oslo"), (eva, "Rome"), (network.person("daemon"), "Rack"))
        for person, place in words:
            session.add(PersonFact(person_id=person, **{name: place}))
    with network.read() as reader:
        found = [
            dict(reader.rows(places(reader, scope, what), {"scope": scope_parameter(scope)}))
            for scope in ((), (water, health), (health,))
        ]
    assert found == [{amina: "Lima", bruno: "Quito", dana: "Oslo"}] * 2 + [{dana: "Oslo"}]
