"""People of the mirror: joined by address, named by their newest name, members by list or by deed."""

from datetime import timedelta

from tests.sync.mirrored import START, a_message, a_mirror, a_person, an_act
from workbench.models.kinds import EventKind
from workbench.sync.records import MemberRecord


def test_the_newest_name_that_is_not_empty_wins(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", by=a_person("k", name="Amina Example"), hours=10))
    mirrored.apply(a_message("m2", by=a_person("k", name="A. Older"), hours=5))
    mirrored.apply(a_message("m3", by=a_person("k", name=""), hours=20))
    assert mirrored.rows("SELECT name, name_key FROM person") == [("Amina Example", "amina example")]
    mirrored.apply(a_message("m4", by=a_person("k", name="Ámina Ëxample"), hours=21))
    assert mirrored.rows("SELECT name, name_key FROM person") == [("Ámina Ëxample", "amina example")]


def test_a_name_that_was_made_up_gives_way_to_any_other(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_person("k", name="amina.e", has_own_name=False))
    assert mirrored.rows("SELECT name FROM person") == [("amina.e",)]
    mirrored.apply(a_message("m1", by=a_person("k", name="Amina Example"), hours=-900))
    mirrored.apply(a_person("k", name="amina.e", has_own_name=False))
    assert mirrored.rows("SELECT name FROM person") == [("Amina Example",)]


def test_an_address_joins_accounts_to_one_person(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", by=a_person("one", address_key="digest")))
    mirrored.apply(a_message("m2", by=a_person("two", address_key="digest")), a_message("m3", by="three"))
    assert mirrored.scalar("SELECT count(*) FROM person") == 2
    assert mirrored.rows("SELECT messages FROM member ORDER BY messages") == [(1,), (2,)]


def test_a_bot_known_late_leaves_every_sum(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", by="digest"), a_message("m2", by="bruno", hours=1, references=("m1",)))
    mirrored.apply(a_person("digest", is_bot=True))
    assert mirrored.rows("SELECT posts, replies FROM activityday WHERE community_id > 0") == [(0, 1)]
    assert mirrored.rows("SELECT contributors FROM networkweek") == [(1,)]
    assert mirrored.rows("SELECT id FROM thread") == []
    mirrored.apply(a_person("digest", is_bot=False))
    assert mirrored.rows("SELECT is_bot FROM person WHERE name LIKE 'Digest%'") == [(1,)]


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
