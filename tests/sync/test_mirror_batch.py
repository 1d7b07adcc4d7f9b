"""One batch: records first, then its censuses, then the sums; all of it or nothing."""

import pytest

from tests.sync.mirrored import a_message, a_mirror, an_act, snapshot
from workbench.models.kinds import EventKind
from workbench.sync.connector import Batch, Census, CensusOf
from workbench.sync.records import GoneActRecord, GoneRecord


def test_a_census_sees_the_records_of_its_own_batch(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("old"))
    applied = mirrored.apply(a_message("new"), censuses=(Census(CensusOf.MESSAGES, frozenset({"new"})),))
    assert (applied.added, applied.gone) == (1, 1)


def test_a_like_that_is_taken_back_is_gone_and_may_come_again(tmp_path):
    mirrored = a_mirror(tmp_path)
    like = an_act("l1", EventKind.REACTION, by="bruno", hours=2, target="m1")
    mirrored.apply(a_message("m1"), like)
    before = snapshot(mirrored)
    assert mirrored.apply(GoneActRecord("l1", "water", EventKind.SHARE)).unchanged == 1
    assert mirrored.apply(GoneRecord("l1", "water")).unchanged == 1
    assert snapshot(mirrored) == before
    assert mirrored.apply(GoneActRecord("l1", "water", EventKind.REACTION)).gone == 1
    assert mirrored.scalar("SELECT reactions FROM thread") == 0
    assert mirrored.apply(like).changed == 1
    assert snapshot(mirrored) == before


def test_the_version_of_a_message_is_kept_and_follows_what_it_says(tmp_path):
    mirrored = a_mirror(tmp_path)

    def version() -> str | None:
        return mirrored.scalar("SELECT version FROM event")

    mirrored.apply(a_message("m1", version="1"))
    assert version() == "1"
    assert mirrored.apply(a_message("m1", version="2")).unchanged == 1
    assert version() == "2"
    assert mirrored.apply(a_message("m1", version="3", text="Edited")).changed == 1
    assert version() == "3"
    mirrored.apply(a_message("m1", text="Edited again"))
    assert version() == "3"


def test_other_words_that_do_not_count_leave_the_version_too(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", version="1"))
    batch = Batch((a_message("m1", version="2", text="Other words"),))
    assert mirrored.mirror.apply(mirrored.community_id, "messages", batch, edits=False).unchanged == 1
    assert mirrored.scalar("SELECT version FROM event") == "1"


def test_a_census_that_fails_takes_the_records_along(tmp_path):
    mirrored = a_mirror(tmp_path)
    before = snapshot(mirrored)
    with pytest.raises(ValueError, match="census of reactions"):
        mirrored.apply(a_message("m1"), cursor="1", censuses=(Census(CensusOf.REACTIONS, frozenset()),))
    assert snapshot(mirrored) == before
    assert mirrored.mirror.cursor(mirrored.community_id, "messages") is None
