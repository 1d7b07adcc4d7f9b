"""The words of `people` are those that the queries know."""

from workbench.cli.people_words import CONTACTS, FACTS, STEPS, WHO
from workbench.queries.member_filter import MemberFilter
from workbench.queries.people_own import TYPED, ContactKind, Step


def test_every_choice_of_people_can_be_typed():
    assert [where.value for where in MemberFilter] == list(WHO)
    assert [kind.value for kind in ContactKind] == list(CONTACTS)
    assert [step.value for step in Step] == list(STEPS)
    assert set(TYPED) == set(FACTS)
