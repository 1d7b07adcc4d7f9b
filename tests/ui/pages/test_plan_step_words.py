"""What a step back in a plan is called: by the card, the objective, the checkpoint or the charter it changed."""

from datetime import timedelta

import pytest

from tests.ui.pages.sheet_parts import a_sheet_plan
from workbench.plans.drafts import CardDraft
from workbench.ui.pages.plan_step_words import step_words
from workbench.workspace import Workspace


@pytest.mark.parametrize(
    ("gesture", "words"),
    [
        (lambda editor: editor.add_card(CardDraft("Call")), "a change in the card “Call”"),
        (lambda editor: editor.add_cards([CardDraft("Call"), CardDraft("Ask")]), "a change in 2 cards"),
        (lambda editor: editor.set_checkpoint(30, decisions="More calls"), "a change in the checkpoint of day 30"),
        (
            lambda editor: editor.set_objective(editor.view().objectives[0].id, title="Quicker"),
            "a change in the objective “Quicker”",
        ),
        (
            lambda editor: editor.set_plan(starts_on=editor.view().starts_on + timedelta(days=7)),
            "a change in the charter",
        ),
        (lambda editor: None, ""),
    ],
)
def test_a_step_is_named_by_what_it_changed(filled: Workspace, gesture, words: str):
    editor = filled.plans.open(a_sheet_plan(filled))
    before = editor.view()
    gesture(editor)
    assert step_words(before, editor.view()) == words
