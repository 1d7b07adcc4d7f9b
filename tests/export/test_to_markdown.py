"""Markdown: every table row has as many cells as its header, and text stays text."""

from tests.export.samples import a_summary
from workbench.export.to_markdown import MarkdownExporter


def test_every_table_row_has_as_many_cells_as_its_header() -> None:
    text = MarkdownExporter().render(a_summary()).decode()
    block: list[int] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            block.append(line.replace("\\|", "").count("|"))
        else:
            assert len(set(block)) <= 1
            block = []


def test_text_with_markup_characters_and_line_breaks_stays_plain_text() -> None:
    text = MarkdownExporter().render(a_summary()).decode()
    assert "Card 0 \\<b\\>bold\\</b\\> & more" in text
    assert "two days. سؤال" in text
    assert "| 23 Mar 2026 | not known |" in text
