"""The raster: SVG text becomes a small PNG on white, with letters in it, whoever's application runs."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from tests.export.samples import a_summary
from workbench.export.charts import line_chart
from workbench.ui.raster import gui_application, svg_to_png

RED = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect x="20" width="20" height="20" fill="#f00"/></svg>'


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """One application for all tests: Qt bears no second."""


def image(png: bytes) -> QImage:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    found = QImage.fromData(png, "PNG")  # type: ignore[arg-type, call-overload, unused-ignore]  # bytes are what Qt takes
    assert not found.isNull()
    return found


def test_picture_has_the_width_asked_for_and_keeps_its_shape():
    picture = image(svg_to_png(RED, 400))
    assert (picture.width(), picture.height()) == (400, 200)


def test_what_is_not_drawn_is_white():
    picture = image(svg_to_png(RED, 40))
    assert QColor(picture.pixel(5, 10)) == QColor("white")
    assert QColor(picture.pixel(35, 10)) == QColor("red")


def test_chart_is_small_and_holds_letters_and_a_line():
    chart = a_summary().charts[0]
    png = svg_to_png(line_chart(chart), 1100)
    assert len(png) < 40_000
    picture = image(png)
    dark = sum(QColor(picture.pixel(x, y)).lightness() < 100 for x in range(0, 300, 2) for y in range(0, 40, 2))
    assert dark > 30


def test_letters_of_every_script_are_drawn_differently():
    shapes = {
        svg_to_png(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30"><text x="2" y="20">{text}</text></svg>',
            160,
        )
        for text in ("water", "مياه", "饮水", "вода")
    }
    assert len(shapes) == 4


def test_svg_without_a_shape_becomes_a_white_picture():
    picture = image(svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>', 10))
    assert QColor(picture.pixel(5, 5)) == QColor("white")


def test_title_of_a_chart_cannot_name_a_picture(tmp_path: Path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(svg_to_png(RED, 40))
    chart = replace(a_summary().charts[0], title=f'<image xlink:href="{secret}" width="40" height="20"/>')
    assert "<image" not in line_chart(chart)
    picture = image(svg_to_png(line_chart(chart), 640))
    assert not any(QColor(picture.pixel(x, 10)) == QColor("red") for x in range(640))


def test_running_application_is_used(qapp: QApplication):
    assert gui_application() is qapp
