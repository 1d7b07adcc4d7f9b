"""Members of the mirror: by list or by deed, coming and going, and each by itself where two were made one."""

from datetime import timedelta

from tests.sync.mirrored import START, a_message, a_mirror, a_person, an_act
from tests.sync.test_people_merge import merger, person
from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.sync.connector import Batch, Census, CensusOf
from workbench.sync.records import MemberRecord


def test_members_are_listed_or_known_by_what_they_wrote(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", by="amina"))
    listed = MemberRecord("water", a_person("bruno"), joined_at=START, role="coordinator")
    assert mirrored.apply(listed).added == 1
    assert mirrored.apply(listed).unchanged == 1
    rows = mirrored.rows(
        "SELECT p.name, m.is_listed, m.role, m.joined_at IS NOT NULL, m.left_at FROM member m"
        " JOIN person p ON p.id = m.person_id ORDER BY 1"
    )
    assert rows == [("Amina Example", 0, None, 0, None), ("Bruno Example", 1, "coordinator", 1, None)]
    mirrored.apply(MemberRecord("water", a_person("bruno"), left_at=START + timedelta(days=3)))
    assert mirrored.rows("SELECT role, left_at IS NOT NULL FROM member WHERE is_listed") == [("coordinator", 1)]


def test_coming_and_going_moves_the_member(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(an_act("a1", EventKind.JOIN, hours=1), an_act("a2", EventKind.LEAVE, hours=5))
    assert mirrored.rows("SELECT left_at IS NOT NULL FROM member") == [(1,)]
    mirrored.apply(an_act("a3", EventKind.JOIN, hours=9))
    assert mirrored.rows("SELECT left_at, joined_at FROM member") == [
        (None, mirrored.scalar("SELECT at FROM event WHERE remote_id = 'a1'"))
    ]


def test_who_comes_and_goes_is_told_of_each_of_two_who_are_one(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", by="bruno"))
    keep, other = person(mirrored, "amina"), person(mirrored, "bruno")
    merger(mirrored).merge(keep, other)
    listed = [MemberRecord("water", a_person(name)) for name in ("amina", "bruno")]
    mirrored.apply(an_act("l1", EventKind.LEAVE, by="bruno", hours=5), *listed)
    told = "SELECT own_id, is_listed, left_at FROM memberword ORDER BY 1"
    assert mirrored.rows(told) == [(keep, 1, None), (other, 1, to_micros(START + timedelta(hours=5)))]
    assert mirrored.rows("SELECT person_id, is_listed, left_at FROM member") == [(keep, 1, None)]
    # Whom a whole list does not name any more has left; of the two that is now the second as well.
    census = Census(CensusOf.MEMBERS, frozenset({"bruno"}))
    assert mirrored.mirror.apply(mirrored.community_id, "members", Batch((), censuses=(census,))).gone == 1
    left = [row[2] for row in mirrored.rows(told)]
    assert None not in left
    assert mirrored.rows("SELECT left_at FROM member") == [(max(left),)]
    # Lists that name them again take that back.
    assert mirrored.apply(*listed).added == 1
    assert mirrored.rows("SELECT left_at FROM member") == [(None,)]


def test_a_like_that_one_of_two_took_back_goes_though_the_other_still_likes_it(tmp_path):
    mirrored = a_mirror(tmp_path)
    likes = [an_act(f"l{who}", EventKind.REACTION, by=who, hours=2, target="m1") for who in ("amina", "bruno")]
    mirrored.apply(a_message("m1", by="chidi"), *likes)
    merger(mirrored).merge(person(mirrored, "amina"), person(mirrored, "bruno"))
    census = Census(CensusOf.REACTIONS, frozenset({"amina"}), root="m1")
    assert mirrored.mirror.apply(mirrored.community_id, "likes", Batch((), censuses=(census,))).gone == 1
    assert mirrored.rows("SELECT remote_id FROM event WHERE removed_at IS NOT NULL") == [("lbruno",)]
