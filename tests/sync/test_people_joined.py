"""Who was made one with whom, as the mirror asks it, and handles that find their person again."""

from tests.sync.mirrored import a_message, a_mirror
from tests.sync.test_people_merge import merger, person
from workbench.models.kinds import AccountKind
from workbench.sync.people_joined import Joined


def test_trees_of_merges_have_one_root(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(*(a_message(name, by=name) for name in ("amina", "bruno", "chidi")))
    one, two, three = (person(mirrored, name) for name in ("amina", "bruno", "chidi"))
    merger(mirrored).merge(two, three)
    merger(mirrored).merge(one, two)
    with mirrored.database.write() as session:
        joined = Joined(session.connection(), account_id=1)
        assert [joined.root(own) for own in (one, two, three)] == [one, one, one]
        assert (joined.below(two), joined.below(one)) == ({two, three}, {one, two, three})
        assert joined


def test_messages_of_a_joined_handle_keep_whose_they_are(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", by="bruno", hours=1, references=("m1",)))
    keep, other = person(mirrored, "amina"), person(mirrored, "bruno")
    merger(mirrored).merge(keep, other)
    mirrored.apply(a_message("m3", by="bruno", hours=2, references=("m1",)))
    owned = mirrored.rows(
        "SELECT e.remote_id, m.author_id FROM mergedevent m JOIN event e ON e.id = m.event_id ORDER BY 1"
    )
    assert owned == [("m2", other), ("m3", other)]
    assert mirrored.rows("SELECT DISTINCT person_id FROM event") == [(keep,)]


def test_an_account_that_comes_back_finds_who_is_kept_here(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", by="bruno", hours=1), a_message("m3", by="chidi", hours=2))
    keep, other = person(mirrored, "amina"), person(mirrored, "bruno")
    merger(mirrored).merge(keep, other)
    mirrored.accounts.forget(mirrored.account_id)
    assert mirrored.rows("SELECT name FROM person ORDER BY id") == [("Amina Example",), ("Bruno Example",)]
    again = a_mirror(tmp_path)
    assert again.accounts.find(AccountKind.MAILING_LIST, "Files") == again.account_id
    again.apply(a_message("m1"), a_message("m2", by="bruno", hours=1), a_message("m3", by="chidi", hours=2))
    assert again.rows("SELECT remote_id, person_id = ? FROM handle ORDER BY 1", (keep,)) == [
        ("amina", 1), ("bruno", 1), ("chidi", 0),
    ]  # fmt: skip
    merger(again).unmerge(other)
    assert again.scalar("SELECT person_id FROM event WHERE remote_id = 'm2'") == other
