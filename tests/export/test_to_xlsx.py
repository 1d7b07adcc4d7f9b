"""XLSX: opened again by another reader; text only, no formula, a native chart with gaps."""

import io
import zipfile
from dataclasses import replace

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.samples import NASTY, a_card, a_summary
from workbench.export.summary import ColumnBlock, EvidenceLine
from workbench.export.to_xlsx import XlsxExporter


def test_another_reader_finds_every_sheet_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(XlsxExporter().render(a_summary())))
    assert book.sheetnames == ["Summary", "Measures", "Board", "Chart 1", "Chart 2"]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    board = [row[1].value for row in book["Board"].iter_rows()]
    assert NASTY in board
    assert "每周开放问题" in board
    assert book["Chart 1"]["B7"].value is None  # a week that is not known stays empty, not zero


def test_what_came_of_cards_has_a_sheet_of_its_own() -> None:
    told = replace(a_card("Write"), came_of="Two use it", evidence=(EvidenceLine("number", "Came", "42"),))
    summary = replace(a_summary(), columns=(ColumnBlock("Done", (told,)),))
    sheet = openpyxl.load_workbook(io.BytesIO(XlsxExporter().render(summary)))["What came of it"]
    assert [cell.value for cell in sheet[2]] == ["Write", "Two use it", "number: Came, 42"]


def test_charts_are_native_and_leave_gaps_open() -> None:
    with zipfile.ZipFile(io.BytesIO(XlsxExporter().render(a_summary()))) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 2
        assert b'dispBlanksAs val="gap"' in parts.read(charts[0]) or b"dispBlanksAs" not in parts.read(charts[0])


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_no_title_ever_becomes_a_formula(title: str) -> None:
    summary = a_summary()
    changed = type(summary)(**{  # a frozen dataclass with slots has no __dict__ to copy
        field: getattr(summary, field) for field in summary.__dataclass_fields__
    } | {"columns": (ColumnBlock("To do", (a_card(title),)),)})  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(XlsxExporter().render(changed)))
    assert book["Board"]["B2"].data_type in {"s", "n"}


def test_the_same_summary_gives_the_same_bytes() -> None:
    assert XlsxExporter().render(a_summary()) == XlsxExporter().render(a_summary())


def test_a_target_is_a_column_and_a_dashed_line() -> None:
    summary = a_summary()
    data = XlsxExporter().render(replace(summary, charts=(replace(summary.charts[1], target=0.8),)))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Chart 1"]
    assert [sheet.cell(row, 3).value for row in (1, 2)] == ["Target", 0.8]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b'prstDash val="dash"' in parts.read("xl/charts/chart1.xml")
