"""Checkpoints in the document: two leaders at one, undone until locked, and what other versions know of them."""

from dataclasses import replace

import pytest
from pycrdt import Doc, Map

from tests.plans.samples import AT, a_document, an_edit
from tests.plans.twins import a_checkpoint_edit, twins, write
from workbench.errors import BadInputError
from workbench.plans.document import PlanDocument
from workbench.plans.views import RecordKind


def lock(document: PlanDocument, author: str, **words: object) -> None:
    values = {"decisions": "", "what_worked": "", "next_steps": ""} | words | {"locked_at": AT, "locked_by": author}
    edits = [replace(a_checkpoint_edit(name, value), again=True) for name, value in values.items()]
    document.write(edits, at=AT, author=author, undoable=False)


def test_two_leaders_fill_in_one_checkpoint_apart_and_both_words_are_there() -> None:
    mine, hers = twins()
    write(mine, a_checkpoint_edit("decisions", "go on"), a_checkpoint_edit("what_worked", "calls"))
    write(hers, a_checkpoint_edit("decisions", "stop"), author="Bilal", minutes=1)
    mine.merge(hers.to_bytes())
    hers.merge(mine.to_bytes())
    assert mine.view() == hers.view()
    assert mine.view().checkpoints[0].what_worked == "calls"
    (conflict,) = mine.view().conflicts
    assert {each.value for each in conflict.candidates} == {"go on", "stop"}
    assert [each.day for each in mine.view().checkpoints] == [30, 60, 90]


def test_a_checkpoint_is_undone_like_everything_else_until_it_is_locked() -> None:
    document = a_document("one")
    write(document, a_checkpoint_edit("decisions", "go on"))
    write(document, a_checkpoint_edit("decisions", "stop"))
    document.undo()
    assert document.view().checkpoints[0].decisions == "go on"
    lock(document, "Amina", decisions="go on")
    locked = document.view()
    assert not document.undo()
    assert not document.redo()
    assert document.view() == locked
    assert locked.conflicts == ()


def test_what_a_partner_wrote_while_it_was_locked_stands_beside_it_and_changes_nothing_unseen() -> None:
    mine, hers = twins()
    write(mine, a_checkpoint_edit("decisions", "go on"))
    hers.merge(mine.to_bytes())
    lock(mine, "Amina", decisions="go on")
    write(
        hers, a_checkpoint_edit("decisions", "stop"), a_checkpoint_edit("next_steps", "rest"), author="Bilal", minutes=9
    )
    mine.merge(hers.to_bytes())
    assert {conflict.field for conflict in mine.view().conflicts} == {"decisions", "next_steps"}
    assert {each.value for conflict in mine.view().conflicts for each in conflict.candidates} == {
        "go on",
        "stop",
        "",
        "rest",
    }


def test_a_checkpoint_locked_by_both_shows_who_did() -> None:
    mine, hers = twins()
    lock(mine, "Amina", decisions="go on")
    lock(hers, "Bilal", decisions="go on")
    mine.merge(hers.to_bytes())
    (conflict,) = mine.view().conflicts
    assert (conflict.kind, conflict.record_id, conflict.field) == (RecordKind.CHECKPOINT, "30", "locked_by")
    assert {each.value for each in conflict.candidates} == {"Amina", "Bilal"}


def test_there_is_no_checkpoint_on_other_days() -> None:
    with pytest.raises(BadInputError):
        write(a_document("one"), a_checkpoint_edit("decisions", "x", day="45"))


# Versions.


def test_what_a_newer_version_added_outlives_an_edit_a_merge_and_a_rebuild_here() -> None:
    newer: Doc = Doc()
    newer.apply_update(a_document("one").to_bytes())
    newer.get("stories", type=Map)["a"] = Map({"title:x": ["told", 1, "Amina", []]})
    card = newer.get("cards", type=Map)["card-0"]
    card["mood:x"] = ["glad", 1, "Amina", []]
    card["2~mood:x"] = ["glad", 1, "Amina", []]
    document = PlanDocument.from_bytes(newer.get_update())
    write(document, an_edit("card-0", "title", "edited here"))
    back: Doc = Doc()
    back.apply_update(document.rebuild().to_bytes())
    assert back.get("stories", type=Map)["a"]["title:x"][0] == "told"
    assert {"mood:x", "2~mood:x"} <= set(back.get("cards", type=Map)["card-0"].keys())


def test_a_plan_made_before_checkpoints_and_series_reads_with_their_defaults() -> None:
    old: Doc = Doc()
    meta = old.get("meta", type=Map)
    meta["id"], meta["format"] = "plan-1", 1
    old.get("plan", type=Map)["name:x"] = ["Safe water", 1, "Amina", []]
    old.get("objectives", type=Map)["o"] = Map(
        {"title:x": ["Answers", 1, "Amina", []], "measure:x": ["reply_rate", 1, "Amina", []]}
    )
    old.get("cards", type=Map)["c"] = Map({"title:x": ["one", 1, "Amina", []], "due:x": ["+3", 1, "Amina", []]})
    view = PlanDocument.from_bytes(old.get_update()).view()
    assert (view.name, view.weekly_hours, view.holidays, view.series) == ("Safe water", 5.0, "", ())
    assert [checkpoint.locked_at for checkpoint in view.checkpoints] == [None, None, None]
    (card,) = view.cards
    assert (card.kind.value, card.series_id, card.due_day, card.checklist) == ("activity", None, 3, ())
