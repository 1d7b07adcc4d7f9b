"""Kept panels: what each table tells of a row, also of a conversation that is not here now."""

from datetime import date

from tests.builders import NOW
from workbench.ids import EventId
from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.queries.watching import FoundThread, IdeaRow, OutputRow, WatchRow
from workbench.ui.pages.card_seed import CardSeed
from workbench.ui.pages.questions_kept import IdeaModel, OutputModel, WatchModel, card_of

HERE, GONE = FoundThread("a", EventId(1), "Pumps", "Water"), FoundThread("b", None)
DAY = date(2024, 5, 14)


def shown(model, row) -> list[str]:
    model.set_rows([row])
    return [model.index(0, column).data() for column in range(model.columnCount())]


def test_rows_say_what_they_came_from_and_where_they_stand():
    assert shown(WatchModel(), WatchRow("1", GONE, "Two argue", DAY, "", NOW, None))[:2] == [
        "Not here now", "Two argue"
    ]  # fmt: skip
    closed = shown(WatchModel(), WatchRow("1", HERE, "Two argue", DAY, "Called", NOW, NOW))
    assert closed == ["Pumps", "Two argue", "", "Called"]
    output = shown(OutputModel(), OutputRow("1", "Guide", "tool_kit", "g.pdf", DAY, (HERE, GONE), NOW))
    assert output[:4] == ["Guide", "Tool kit", "g.pdf", "Pumps and 1 more"]
    idea = shown(IdeaModel(), IdeaRow("1", "Seals", "", None, "not_adopted", DAY, "No room", (), NOW))
    assert idea == ["Seals", "nobody yet", "", "Not adopted: No room", ""]


def test_a_card_about_an_output_keeps_it_and_its_conversation():
    seed = card_of(OutputRow("1", "Guide", "page", "https://example.org/g", DAY, (GONE, HERE), NOW))
    assert (seed.title, seed.thread) == ("Guide", HERE.id)
    assert seed.evidence == (Evidence("", EvidenceKind.LINK, "Guide", "https://example.org/g"),)
    assert card_of(OutputRow("1", "Guide", "page", "", DAY, (), NOW)) == CardSeed("Guide")
