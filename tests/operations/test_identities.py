"""Suggestions, previews and merges as the window and the command line ask for them."""

from datetime import date

import pytest

from tests.builders import a_workspace
from tests.sync.mirrored import a_message, a_person
from workbench.errors import BadInputError
from workbench.ids import PersonId
from workbench.metrics.compute import measure
from workbench.metrics.window import Window
from workbench.models.kinds import AccountKind
from workbench.notes.care import CareStore
from workbench.operations.identities import (
    merge_people,
    others_found,
    preview,
    suggestions,
    tell_apart,
    unmerge_person,
)
from workbench.operations.people_names import Likeness
from workbench.queries.listening import list_listening, search_text_of
from workbench.queries.search_filters import SearchFilters
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord
from workbench.workspace import Workspace

YEAR = Window.between(date(2024, 1, 1), date(2025, 1, 1))


@pytest.fixture
def workspace(tmp_path):
    found = a_workspace(tmp_path)
    account = found.accounts.add(AccountKind.TABLE, "Tables")
    water = found.mirror.ensure_community(account, CommunityRecord("water", "Water"))
    people = [
        a_person("a1", name="A. Example", office="Lima"), a_person("a2", name="Amina Example", office="Lima"),
        a_person("b1", name="Bruno Muster", address_key="digest"), a_person("b2", name="Somebody Else"),
    ]  # fmt: skip
    told = [a_message(f"m{number}", by=person, hours=number) for number, person in enumerate(people)]
    told.append(a_message("m9", by=a_person("b2", name="Somebody Else", address_key="digest"), hours=9))
    for one in told:
        found.mirror.apply(water, "messages", Batch((one,)))
    yield found
    found.close()


def names(workspace: Workspace) -> list[tuple[str, str, Likeness]]:
    return [(one.one.name, one.other.name, one.likeness) for one in suggestions(workspace.database)]


def test_the_surest_come_first_the_fuller_name_is_kept_and_nothing_happens_by_itself(workspace):
    assert names(workspace) == [
        ("Somebody Else", "Bruno Muster", Likeness.ADDRESS), ("Amina Example", "A. Example", Likeness.INITIALS),
    ]  # fmt: skip
    assert suggestions(workspace.database)[1].reason.endswith("the same office")
    assert len(suggestions(workspace.database, person_id=suggestions(workspace.database)[0].one.person_id)) == 1


@pytest.mark.parametrize(
    ("one", "other", "is_proposed"),
    [
        (("Mohamed Beispiel", "Lima"), ("Mohammed Beispiel", "Lima"), True),
        (("Mohamed Beispiel", "Lima"), ("Mohammed Beispiel", None), True),
        (("Mohamed Beispiel", "Lima"), ("Mohammed Beispiel", "Dakar"), False),
        (("C. Beispiel", "Lima"), ("Carla Beispiel", "Dakar"), False),
        (("Carla Beispiel", "Lima"), ("Carla Beispiel", "Dakar"), True),
    ],
)
def test_names_that_are_only_alike_are_not_proposed_over_two_offices(workspace, one, other, is_proposed):
    with workspace.database.read() as reader:
        community = reader.scalar("SELECT id FROM community")
    for number, (name, office) in enumerate((one, other)):
        who = a_person(f"c{number}", name=name, office=office)
        workspace.mirror.apply(community, "messages", Batch((a_message(f"c{number}", by=who, hours=number),)))
    assert (len(names(workspace)) == 3) is is_proposed


def test_a_merge_shows_what_it_joins_and_can_be_taken_back(workspace):
    found = suggestions(workspace.database)[1]
    keep, other = preview(workspace.database, found.one.person_id, found.other.person_id)
    assert (keep.name, other.messages) == ("Amina Example", 1)
    merge_people(workspace, into=keep.person_id, person=other.person_id)
    assert len(names(workspace)) == 1
    unmerge_person(workspace, person=other.person_id)
    assert len(names(workspace)) == 2
    with pytest.raises(BadInputError):
        preview(workspace.database, keep.person_id, PersonId(99))


def test_a_kept_search_stays_with_whom_it_was_kept_for(workspace):
    found = suggestions(workspace.database)[1]
    keep, other = found.one.person_id, found.other.person_id

    def heard() -> list[str]:
        with workspace.database.read() as reader:
            return [row.person for row in list_listening(reader)]

    def listen(words: str, person: PersonId) -> None:
        with workspace.database.read() as reader:
            text = search_text_of(reader, (), SearchFilters(person_id=person))
        CareStore(workspace.database, workspace.clock).listen(words, text)

    listen("before", other)
    merge_people(workspace, into=keep, person=other)
    listen("joined", keep)
    assert heard() == ["Amina Example", "Amina Example"]
    unmerge_person(workspace, person=other)
    assert heard() == ["A. Example", "Amina Example"]


def test_somebody_nobody_suspects_is_found_by_name_to_be_joined(workspace):
    amina, bruno = suggestions(workspace.database)[1].one, suggestions(workspace.database)[0].other

    def found(text: str) -> list[str]:
        return [one.name for one in others_found(workspace.database, amina.person_id, text)]

    assert (found("bruno"), found("exam"), found(" "), found("nobody")) == (["Bruno Muster"], ["A. Example"], [], [])
    tell_apart(workspace, one=amina.person_id, other=bruno.person_id)
    assert found("bruno") == ["Bruno Muster"]
    merge_people(workspace, into=amina.person_id, person=bruno.person_id)
    assert found("bruno") == []


def test_measures_count_two_who_are_one_once(workspace):
    def contributors() -> float | None:
        with workspace.database.read() as reader:
            (value,) = measure(reader, "contributors", scope=(), windows=[YEAR], as_of=workspace.clock.now())
        return value.value

    found = suggestions(workspace.database)[1]
    before = contributors()
    merge_people(workspace, into=found.one.person_id, person=found.other.person_id)
    assert contributors() == (before or 0) - 1
    unmerge_person(workspace, person=found.other.person_id)
    assert contributors() == before


def test_who_was_told_apart_is_not_proposed_again(workspace):
    found = suggestions(workspace.database)[0]
    tell_apart(workspace, one=found.one.person_id, other=found.other.person_id)
    assert len(names(workspace)) == 1
    tell_apart(workspace, one=found.one.person_id, other=found.other.person_id, are_two=False)
    assert len(names(workspace)) == 2
