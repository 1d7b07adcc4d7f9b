"""Names offered for an owner: plans first, then the directory, by the beginning of any word; nobody twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_workspace
from tests.plans.samples import START
from workbench.ids import PlanId
from workbench.models.people_keys import find_key, plain_key
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.queries.owner_names import OwnerName, owner_names
from workbench.workspace import Workspace

PEOPLE = (
    ("Amina Example", "Nairobi", False),
    ("Bo Amin", "Bangkok", False),
    ("Amin Robot", "Bangkok", True),
    ("Ximena Ejemplo", "Lima", False),
    ("Ximena Ejemplo", "Quito", False),
    ("Élodie Exemple", "Amman", False),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    found = a_workspace(tmp_path)
    with found.database.write() as session:
        execute = session.connection().exec_driver_sql
        execute(
            "INSERT INTO account (id, kind, name, settings, is_paused, created_at, is_text_only, file_limit)"
            " VALUES (1, 'table', 'Example', '{}', 0, 0, 0, 0)"
        )
        execute(
            "INSERT INTO community (id, account_id, remote_id, name, description, is_followed, created_at)"
            " VALUES (1, 1, 'c', 'Example', '', 1, 0)"
        )
        for number, (name, office, is_bot) in enumerate(PEOPLE, start=1):
            execute(
                "INSERT INTO person (id, name, name_key, office, is_bot, find_key) VALUES (?, ?, ?, ?, ?, ?)",
                (number, name, plain_key(name), office, is_bot, find_key(name, office)),
            )
            execute("INSERT INTO member (community_id, person_id, is_listed, messages) VALUES (1, ?, 1, 0)", (number,))
    yield found
    found.close()


def a_plan(workspace: Workspace, name: str, *, owner: str, **card: Any) -> PlanId:
    return workspace.plans.create(
        name=name,
        purpose="Answer faster",
        owner=owner,
        starts_on=START,
        objectives=[ObjectiveDraft("Faster", "reply_rate", 0.8)],
        cards=[CardDraft("Call", **card)],
    )


def found(workspace: Workspace, text: str, plan_id: PlanId | None = None, *, limit: int = 12) -> list[OwnerName]:
    with workspace.database.read() as reader:
        return owner_names(reader, text, plan_id=plan_id, limit=limit)


def test_the_names_of_the_plan_come_first_then_other_plans_then_the_directory(workspace: Workspace) -> None:
    a_plan(workspace, "Other", owner="Amira Example")
    plan_id = a_plan(workspace, "Safe water", owner="Zoe Amini", promised_to="Amina Example")
    assert found(workspace, "ami", plan_id) == [
        OwnerName("Amina Example", 1, "Nairobi", is_in_plan=True),
        OwnerName("Zoe Amini", is_in_plan=True),
        OwnerName("Amira Example"),
        OwnerName("Bo Amin", 2, "Bangkok"),
    ]
    assert [each.name for each in found(workspace, "ami", plan_id, limit=2)] == ["Amina Example", "Zoe Amini"]


def test_with_nothing_typed_only_plans_are_offered_and_oneself_first(workspace: Workspace) -> None:
    plan_id = a_plan(workspace, "Safe water", owner="Amina Example")
    workspace.notes.set_preference("my_name", '"Noor Example"')
    assert [each.name for each in found(workspace, "", plan_id)] == ["Noor Example", "Amina Example"]
    assert found(workspace, "  ", None)[0].name == "Noor Example"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("xim", ["Ximena Ejemplo", "Ximena Ejemplo"]),
        ("elo", ["Élodie Exemple"]),
        ("exem élo", ["Élodie Exemple"]),
        ("EXAMPLE am", ["Amina Example"]),
        ("mina", []),
        ("nairobi", []),
        ("robot", []),
        ("%", []),
        ("' \n", []),
    ],
)
def test_every_word_begins_a_word_of_the_name_and_nothing_else_counts(
    workspace: Workspace, text: str, names: list[str]
) -> None:
    assert [each.name for each in found(workspace, text)] == names


def test_who_left_or_was_made_one_with_another_is_not_offered(workspace: Workspace) -> None:
    with workspace.database.write() as session:
        session.connection().exec_driver_sql("UPDATE member SET left_at = 1 WHERE person_id = 1")
        session.connection().exec_driver_sql("DELETE FROM member WHERE person_id = 4")
    assert found(workspace, "amina") == []
    assert found(workspace, "ximena") == [OwnerName("Ximena Ejemplo", 5, "Quito")]


def test_a_beginning_is_answered_by_the_index_in_its_order(workspace: Workspace) -> None:
    with workspace.database.read() as reader:
        plan = reader.rows(
            "EXPLAIN QUERY PLAN SELECT p.id FROM person p INDEXED BY person_find WHERE p.find_key >= 'a'"
            " AND p.find_key < 'b' AND p.is_bot = 0 AND EXISTS"
            " (SELECT 1 FROM member m WHERE m.person_id = p.id AND m.left_at IS NULL) ORDER BY p.find_key, p.id LIMIT 9"
        )
    said = " ".join(str(row[-1]) for row in plan)
    assert "USING INDEX person_find (find_key>? AND find_key<?)" in said.replace("COVERING ", "")
    assert "TEMP B-TREE FOR ORDER BY" not in said
