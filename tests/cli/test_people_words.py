"""The words of `people` are those that the queries know."""

from workbench.cli.people_words import WHO
from workbench.queries.member_filter import MemberFilter


def test_every_choice_of_people_can_be_typed():
    assert [where.value for where in MemberFilter] == list(WHO)
