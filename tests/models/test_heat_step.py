"""The eighteenth form: a profile of before is told how warm its threads are."""

from tests.queries.conftest import network
from tests.queries.network import NOW, Network, a_message, a_person, a_reaction, gone
from workbench.models.migrations import m0018_heat
from workbench.queries.heat import hot_threads
from workbench.sync.rollup_check import differences

__all__ = ["network"]


def test_threads_of_a_profile_of_before_are_as_warm_as_the_mirror_would_have_kept_them(network: Network):
    wash = network.community("WASH")
    network.apply(wash, a_message("q", at=NOW), *(a_message(f"r{n}", by="bruno", to="q", at=NOW) for n in range(3)))
    network.apply(wash, a_message("alone"), a_reaction("like", to="q", by="chidi"), gone("r1"))
    network.apply(wash, a_message("news", by=a_person("digest", is_bot=True), to="q"))
    with network.read() as reader:
        kept = hot_threads(reader, (), as_of=NOW, limit=9)
        assert [row.heat > 0 for row in kept] == [True, False]
    network.change("UPDATE thread SET warmth = 2 * warmth")
    with network.read() as reader:
        assert [(found.table, found.rows) for found in differences(reader)] == [("thread", 2)]
    for index in ("thread_warmth", "thread_warm"):
        network.change(f"DROP INDEX {index}")
    network.change("ALTER TABLE thread DROP COLUMN warmth")
    with network.database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("ALTER TABLE thread ADD COLUMN warmth FLOAT")
        m0018_heat.fill(connection.connection.driver_connection)
        for statement in m0018_heat._INDEXES:
            connection.exec_driver_sql(statement)
    with network.read() as reader:
        assert differences(reader) == []
        assert hot_threads(reader, (), as_of=NOW, limit=9) == kept
