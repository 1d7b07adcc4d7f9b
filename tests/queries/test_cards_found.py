"""Cards are found by words of their title, and by the conversation they name as evidence."""

import pytest

from tests.builders import a_workspace
from tests.ui.pages.asked import fill
from tests.ui.plan_samples import a_plan
from workbench.ids import EventId
from workbench.models.kinds import CardColumn, EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.plans.drafts import CardDraft
from workbench.queries.cards_found import cards_about, cards_called
from workbench.queries.evidence import thread_name


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("hygiene", ["Hygiène des mains", "Thank for hygiene"]),
        ("MAINS hygiène", ["Hygiène des mains"]),
        ("nothing", []),
        (" ", []),
    ],
)
def test_cards_are_found_by_every_word_and_by_their_evidence(tmp_path, typed, titles):
    workspace = a_workspace(tmp_path)
    ids = fill(workspace)
    with workspace.database.read() as reader:
        named = thread_name(reader, ids["answered"])
        reply = f"{named.rpartition('/')[0]}/reply"
    evidence = [(Evidence("", EvidenceKind.THREAD, "About", name),) for name in (named, reply)]
    a_plan(
        workspace,
        cards=(
            CardDraft("Thank for hygiene", column=CardColumn.DONE, evidence=evidence[1]),
            CardDraft("Hygiène des mains", evidence=evidence[0]),
            CardDraft("Something else"),
        ),
    )
    with workspace.database.read() as reader:
        assert [card.title for card in cards_called(reader, typed, limit=5)] == titles
        about = cards_about(reader, ids["answered"])
        assert [(card.title, card.plan, card.is_done) for card in about] == [
            ("Hygiène des mains", "Safe water", False),
            ("Thank for hygiene", "Safe water", True),
        ]
        assert cards_about(reader, ids["old"]) == cards_about(reader, EventId(999)) == []
    workspace.close()
