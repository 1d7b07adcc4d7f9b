"""The fourteenth form: a profile of before gets the sums its pages read."""

from tests.queries.conftest import network
from tests.queries.network import Network, a_message
from workbench.models.migrations import m0014_pages
from workbench.sync.rollup_check import differences

__all__ = ["network"]

INDEXES = ("thread_week", "member_first", "member_dated")


def test_sums_of_a_profile_of_before_are_what_the_mirror_would_have_kept(network: Network):
    wash = network.community("WASH")
    asked = a_message("q", by="amina", text="How deep?")
    network.apply(wash, asked, *(a_message(f"r{n}", by="bashir", to="q", hours=n) for n in range(1, 5)))
    network.apply(wash, a_message("q2", by="chen", hours=5, text="Who knows?"))
    for column in ("answered", "unanswered", "talks", "talk_messages", "notices", "notice_messages"):
        network.change(f"ALTER TABLE communitytotal DROP COLUMN {column}")
    for table, column in (("networkpeople", "often"), ("networkweek", "threads"), ("networkweek", "replied")):
        network.change(f"ALTER TABLE {table} DROP COLUMN {column}")
    for index in INDEXES:
        network.change(f"DROP INDEX {index}")
    network.change("CREATE INDEX thread_lane ON thread (community_id, people, messages)")
    with network.database.write() as session:
        for statement in m0014_pages._STATEMENTS:
            session.connection().exec_driver_sql(statement)
    with network.read() as reader:
        assert differences(reader) == []
        assert reader.rows("SELECT answered, unanswered, talks, notices FROM communitytotal") == [(1, 1, 1, 1)]
        assert reader.scalar("SELECT count(*) FROM networkpeople WHERE often <> 0") == 1
