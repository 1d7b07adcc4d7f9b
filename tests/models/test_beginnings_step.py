"""The tenth form: profiles in which replies without a thread were stored as its beginning."""

from tests.queries.conftest import network
from tests.queries.network import Network, a_message
from workbench.models.migrations import m0010_beginnings, m0014_pages, m0018_heat
from workbench.sync.rollup_check import differences
from workbench.sync.rollups import rebuild

__all__ = ["network"]

TABLES = ("event", "thread", "personday", "activityday", "communitytotal", "member")


def rows(network: Network) -> dict[str, list[tuple[object, ...]]]:
    with network.read() as reader:
        return {table: sorted(reader.rows(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


def test_a_profile_of_before_becomes_what_a_fresh_one_is(network: Network):
    wash = network.community("WASH")
    network.apply(
        wash,
        a_message("r1", by="amina", to="not here", text="How deep?"),
        a_message("r2", by="bashir", to="r1", hours=2),
        a_message("q", by="chen", hours=5, text="Who knows?"),
    )
    fresh = rows(network)
    network.change("UPDATE event SET kind = 3 WHERE remote_id = 'r1'")
    with network.database.write() as session:
        rebuild(session)
    assert rows(network) != fresh
    with network.database.write() as session:
        later = (m0014_pages._TOTALS, m0014_pages._WEEKS)  # later steps sum more up
        for statement in (*m0010_beginnings._STATEMENTS, *later):
            session.connection().exec_driver_sql(statement)
        m0018_heat.fill(session.connection().connection.driver_connection)
    assert rows(network) == fresh
    with network.read() as reader:
        assert differences(reader) == []
