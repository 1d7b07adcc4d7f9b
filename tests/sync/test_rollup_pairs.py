"""Pairs: when two people first met follows corrections, removals, machines and accounts that go."""

from tests.sync.mirrored import Mirrored, a_message, a_mirror, a_person, an_act
from workbench.models.kinds import AccountKind, EventKind
from workbench.models.migrations import m0011_pairs
from workbench.models.moments import to_micros
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, GoneRecord
from workbench.sync.rollup_check import differences

HOUR = 3_600_000_000
AMINA, BRUNO = (a_person(name, address_key=name) for name in ("amina", "bruno"))


def met(mirrored: Mirrored) -> dict[tuple[str, str, int], float]:
    """{(one, other, community or 0): hours after the first of all}; held against what the events say."""
    with mirrored.database.read() as reader:
        assert differences(reader) == []
    start = to_micros(a_message("m").sent_at)
    rows = mirrored.rows(
        "SELECT min(a.name, b.name), max(a.name, b.name), f.community_id, f.first_at FROM pairfirst f"
        " JOIN person a ON a.id = f.low_id JOIN person b ON b.id = f.high_id"
    )
    return {(one.split()[0], other.split()[0], place): (at - start) / HOUR for one, other, place, at in rows}


def test_the_first_time_anywhere_is_the_earliest_and_goes_with_its_account(tmp_path):
    mirrored = a_mirror(tmp_path)
    other = mirrored.accounts.add(AccountKind.SAMPLE, "Sample")
    field = mirrored.mirror.ensure_community(other, CommunityRecord("field", "Field"))
    mirrored.apply(a_message("m1", by=AMINA), a_message("m2", by=BRUNO, hours=50, references=("m1",)))
    talk = a_message("s1", by=BRUNO), a_message("s2", by=AMINA, hours=3, references=("s1",))
    mirrored.mirror.apply(field, "messages", Batch(records=talk))
    here = ("Amina", "Bruno", mirrored.community_id)
    assert met(mirrored) == {("Amina", "Bruno", 0): 3, ("Amina", "Bruno", field): 3, here: 50}
    mirrored.accounts.forget(other)
    assert met(mirrored) == {("Amina", "Bruno", 0): 50, here: 50}


def test_a_first_time_that_was_none_gives_way_to_the_next(tmp_path):
    mirrored = a_mirror(tmp_path)
    place = mirrored.community_id
    mirrored.apply(
        a_message("m1", by="amina"),
        a_message("m2", by="bruno", hours=30, references=("m1",)),
        an_act("a1", EventKind.REACTION, by="amina", hours=80, target="m2"),
    )
    assert met(mirrored) == {("Amina", "Bruno", each): 30 for each in (0, place)}
    mirrored.apply(GoneRecord("m2", "water"))
    assert met(mirrored) == {("Amina", "Bruno", each): 80 for each in (0, place)}


def test_who_turns_out_to_be_another_or_a_machine_was_met_by_nobody(tmp_path):
    mirrored = a_mirror(tmp_path)
    place = mirrored.community_id
    mirrored.apply(a_message("m1", by="amina"), a_message("m2", by="bruno", hours=30, references=("m1",)))
    mirrored.apply(a_message("m1", by="chen"))
    assert met(mirrored) == {("Bruno", "Chen", each): 30 for each in (0, place)}
    mirrored.apply(a_person("chen", is_bot=True))
    assert met(mirrored) == {}


def test_a_profile_of_before_learns_who_met_when(tmp_path):
    mirrored = a_mirror(tmp_path)
    machine = a_person("daemon", is_bot=True)
    mirrored.apply(
        a_message("m1", by="amina"),
        a_message("m2", by="bruno", hours=30, references=("m1",)),
        a_message("m3", by=machine, hours=31, references=("m1",)),
    )
    with mirrored.database.write() as session:
        for statement in ("DROP TABLE pairfirst", "DROP TABLE networkact", *m0011_pairs._STATEMENTS):
            if "pairfirst" in statement or "networkact" in statement:
                session.connection().exec_driver_sql(statement)
    assert met(mirrored) == {("Amina", "Bruno", each): 30 for each in (0, mirrored.community_id)}
