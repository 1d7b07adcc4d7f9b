"""HtmlView loads nothing and follows nothing, not even what the sanitiser never saw."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, QPixmap, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from workbench.ui.message_parts import parts_of
from workbench.ui.sanitiser import clean_html
from workbench.ui.theme import Theme
from workbench.ui.widgets.html_view import HtmlView

RED = QColor(255, 0, 0)


@pytest.fixture
def red_file(tmp_path: Path) -> Path:
    path = tmp_path / "red.png"
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(RED)
    assert picture.save(str(path))
    return path


@pytest.fixture
def view(theme: Theme, ground: QWidget) -> HtmlView:
    made = HtmlView(theme)
    made.setParent(ground)
    made.resize(400, 300)
    made.show()
    return made


def red_pixels(widget: QWidget) -> int:
    picture: QPixmap = widget.grab()
    image = picture.toImage()
    return sum(image.pixelColor(x, y) == RED for x in range(0, image.width(), 4) for y in range(0, image.height(), 4))


def bodies(red: Path) -> list[str]:
    data = "data:image/bmp;base64,Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAD/AA=="
    addresses = [red.as_uri(), str(red), red.name, data, f"qrc:{red}", "http://127.0.0.1:9/red.png"]
    return [
        *(f'<img width=40 height=40 src="{address}">' for address in addresses),
        *(f'<body background="{address}">x</body>' for address in addresses),
        *(f'<link rel=stylesheet href="{address}">x' for address in addresses),
        *(f"<style>@import url({address}); body {{ background-image: url({address}) }}</style>x" for address in addresses),
        *(f'<p style="background-image:url({address})">x</p>' for address in addresses),
        *(f'<ul style="list-style-image:url({address})"><li>x</li></ul>' for address in addresses),
    ]  # fmt: skip


def test_the_check_sees_a_picture_where_one_is_loaded(qtbot, red_file: Path, ground: QWidget):
    ordinary = QTextBrowser(ground)
    ordinary.resize(400, 300)
    ordinary.setHtml(f'<img src="{red_file.as_uri()}">')
    ordinary.show()
    assert red_pixels(ordinary) > 0


def test_nothing_is_loaded_even_without_the_sanitiser(view: HtmlView, red_file: Path, monkeypatch):
    monkeypatch.chdir(red_file.parent)
    for body in bodies(red_file):
        view.document().setBaseUrl(QUrl.fromLocalFile(f"{red_file.parent}/"))
        view.show_html(body)
        assert red_pixels(view) == 0, body


def test_every_address_holds_an_empty_picture_and_no_style(view: HtmlView, red_file: Path):
    picture, style = QTextDocument.ResourceType.ImageResource.value, QTextDocument.ResourceType.StyleSheetResource.value
    for address in (red_file.as_uri(), str(red_file), "http://example.org/x.png", "data:text/css,p{}", "red.png"):
        for asked in (view.document().resource, view.loadResource):
            found = asked(picture, QUrl(address))
            assert (found.width(), found.height(), found.pixelColor(0, 0).alpha()) == (1, 1, 0)
            assert asked(style, QUrl(address)) is None


def test_no_link_is_followed(qtbot, view: HtmlView, red_file: Path):
    view.show_html(f'<p>Words</p><a href="{red_file.as_uri()}">a</a>')
    view.setSource(QUrl(red_file.as_uri()))
    assert view.toPlainText().startswith("Words")
    with qtbot.waitSignal(view.link_wanted) as asked:
        view.anchorClicked.emit(QUrl("https://example.org/x"))
    assert asked.args[0] == "https://example.org/x"
    assert view.toPlainText().startswith("Words")


def test_plain_text_is_never_markup(view: HtmlView):
    text = "<b>bold</b> <img src=x> &amp; <script>alert(1)</script>"
    view.show_parts(parts_of(text), opened=frozenset())
    assert view.toPlainText() == text


def test_links_in_plain_text_are_shown_as_written(view: HtmlView):
    view.show_parts(parts_of("see https://example.org/x now"), opened=frozenset())
    assert 'href="https://example.org/x"' in view.toHtml()
    assert view.toPlainText() == "see https://example.org/x now"


def test_long_quotes_open_and_close(qtbot, view: HtmlView):
    parts = parts_of("Own words\n" + "> quoted\n" * 9)
    view.show_parts(parts, opened=frozenset())
    assert view.toPlainText() == "Own words\nShow 9 quoted lines"
    with qtbot.waitSignal(view.fold_wanted) as asked:
        view.anchorClicked.emit(QUrl("fold:1"))
    assert asked.args == ["1"]
    view.show_parts(parts, opened=frozenset({1}))
    assert "Hide 9 quoted lines" in view.toPlainText()
    assert view.toPlainText().count("quoted\n") >= 8


def test_a_link_of_ours_cannot_come_from_a_message(view: HtmlView):
    assert "fold:" not in clean_html('<a href="fold:0">x</a>').html


def test_found_words_are_marked_also_behind_wide_letters(view: HtmlView):
    view.show_parts(parts_of("😀😀 pump and pumps"), opened=frozenset())
    view.highlight(("pump",))
    assert [mark.cursor.selectedText() for mark in view.extraSelections()] == ["pump", "pump"]


def test_height_grows_as_width_shrinks(view: HtmlView):
    view.show_parts(parts_of("word " * 200), opened=frozenset())
    assert view.height_for(200) > view.height_for(600) > 20


def test_arabic_runs_from_the_right(view: HtmlView):
    view.show_parts(parts_of("مرحبا بالعالم\n\nHello"), opened=frozenset())
    first = view.document().firstBlock()
    assert first.textDirection().name == "RightToLeft"
    assert first.next().textDirection().name == "LeftToRight"
