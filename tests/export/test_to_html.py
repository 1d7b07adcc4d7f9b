"""The HTML page shows the facts, loads nothing and runs nothing."""

from html.parser import HTMLParser

from typing_extensions import override

from tests.export.samples import a_summary
from workbench.export.summary import NamesDisclosure
from workbench.export.to_html import HtmlExporter, print_page


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.sources: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.sources += [value or "" for name, value in attrs if name in {"src", "href", "onclick", "onload"}]

    @override
    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(document: bytes) -> Page:
    page = Page()
    page.feed(document.decode())
    return page


def test_the_page_holds_purpose_board_measures_charts_coverage_and_date() -> None:
    page = read(HtmlExporter().render(a_summary()))
    text = " ".join(page.words)
    for fact in ("مياه آمنة", "安全饮水", "71", "39 of 55", "fewer than 5 people", "known until 13 May 2026", "14 May 2026, 07:30 UTC",
                 "Day 60", "day 37 of 90", "not known", "late", "Card 0 <b>bold</b> & more"):  # fmt: skip
        assert fact in text, fact
    assert page.tags.count("svg") == 2


def test_nothing_is_loaded_and_no_text_becomes_markup() -> None:
    page = read(HtmlExporter().render(a_summary()))
    assert page.sources == []
    assert not {"script", "img", "link", "iframe", "b"} & set(page.tags)


def test_names_are_left_out_unless_a_purpose_and_a_recipient_are_named() -> None:
    assert "Names of card owners, sponsor and role holders are left out" in HtmlExporter().render(a_summary()).decode()
    named = HtmlExporter().render(a_summary(names=NamesDisclosure("hand-over", "the sponsor"))).decode()
    assert "for the sponsor, because: hand-over" in named


def test_the_print_page_embeds_its_charts_as_pictures() -> None:
    page = print_page(a_summary(), raster=lambda svg, width: svg[:4].encode() + str(width).encode(), pixels=7)
    assert page.count("data:image/png;base64,") == 2


def test_owners_of_cards_stay_at_home_by_default() -> None:
    assert "Rosa Example" not in HtmlExporter().render(a_summary()).decode()
    assert "Rosa Example" in HtmlExporter().render(a_summary(names=NamesDisclosure("audit", "HQ"))).decode()
