"""Tombstones: they keep their place and lose their words."""

from functools import partial

from tests.sync.mirrored import a_message, a_mirror, an_act, index_words
from workbench.models.kinds import EventKind
from workbench.sync.connector import CensusOf
from workbench.sync.mirror_gone import Going, alive, remove_events
from workbench.sync.rollup_check import differences
from workbench.sync.rollups import Touched, refresh


def test_a_removed_event_keeps_its_place_and_loses_its_words(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", text="secret pump"), a_message("m2", hours=1, references=("m1",), text="yes"))
    going = [Going(*row) for row in mirrored.rows("SELECT id, person_id, at, root_id FROM event WHERE kind = 3")]
    touched = Touched()
    with mirrored.database.write() as session:
        connection = session.connection()
        remove_events(connection, mirrored.community_id, going, now=5, touched=touched)
        remove_events(connection, mirrored.community_id, [], now=5, touched=touched)
        refresh(connection, touched)
    assert mirrored.rows("SELECT remote_id, removed_at FROM event") == [("m1", 5), ("m2", None)]
    assert not {word for word, *_ in index_words(mirrored.database)} & {"secret", "pump"}
    assert mirrored.parents()["m2"] == "m1"
    with mirrored.database.read() as reader:
        assert differences(reader) == []


def test_what_is_alive_is_counted_by_kind(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", hours=1), an_act("l1", EventKind.REACTION, target="m1"))
    with mirrored.database.write() as session:
        counted = partial(alive, session.connection(), mirrored.community_id)
        assert [counted(of) for of in (CensusOf.MESSAGES, CensusOf.REACTIONS, CensusOf.MEMBERS)] == [2, 1, 0]
