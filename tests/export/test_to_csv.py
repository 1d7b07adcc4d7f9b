"""CSV: read back equal, and no cell a spreadsheet takes for a formula."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tests.export.samples import NASTY, a_summary
from workbench.export.cells import safe_cell
from workbench.export.to_csv import CsvExporter, csv_bytes


def rows(document: bytes) -> list[list[str]]:
    assert document.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(document[3:].decode(), newline="")))


def test_the_board_is_one_row_per_card_and_formulas_are_defused() -> None:
    table = rows(CsvExporter().render(a_summary(cards=3)))
    assert len(table) == 1 + 3 + 1 + 2 + 1
    assert table[4][1] == "'" + NASTY


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))), min_size=2, max_size=2),
        max_size=5,
    )
)
def test_cells_survive_a_round_trip(table: list[list[str]]) -> None:
    head, *back = rows(csv_bytes(("a", "=b"), table))
    assert head == ["a", "'=b"], "a name may stand in the first line too"
    assert back == [[safe_cell(cell) for cell in row] for row in table]
