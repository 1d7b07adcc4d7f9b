"""Memberships of two who become one: what each list says is kept apart, what is shown follows, each their own again."""

import json
from datetime import timedelta

import pytest

from tests.builders import a_clock
from tests.sync.mirrored import START, Mirrored, a_message, a_mirror, a_person
from tests.sync.test_people_merge import everything, merger, person, second_community
from workbench.ids import PersonId
from workbench.models.migrations import m0017_people, m0020_searches
from workbench.models.moments import to_micros
from workbench.notes.people import PeopleNotes
from workbench.queries.people_own import OwnFacts, own_facts
from workbench.sync.connector import Batch
from workbench.sync.lookups import driver
from workbench.sync.people_places import Place, joined
from workbench.sync.records import MemberRecord
from workbench.sync.rollup_check import differences

LEFT = START + timedelta(days=9)
EARLY = START - timedelta(days=3)
# Two accounts of one person: the old one has left, the new one leads.
LIST = (
    MemberRecord("water", a_person("amina"), joined_at=EARLY, left_at=LEFT, role="member"),
    MemberRecord("water", a_person("bruno"), joined_at=START, role="Animatrice"),
)
BOTH = (1, "Animatrice", to_micros(EARLY), None)
SHOWN = "SELECT is_listed, role, joined_at, left_at FROM member WHERE person_id = ?"


def both(mirrored: Mirrored) -> tuple[PersonId, PersonId]:
    return person(mirrored, "amina"), person(mirrored, "bruno")


@pytest.mark.parametrize("turn", [1, -1])
def test_a_list_that_comes_again_changes_nothing_of_a_joined_membership(tmp_path, turn):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(*LIST, a_message("m1", by="bruno", hours=5))
    before = everything(mirrored)
    keep, other = both(mirrored)[::turn]
    merger(mirrored).merge(keep, other)
    for again in (LIST, LIST[::-1]):
        assert mirrored.apply(*again).unchanged == len(again)
        assert mirrored.rows(SHOWN, (keep,)) == [BOTH]
    merger(mirrored).unmerge(other)
    assert everything(mirrored) == before


def test_the_earlier_join_counts_and_who_is_there_stays(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(
        MemberRecord("water", a_person("amina"), joined_at=START, left_at=LEFT, role="Lead"),
        MemberRecord("water", a_person("bruno"), joined_at=EARLY),
        a_message("m1", by="bruno", hours=5),
    )
    keep, other = both(mirrored)
    merger(mirrored).merge(keep, other)
    rows = mirrored.rows("SELECT person_id, is_listed, role, joined_at, left_at, messages FROM member")
    assert rows == [(keep, 1, "Lead", to_micros(EARLY), None, 1)]
    # Whoever is there no more by any of the lists has left.
    mirrored.apply(MemberRecord("water", a_person("bruno"), left_at=START))
    assert mirrored.rows(SHOWN, (keep,)) == [(1, "Lead", to_micros(EARLY), to_micros(LEFT))]
    with mirrored.database.read() as reader:
        assert differences(reader) == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ([(2, Place(True, "member", 5, None))], Place(True, "member", 5, None)),
        ([(1, Place(True, "member", 5, None)), (2, Place(True, "Owner", 3, None))], Place(True, "Owner", 3, None)),
        ([(1, Place(True, "Mentor", 5, None)), (2, Place(True, "Guest", 3, None))], Place(True, "Mentor", 3, None)),
        ([(1, Place(True, "Guest", 5, None)), (2, Place(True, "Owner", 3, 9))], Place(True, "Guest", 3, None)),
        ([(1, Place(True, None, None, None)), (2, Place(True, "Owner", 3, 9))], Place(True, "Owner", None, None)),
        ([(1, Place(False, None, None, None)), (2, Place(True, None, 3, None))], Place(True, None, 3, None)),
        ([(1, Place(False, None, 7, 8)), (2, Place(True, None, 3, 9))], Place(True, None, 3, 9)),
        ([(1, Place(False, None, None, None))], Place(False, None, None, None)),
    ],
)
def test_what_is_shown_follows_from_all_words_in_any_order(words, shown):
    assert joined(1, words) == joined(1, words[::-1]) == shown


