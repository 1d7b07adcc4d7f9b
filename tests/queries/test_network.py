"""Network rows: names by id, whoever is gone left out."""

from pathlib import Path

from tests.queries.network import a_member, a_network
from workbench.queries.network import names_of


def test_names_come_with_what_they_are_sorted_by(tmp_path: Path):
    network = a_network(tmp_path)
    network.apply(network.community("Water"), a_member("amina", name="Åmina Example"), a_member("luis"))
    amina = network.person("amina")
    with network.read() as reader:
        found = names_of(reader, [amina, 999])
    network.database.close()
    assert {one: (row.name, row.key) for one, row in found.items()} == {amina: ("Åmina Example", "amina example")}
