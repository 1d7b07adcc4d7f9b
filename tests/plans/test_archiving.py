"""A card archived by one and changed by another: it stays, both know why, and a choice ends it on every laptop."""

from datetime import timedelta

from tests.builders import NOW
from workbench.ids import PlanId
from workbench.models.kinds import CardColumn
from workbench.models.plan_parts import Recurrence
from workbench.plans.document import PlanDocument
from workbench.plans.preview import preview
from workbench.plans.views import FieldEdit, RecordKind

CARD = "01901bc4-ca00-7a5e-98f5-fecfb79ef153"


def edit(field: str, value: object, card: str = CARD) -> FieldEdit:
    return FieldEdit(RecordKind.CARD, card, field, value)


def a_pair(**more: object) -> tuple[PlanDocument, PlanDocument]:
    """Two laptops with the same plan of one card."""
    first = PlanDocument.new(PlanId("p"))
    values = {"title": "Name a stand-in", "column": CardColumn.TODO, "position": "a", **more}
    first.write([edit(name, value) for name, value in values.items()], at=NOW, author="amina")
    return first, PlanDocument.from_bytes(first.to_bytes())


def exchange(one: PlanDocument, other: PlanDocument) -> None:
    a, b = one.to_bytes(), other.to_bytes()
    one.merge(b)
    other.merge(a)
    assert one.view() == other.view()


def test_a_card_changed_elsewhere_stays_and_asks_whichever_came_first():
    for archived_at, changed_at in ((0, 1), (1, 0)):
        here, there = a_pair()
        here.write([edit("is_archived", value=True)], at=NOW + timedelta(minutes=archived_at), author="amina")
        assert here.view().cards[0].is_archived
        there.write([edit("owner", "Luis Ejemplo")], at=NOW + timedelta(minutes=changed_at), author="luis")
        (question,) = preview(here, there.to_bytes()).questions
        assert (question.field, question.authors) == ("Archived", ("luis", "amina"))
        exchange(here, there)
        (card,) = here.view().cards
        assert (card.is_archived, card.has_conflict, card.owner) == (False, True, "Luis Ejemplo")
        (conflict,) = here.view().conflicts
        assert (conflict.field, [each.value for each in conflict.candidates]) == ("is_archived", [False, True])


def test_either_choice_ends_it_on_both_laptops():
    for is_archived in (True, False):
        here, there = a_pair()
        here.write([edit("is_archived", value=True)], at=NOW, author="amina")
        there.write([edit("title", "Name two stand-ins")], at=NOW, author="luis")
        exchange(here, there)
        assert there.write([edit("is_archived", is_archived)], at=NOW + timedelta(hours=1), author="luis")
        exchange(here, there)
        assert here.view().conflicts == ()
        assert here.view().cards[0].is_archived is is_archived


def test_what_the_archiver_knew_asks_nothing_nor_does_a_place_on_the_board():
    here, there = a_pair()
    there.write([edit("owner", "Luis Ejemplo")], at=NOW + timedelta(minutes=1), author="luis")
    exchange(here, there)
    here.write([edit("is_archived", value=True), edit("notes", "Done elsewhere")], at=NOW, author="amina")
    there.write([edit("position", "b")], at=NOW + timedelta(minutes=2), author="luis")
    exchange(here, there)
    assert here.view().conflicts == ()
    assert here.view().cards[0].is_archived


def test_undoing_the_archiving_ends_it_too_and_a_card_archived_by_both_is_gone():
    here, there = a_pair()
    here.write([edit("is_archived", value=True)], at=NOW, author="amina")
    there.write([edit("owner", "Luis Ejemplo")], at=NOW, author="luis")
    here.merge(there.to_bytes())
    assert here.undo()
    assert (here.view().conflicts, here.view().cards[0].is_archived) == ((), False)
    here, there = a_pair()
    for document, author in ((here, "amina"), (there, "luis")):
        document.write([edit("is_archived", value=True)], at=NOW, author=author)
    exchange(here, there)
    assert (here.view().conflicts, here.view().cards[0].is_archived) == ((), True)


def test_one_time_of_a_series_is_kept_by_a_change_of_that_time_alone():
    series = {"due": 1, "recurrence": Recurrence(7, 22)}
    here, there = a_pair(**series)
    here.write([edit("2~is_archived", value=True)], at=NOW, author="amina")
    there.write([edit("1~title", "Another time"), edit("notes", "For all")], at=NOW, author="luis")
    exchange(here, there)
    assert here.view().conflicts == ()
    there.write([edit("2~title", "This time")], at=NOW, author="luis")
    here, later = PlanDocument.from_bytes(here.to_bytes()), there
    exchange(here, later)
    (conflict,) = here.view().conflicts
    assert (conflict.occurrence, conflict.record_id) == (2, f"{CARD}#2")
    assert [card.is_archived for card in here.view().cards] == [False] * 4
