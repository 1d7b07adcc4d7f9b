"""Roll-up check: names the tables that do not say what events say."""

from tests.sync.mirrored import a_message, a_mirror
from workbench.sync.rollup_check import differences
from workbench.sync.rollups import rebuild


def test_differences_name_the_tables_that_do_not_agree(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", by="bruno", hours=30, references=("m1",)))
    with mirrored.database.write() as session:
        execute = session.connection().exec_driver_sql
        execute("UPDATE personday SET posts = 7 WHERE posts = 1")
        execute("DELETE FROM networkweek")
        execute("UPDATE thread SET people = 5")
        execute("UPDATE member SET messages = 9")
        execute("UPDATE networkstay SET left_us = 7")
        execute("DELETE FROM networkperson")
        execute("UPDATE networkpeople SET acted = 0")
        execute("UPDATE networkact SET first_day = first_day + 1")
        execute("DELETE FROM pairfirst WHERE community_id = 0")
    with mirrored.database.read() as reader:
        found = {difference.table: difference.rows for difference in differences(reader)}
    # A wrong row counts twice: what should be there is missing, what is there should not be.
    assert found == {
        "personday": 2,
        "activityday": 4,
        "networkweek": 1,
        "member": 4,
        "communitytotal": 2,
        "communityweek": 2,
        "networkpeople": 2,
        "networkperson": 2,
        "networkstay": 4,
        "networkact": 4,
        "pairfirst": 1,
        "thread": 2,
    }
    with mirrored.database.write() as session:
        rebuild(session)
    with mirrored.database.read() as reader:
        assert differences(reader) == []
