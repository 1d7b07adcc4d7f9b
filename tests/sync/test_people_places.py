"""Memberships of two who become one: the earlier join, still there if either is, and each their own again."""

from datetime import timedelta

from tests.sync.mirrored import START, a_message, a_mirror, a_person
from tests.sync.test_people_merge import everything, merger, person, second_community
from workbench.models.moments import to_micros
from workbench.sync.connector import Batch
from workbench.sync.records import MemberRecord
from workbench.sync.rollup_check import differences


def test_the_earlier_join_counts_and_who_is_there_stays(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(
        MemberRecord("water", a_person("amina"), joined_at=START, left_at=START + timedelta(days=9), role="Lead"),
        MemberRecord("water", a_person("bruno"), joined_at=START - timedelta(days=3)),
        a_message("m1", by="bruno", hours=5),
    )
    before = everything(mirrored)
    keep, other = person(mirrored, "amina"), person(mirrored, "bruno")
    merger(mirrored).merge(keep, other)
    rows = mirrored.rows("SELECT person_id, is_listed, role, joined_at, left_at, messages FROM member")
    assert rows == [(keep, 1, "Lead", to_micros(START - timedelta(days=3)), None, 1)]
    merger(mirrored).unmerge(other)
    assert everything(mirrored) == before


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
