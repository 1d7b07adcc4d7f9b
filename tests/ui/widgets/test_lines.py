"""Text broken into lines: nothing is lost, nothing is wider than its room, signs beyond 16 bits stay whole."""

import pytest
from PySide6.QtGui import QFontMetrics

from workbench.ui.theme import Theme
from workbench.ui.widgets.lines import LinesLabel, broken

LONG = "Every field question on vaccine storage is answered by someone who has done it"


def test_short_text_is_one_line(theme: Theme):
    assert broken("Ask", theme.font(), width=200, most=2) == ("Ask",)
    assert broken("", theme.font(), width=200, most=2) == ("",)


def test_last_line_ends_in_an_ellipsis_only_when_it_has_to(theme: Theme):
    two = broken(LONG, theme.font(), width=220, most=2)
    assert len(two) == 2
    assert two[-1].endswith("…")
    many = broken(LONG, theme.font(), width=220, most=9)
    assert " ".join(many) == LONG


@pytest.mark.parametrize(
    "text", [LONG, "🚰" * 60, "اسأل خمس مدارس عن صور للمضخات اليدوية بعد الإصلاح", "整" * 80, "x" * 200]
)
def test_every_line_fits_and_no_sign_is_torn(theme: Theme, text):
    font = theme.font()
    lines = broken(text, font, width=180, most=3)
    assert all(QFontMetrics(font).horizontalAdvance(line) <= 184 for line in lines)
    "".join(lines).encode("utf-8")


def test_label_grows_to_its_lines_and_shows_the_rest_on_hover(ground, theme: Theme):
    label = LinesLabel(theme)
    label.setParent(ground)
    label.resize(200, 60)
    label.set_text("Short")
    one = label.sizeHint().height()
    label.set_text(LONG)
    assert label.sizeHint().height() == 2 * one
    assert label.toolTip() == LONG
    assert label.accessibleName() == LONG
    label.resize(2000, 60)
    label.show()
    assert label.lines == (LONG,)
    assert label.toolTip() == ""
    assert not label.grab().isNull()
