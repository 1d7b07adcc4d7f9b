"""The PDF summary: opened again by a reader, in every script, small, the same each time and drawn without the net."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from tests.export.samples import NASTY, a_summary
from workbench.export.charts import ChartData, Point
from workbench.export.summary import Extent, NamesDisclosure, Paper, PlanSummary
from workbench.ui.print_pdf import PdfExporter

ARABIC = re.compile(r"[\u0600-\u06FF\uFB50-\uFDFF\uFE70-\uFEFF]")


def read(summary: PlanSummary) -> PdfReader:
    return PdfReader(io.BytesIO(PdfExporter().render(summary)))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """One application for all tests: Qt bears no second."""


@pytest.fixture(name="document", scope="module")
def a_document(qapp: QApplication) -> bytes:
    return PdfExporter().render(a_summary())


def test_it_is_a_pdf_of_a4_pages_with_the_plan_as_its_title(document: bytes):
    reader = PdfReader(io.BytesIO(document))
    assert reader.metadata is not None
    assert reader.metadata.title == a_summary().plan
    assert str(reader.metadata.creator).startswith("Community Workbench")
    for page in reader.pages:
        assert [round(float(side)) for side in (page.mediabox.width, page.mediabox.height)] == [595, 842]


def test_words_of_the_summary_can_be_found_and_copied(document: bytes):
    text = text_of(PdfReader(io.BytesIO(document)))
    for words in (
        "Safe water at school",
        "Questions are answered",
        "Reply rate",
        "71",
        "fewer than 5 people",
        "day 37 of 90",
    ):
        assert words in text
    assert "\t" not in text


def test_arabic_and_chinese_are_there_as_text(document: bytes):
    text = text_of(PdfReader(io.BytesIO(document)))
    assert len(ARABIC.findall(text)) > 20
    assert "安全饮水" in text
    assert "每周开放问题" in text


def test_pages_are_counted_and_a_long_board_takes_more_of_them():
    short, long = read(a_summary()), read(a_summary(cards=90))
    assert len(long.pages) > len(short.pages) >= 2
    total = len(long.pages)
    for number, page in enumerate(long.pages, start=1):
        assert f"· {number} / {total}" in " ".join(page.extract_text().split())
    text = text_of(long)
    assert all(f"Card {number} <b>bold</b> & more" in text for number in range(90))


def test_a_long_board_is_laid_out_on_a_thread_of_its_own_without_complaint():
    # What Qt complains of there fails the test.
    found: list[bytes] = []
    thread = Thread(target=lambda: found.append(PdfExporter().render(a_summary(cards=90))))
    thread.start()
    thread.join()
    assert len(PdfReader(io.BytesIO(found[0])).pages) == len(read(a_summary(cards=90)).pages)


def test_it_stays_under_300_kb_with_many_cards_and_with_charts_of_nothing_but_gaps(document: bytes):
    gap = tuple(Point(date(2026, 1, 5) + timedelta(weeks=n), None, is_known=False) for n in range(26))
    charts = tuple(ChartData(title, "messages", gap) for title in ("Messages per week", "Reply rate per week"))
    full = replace(a_summary(cards=300), charts=charts)
    assert len(document) < 120_000
    assert len(PdfExporter().render(full)) < 300_000


def test_charts_are_stored_without_loss(document: bytes):
    kinds = {
        str(image.get_object()["/Filter"])
        for page in PdfReader(io.BytesIO(document)).pages
        for image in page["/Resources"].get("/XObject", {}).values()
    }
    assert kinds == {"/FlateDecode"}


def test_what_looks_like_markup_or_a_formula_is_only_text(document: bytes):
    reader = PdfReader(io.BytesIO(document))
    text = text_of(reader)
    assert NASTY in text
    assert not any(page.annotations for page in reader.pages)
    assert not any(word in document for word in (b"/JavaScript", b"/JS ", b"/URI", b"/Launch", b"/EmbeddedFile"))


def test_nothing_is_loaded_from_disk_or_net(monkeypatch: pytest.MonkeyPatch, tmp_path):
    asked: list[str] = []
    load = QTextDocument.loadResource

    def noted(self: QTextDocument, kind: int, name: object) -> object:
        asked.append(name.toString())  # type: ignore[attr-defined]  # a QUrl
        return load(self, kind, name)  # type: ignore[arg-type]  # as above

    monkeypatch.setattr(QTextDocument, "loadResource", noted)
    picture = tmp_path / "secret.png"
    picture.write_bytes(b"")
    hostile = f'<img src="file://{picture}"><img src="http://127.0.0.1:9/x.png"><script>alert(1)</script>'
    text = text_of(read(replace(a_summary(), purpose=hostile)))
    assert "<script>alert(1)</script>" in text
    assert all(name.startswith("data:") for name in asked)


def test_names_are_out_unless_disclosed():
    assert "Rosa Example" not in text_of(read(a_summary()))
    disclosed = a_summary(names=NamesDisclosure(purpose="hand-over of the plan", recipient="Regional office"))
    text = text_of(read(disclosed))
    assert "Rosa Example" in text
    assert "hand-over of the plan" in text


def test_summary_of_an_empty_plan_is_a_document_too():
    empty = replace(
        a_summary(), columns=(), measures=(), next_days=(), charts=(), checkpoints=(), coverage=None, known_until=None
    )
    assert "not been mirrored yet" in text_of(read(empty))


def test_raster_that_is_handed_in_draws_the_charts():
    drawn: list[int] = []

    def raster(svg: str, width: int) -> bytes:
        drawn.append(width)
        return b""

    PdfExporter().render(a_summary(), raster=raster)
    assert drawn == [1100, 1100]


def test_it_says_what_it_is():
    exporter = PdfExporter()
    assert (exporter.key, exporter.title, exporter.suffix) == ("pdf", "PDF", ".pdf")


def test_table_that_goes_on_begins_every_page_with_its_head():
    pages = read(a_summary(cards=90)).pages
    boards = [page for page in pages if page.extract_text().count("Card ") > 10]
    assert len(boards) > 1
    for page in boards[1:]:
        assert "Pillar" in page.extract_text()


def test_the_short_form_is_one_page_however_much_there_is_and_letter_is_another_sheet():
    many = replace(
        a_summary(cards=90), extent=Extent.ONE_PAGE, paper=Paper.LETTER, measures=a_summary().measures * 4,
        risks=tuple(f"Risk {number}, in a sentence that takes a good part of a line of the page" for number in range(9)),
    )  # fmt: skip
    pages = read(many).pages
    assert len(pages) == 1
    assert [round(float(side)) for side in (pages[0].mediabox.width, pages[0].mediabox.height)] == [612, 792]


def test_the_same_summary_gives_the_same_bytes():
    assert PdfExporter().render(a_summary()) == PdfExporter().render(a_summary())
