"""The table of what was held back: sorted by place, filtered by words, copied as plain lines."""

from tests.builders import NOW
from workbench.queries.sync_status import QuarantineRow
from workbench.ui.qt_models import quarantine_table
from workbench.ui.qt_models.quarantine_table import QuarantineTableModel


def a_row(
    position: int, source: str = "2024-January.txt", reason: str = "not the beginning of a mail"
) -> QuarantineRow:
    return QuarantineRow(position, 1, "Pumps", source, position, "not_mail", reason, NOW)


def test_places_in_one_file_sort_as_numbers(qapp):
    model = QuarantineTableModel()
    model.set_rows([a_row(2000), a_row(30)])
    model.sort(quarantine_table.FILE)
    assert [model.index(row, quarantine_table.PLACE).data() for row in (0, 1)] == ["30", "2,000"]


def test_the_copied_list_has_one_line_an_item_whatever_stands_in_it(qapp):
    model = QuarantineTableModel()
    model.set_rows([a_row(1, source="a\tb\nc.txt")])
    assert model.text().splitlines()[1] == "Pumps\ta b c.txt\t1\tnot the beginning of a mail"


def test_the_filter_looks_into_reasons(qapp):
    model = QuarantineTableModel()
    model.set_rows([a_row(1), a_row(2, reason="a mail longer than 50 MB")])
    model.set_filter("longer")
    assert model.rowCount() == 1
