"""People of the mirror: joined by address, named by their newest name, programs wherever a source says so."""

from tests.sync.mirrored import a_message, a_mirror, a_person


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
