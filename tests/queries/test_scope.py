"""Scope: nothing, one and many become the SQL that planners understand best."""

from workbench.ids import CommunityId
from workbench.queries.scope import scope_parameter, scope_text, seeking, sql, within

ONE, TWO = CommunityId(3), CommunityId(8)


def test_no_community_means_all_of_them():
    assert within("c.id", ()) == "TRUE"
    assert scope_parameter(()) is None


def test_one_community_is_an_equality():
    assert within("c.id", (ONE,)) == "c.id = :scope"
    assert scope_parameter((ONE,)) == 3


def test_many_communities_are_a_set_in_one_parameter():
    assert "json_each(:scope)" in within("c.id", (ONE, TWO))
    assert scope_parameter((ONE, TWO)) == scope_text((ONE, TWO)) == "[3, 8]"


def test_seeking_names_every_community_instead_of_none():
    assert "SELECT id FROM community" in sql(seeking("c.id", ()))
    assert seeking("c.id", (ONE,)) == within("c.id", (ONE,))
