"""PPTX: opened again by a reader; charts are native with their numbers; long tables go on; Arabic runs right to left."""

import io
from dataclasses import replace

import openpyxl
from pptx import Presentation

from tests.export.samples import NASTY, a_card, a_summary
from workbench.export.summary import Extent, NamesDisclosure, PlanSummary
from workbench.export.to_pptx import PptxExporter


def opened(summary: PlanSummary) -> Presentation:  # type: ignore[valid-type]  # a factory in its stubs
    return Presentation(io.BytesIO(PptxExporter().render(summary)))


def words(deck: Presentation) -> str:  # type: ignore[valid-type]  # as above
    found = []
    for slide in deck.slides:  # type: ignore[attr-defined]  # as above
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            elif shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def test_a_reader_finds_the_facts_in_every_script_and_charts_with_their_numbers() -> None:
    deck = opened(a_summary())
    text = words(deck)
    for fact in (
        "安全饮水",
        "Questions are answered",
        "39 of 55",
        "fewer than 5 people",
        NASTY,
        "known until 13 May 2026",
    ):
        assert fact in text, fact
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]  # type: ignore[attr-defined]  # as above
    assert len(charts) == 4
    line = next(chart for chart in charts if chart.chart_title.text_frame.text.startswith("Messages"))
    assert list(line.plots[0].series[0].values)[:7] == [40, 43, 46, 49, 52, None, None]
    sheet = openpyxl.load_workbook(io.BytesIO(line.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    assert [sheet.cell(row, 2).value for row in range(2, 9)] == [40, 43, 46, 49, 52, None, None]


def test_the_short_form_is_one_slide_and_nothing_leaves_its_edges() -> None:
    deck = opened(replace(a_summary(cards=60), extent=Extent.ONE_PAGE))
    assert len(deck.slides) == 1  # type: ignore[attr-defined]  # as above
    for slide in opened(a_summary(cards=60)).slides:  # type: ignore[attr-defined]  # as above
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width  # type: ignore[attr-defined]  # as above
            assert shape.top + shape.height <= deck.slide_height  # type: ignore[attr-defined]  # as above


def test_a_long_table_goes_on_with_the_next_slide() -> None:
    many = tuple(a_card(f"Card {number}") for number in range(40))
    text = words(opened(replace(a_summary(), next_days=many)))
    assert "Next 30 days (5 of 5)" in text
    assert all(f"Card {number}" in text for number in range(40))


def test_owners_stay_at_home_unless_disclosed_and_equal_summaries_give_equal_bytes() -> None:
    assert "Rosa Example" not in words(opened(a_summary()))
    assert "Rosa Example" in words(opened(a_summary(names=NamesDisclosure("audit", "HQ"))))
    assert PptxExporter().render(a_summary()) == PptxExporter().render(a_summary())


def test_every_chart_has_a_slide_and_a_target_is_dashed_without_markers() -> None:
    summary = a_summary()
    many = tuple(replace(chart, title=f"Chart {n}", target=0.5) for n in range(2) for chart in summary.charts)
    deck = opened(replace(summary, charts=many))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]  # type: ignore[attr-defined]  # as above
    lines = [chart for chart in charts if chart.chart_title.text_frame.text.startswith("Chart ")]
    assert len(lines) == 4
    assert [series.name for series in lines[0].plots[0].series][1:] == ["Target"]


def test_what_is_late_has_a_slide_of_its_own() -> None:
    summary = replace(a_summary(), next_days=(a_card("Long ago", is_late=True), a_card("Soon")))
    titles = [slide.shapes.title.text_frame.text for slide in opened(summary).slides]
    assert {"Late", "Next 30 days"} <= set(titles)