def test_what_a_list_says_since_goes_to_whose_account_it_is(tmp_path):
    mirrored = a_mirror(tmp_path)
    field = second_community(mirrored)
    mirrored.mirror.apply(field, "messages", Batch(records=(a_message("f1", by="bruno"),)))
    mirrored.apply(a_message("m1", by="amina"))
    keep, other = person(mirrored, "amina"), person(mirrored, "bruno", account=2)
    merger(mirrored).merge(keep, other)
    left = START + timedelta(days=2)
    listed = MemberRecord("field", a_person("bruno"), joined_at=START, left_at=left, role="Guest")
    mirrored.mirror.apply(field, "members", Batch(records=(listed,)))
    merger(mirrored).unmerge(other)
    rows = mirrored.rows("SELECT community_id, person_id, is_listed, role, left_at FROM member ORDER BY 1, 2")
    assert rows == [(mirrored.community_id, keep, 0, None, None), (field, other, 1, "Guest", to_micros(left))]
    with mirrored.database.read() as reader:
        assert differences(reader) == []


def test_an_account_that_goes_takes_its_words_along(tmp_path):
    mirrored = a_mirror(tmp_path)
    field = second_community(mirrored)
    mirrored.mirror.apply(field, "members", Batch(records=(MemberRecord("field", a_person("bruno")),)))
    mirrored.apply(*LIST)
    keep, other = person(mirrored, "amina"), person(mirrored, "bruno", account=2)
    merger(mirrored).merge(keep, other)
    mirrored.accounts.forget(mirrored.account_id)
    assert mirrored.rows("SELECT community_id, own_id FROM memberword") == [(field, other)]
    merger(mirrored).unmerge(other)
    assert mirrored.rows("SELECT community_id, person_id FROM member") == [(field, other)]


def test_merges_of_an_older_form_come_apart_as_well(tmp_path):
    mirrored = a_mirror(tmp_path)
    field = second_community(mirrored)
    mirrored.apply(*LIST, a_message("m1", by="bruno", hours=5))
    mirrored.mirror.apply(field, "messages", Batch(records=(a_message("f1", by="chidi"),)))
    keep, other = both(mirrored)
    third = person(mirrored, "chidi", account=2)
    places = "SELECT person_id, community_id, is_listed, role, joined_at, left_at FROM member"

    def known(one: PersonId) -> dict[str, list[object]]:
        return {str(row[1]): list(row[2:]) for row in mirrored.rows(f"{places} WHERE person_id = ?", (one,))}

    notes = PeopleNotes(mirrored.database, a_clock())
    for one, facts in ((keep, OwnFacts(role="Nurse")), (other, OwnFacts(office="Lima"))):
        notes.set_facts(one, facts)
    for one in (other, third):
        kept = {"own": known(one), "before": known(keep)}
        merger(mirrored).merge(keep, one)
        kept["after"] = known(keep)
        with mirrored.database.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE personmerge SET kept = json_set(json_remove(kept, '$.before.personfact[#-2]',"
                " '$.after.personfact[#-2]', '$.before.personfact[#-2]', '$.after.personfact[#-2]',"
                " '$.before.person[#-1]', '$.after.person[#-1]'), '$.members', json(?)) WHERE person_id = ?",
                (json.dumps(kept), one),
            )
    # A list has named the third since.
    listed = MemberRecord("field", a_person("chidi"), joined_at=START, role="Guest")
    mirrored.mirror.apply(field, "members", Batch(records=(listed,)))
    words = mirrored.rows("SELECT * FROM memberword ORDER BY 1, 2")
    with mirrored.database.write() as session:
        connection = driver(session.connection())
        connection.execute("DELETE FROM memberword")
        m0017_people.widen(connection)
        m0017_people.fill(connection)
        m0020_searches.widen(connection)
    assert mirrored.rows("SELECT * FROM memberword ORDER BY 1, 2") == words
    merger(mirrored).unmerge(other)
    assert mirrored.rows(SHOWN, (other,)) == [(1, "Animatrice", to_micros(START), None)]
    with mirrored.database.read() as reader:
        assert differences(reader) == []
        facts = [own_facts(reader, one) for one in (keep, other)]
    assert facts == [OwnFacts(role="Nurse"), OwnFacts(office="Lima")]
