"""The Exporter protocol and the list of formats that need no Qt; PDF lives in `ui/print_pdf.py`."""

from typing import Protocol

from workbench.export.summary import PlanSummary


class Exporter(Protocol):
    """One format of the plan summary."""

    key: str
    title: str
    suffix: str

    def render(self, summary: PlanSummary) -> bytes:
        """The finished document; the same summary gives the same bytes."""
        ...


def exporters() -> tuple[Exporter, ...]:
    """Every format but PDF, in the order menus show them; made on call so that nothing heavy loads before."""
    from workbench.export.to_csv import CsvExporter  # noqa: PLC0415 - the writers load only when a document is made
    from workbench.export.to_docx import DocxExporter  # noqa: PLC0415 - as above
    from workbench.export.to_html import HtmlExporter  # noqa: PLC0415 - as above
    from workbench.export.to_ics import IcsExporter  # noqa: PLC0415 - as above
    from workbench.export.to_markdown import MarkdownExporter  # noqa: PLC0415 - as above
    from workbench.export.to_pptx import PptxExporter  # noqa: PLC0415 - as above
    from workbench.export.to_xlsx import XlsxExporter  # noqa: PLC0415 - as above

    return (
        DocxExporter(),
        PptxExporter(),
        XlsxExporter(),
        HtmlExporter(),
        MarkdownExporter(),
        CsvExporter(),
        IcsExporter(),
    )
