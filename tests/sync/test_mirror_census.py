"""Censuses: who and what a whole list does not name is gone; too much at once is kept and asked about."""

from datetime import timedelta

import pytest

from tests.sync.mirrored import START, Mirrored, a_message, a_mirror, a_person, an_act
from workbench.models.kinds import EventKind
from workbench.models.moments import from_micros
from workbench.sync.connector import Batch, Census, CensusOf
from workbench.sync.gone import Removals
from workbench.sync.platform_clock import PlatformClock
from workbench.sync.records import MemberRecord
from workbench.sync.rollup_check import differences

HOUR = timedelta(hours=1)


def census(of: CensusOf, *ids: str, **bounds) -> dict[str, tuple[Census, ...]]:
    return {"censuses": (Census(of, frozenset(ids), **bounds),)}


def alive(mirrored: Mirrored) -> set[str]:
    return {name for (name,) in mirrored.rows("SELECT remote_id FROM event WHERE removed_at IS NULL")}


def members(mirrored: Mirrored) -> dict[str, bool]:
    return dict(mirrored.rows("SELECT h.remote_id, m.left_at IS NULL FROM member m JOIN handle h USING (person_id)"))


def check(mirrored: Mirrored) -> None:
    with mirrored.database.read() as reader:
        assert differences(reader) == []


def a_talk(tmp_path, count: int = 4) -> Mirrored:
    """Two threads: r with replies r1, r2, …, and s with s1; one message an hour."""
    mirrored = a_mirror(tmp_path)
    mirrored.apply(
        a_message("r"),
        *(a_message(f"r{n}", hours=n, references=("r",)) for n in range(1, count)),
        a_message("s", hours=50),
        a_message("s1", hours=51, references=("s",)),
    )
    return mirrored


def test_messages_a_whole_list_does_not_name_become_tombstones(tmp_path):
    mirrored = a_talk(tmp_path)
    applied = mirrored.apply(**census(CensusOf.MESSAGES, "r", "r1", "r3", "s"))
    assert (applied.gone, applied.changed) == (2, 0)
    assert alive(mirrored) == {"r", "r1", "r3", "s"}
    assert mirrored.scalar("SELECT count(*) FROM body") == 4
    check(mirrored)
    assert mirrored.apply(**census(CensusOf.MESSAGES, "r", "r1", "r3", "s")).gone == 0


def test_a_census_reaches_no_further_than_its_bounds(tmp_path):
    mirrored = a_talk(tmp_path)
    mirrored.apply(**census(CensusOf.MESSAGES, "r", "r1", root="r"))
    assert alive(mirrored) == {"r", "r1", "s", "s1"}
    mirrored.apply(**census(CensusOf.MESSAGES, since=START + HOUR, until=START + 51 * HOUR))
    assert alive(mirrored) == {"r", "s1"}
    mirrored.apply(**census(CensusOf.MESSAGES, root="unknown"))
    assert alive(mirrored) == {"r", "s1"}
    check(mirrored)


def test_a_message_that_is_seen_again_is_alive_again(tmp_path):
    mirrored = a_talk(tmp_path)
    mirrored.apply(**census(CensusOf.MESSAGES, "r", "r1", "r2", "r3"))
    applied = mirrored.apply(a_message("s", hours=50))
    assert applied.changed == 1
    assert alive(mirrored) == {"r", "r1", "r2", "r3", "s"}
    check(mirrored)


def test_reactions_of_those_who_are_not_named_are_gone(tmp_path):
    mirrored = a_talk(tmp_path)
    for number, name in enumerate(("bruno", "chen", "dalia")):
        mirrored.apply(an_act(f"like{number}", EventKind.REACTION, by=name, hours=9, target="r1"))
    mirrored.apply(an_act("other", EventKind.REACTION, by="chen", hours=9, target="r2"))
    assert mirrored.apply(**census(CensusOf.REACTIONS, "bruno", root="r1")).gone == 2
    assert alive(mirrored) >= {"like0", "other"}
    assert not alive(mirrored) & {"like1", "like2"}
    assert mirrored.scalar("SELECT reactions FROM thread t JOIN event e ON e.id = t.id WHERE e.remote_id = 'r'") == 2
    check(mirrored)
    with pytest.raises(ValueError, match="of a message"):
        mirrored.apply(**census(CensusOf.REACTIONS, "bruno"))


def test_listed_members_who_are_not_named_have_left_as_of_now_by_the_platforms_clock(tmp_path):
    mirrored = a_mirror(tmp_path)
    theirs = PlatformClock(ahead=-48 * HOUR)
    mirrored.apply(a_message("m", by="writer"), *(MemberRecord("water", a_person(name)) for name in ("amina", "bruno")))
    with mirrored.mirror.on_clock(theirs):
        applied = mirrored.apply(**census(CensusOf.MEMBERS, "amina"))
    assert applied.gone == 1
    left_at = mirrored.scalar("SELECT left_at FROM member WHERE left_at IS NOT NULL")
    assert from_micros(left_at) == mirrored.mirror.now() - 48 * HOUR
    # Who is only known from a message was never on a list, so a list does not say that they left.
    assert members(mirrored) == {"writer": True, "amina": True, "bruno": False}
    assert mirrored.apply(**census(CensusOf.MEMBERS, "amina")).gone == 0
    mirrored.apply(MemberRecord("water", a_person("bruno")), **census(CensusOf.MEMBERS, "amina", "bruno"))
    assert members(mirrored) == {"writer": True, "amina": True, "bruno": True}
    check(mirrored)


def test_too_much_at_once_is_kept(tmp_path):
    mirrored = a_talk(tmp_path, count=40)
    before = alive(mirrored)
    removals = Removals()
    applied = mirrored.mirror.apply(
        mirrored.community_id, "news", Batch((), **census(CensusOf.MESSAGES, "r")), removals=removals
    )
    assert applied.gone == 0
    assert alive(mirrored) == before
    assert removals.refused == {CensusOf.MESSAGES: (41, 42)}
    trusted = mirrored.mirror.apply(
        mirrored.community_id, "news", Batch((), **census(CensusOf.MESSAGES, "r")), removals=Removals(trusts_gone=True)
    )
    assert trusted.gone == 41


def test_members_of_a_group_that_hides_them_are_kept(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(*(MemberRecord("water", a_person(f"p{n}")) for n in range(30)))
    assert mirrored.apply(**census(CensusOf.MEMBERS)).gone == 0
    assert all(members(mirrored).values())
