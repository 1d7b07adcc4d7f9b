"""A row with the sentence that says what its number means."""

from workbench.ui.theme import Meaning
from workbench.ui.widgets.resilience_row import ResilienceRow
from workbench.ui.widgets.score_row import ScoreCells

CELLS = ScoreCells("absence_factor", "Absence factor", ("2", "3", "3"), "", Meaning.NEUTRAL, "Absence factor: 2", "")


def test_the_sentence_is_shown_and_read_out(ground, theme):
    row = ResilienceRow(theme, CELLS, "If 2 people stopped writing, half would be missing.")
    row.setParent(ground)
    assert row.sentence == "If 2 people stopped writing, half would be missing."
    row.show_words(CELLS, "Too little is known to say.")
    assert row.row.accessibleName() == "Absence factor: 2. Too little is known to say."
