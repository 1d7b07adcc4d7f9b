"""Tokens hold their contrast in both themes, and a switch reaches a window already open."""

from string import Template

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from workbench.ui.style_sheet import STYLE_SHEET
from workbench.ui.theme import DARK, GRAPHIC_PAIRS, LIGHT, TEXT_PAIRS, Meaning, Theme, ThemeMode, Tokens, contrast
from workbench.ui.widgets.choices import TickDelegate

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


@BOTH
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_words_stand_out_four_and_a_half_to_one(tokens: Tokens, ink: str, ground: str):
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(("mark", "ground"), GRAPHIC_PAIRS)
def test_graphics_stand_out_three_to_one(tokens: Tokens, mark: str, ground: str):
    assert contrast(getattr(tokens, mark), getattr(tokens, ground)) >= 3


def test_contrast_of_black_on_white_is_twenty_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_every_meaning_has_words_and_ground():
    for meaning in Meaning:
        assert LIGHT.of(meaning).isValid()
        assert DARK.soft(meaning).isValid()


def test_style_sheet_names_only_known_tokens(theme: Theme):
    assert "$" not in theme.style_sheet()
    assert set(Template(STYLE_SHEET).get_identifiers()) >= {"surface", "accent", "body"}


def test_switching_the_mode_restyles_an_open_window(qtbot, theme: Theme):
    root = QWidget()
    qtbot.addWidget(root)
    theme.dress(root)
    before = root.styleSheet()
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(ThemeMode.DARK)
    assert theme.is_dark
    assert root.styleSheet() != before
    assert theme.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
@pytest.mark.parametrize("made", [QCheckBox, QListWidget])
def test_a_box_that_is_not_ticked_can_be_seen(qtbot, theme: Theme, mode: ThemeMode, made: type[QWidget]):
    theme.set_mode(mode)
    root = QWidget()
    qtbot.addWidget(root)
    theme.dress(root)
    box = made(root)
    if isinstance(box, QListWidget):
        item = QListWidgetItem("")
        item.setCheckState(Qt.CheckState.Unchecked)
        box.addItem(item)
        box.setItemDelegate(TickDelegate(theme, box))
    box.resize(60, 40)
    root.show()
    image = box.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(40) for y in range(image.height())}
    assert max(contrast(colour, theme.tokens.surface) for colour in seen) >= 3


def test_text_size_is_kept_between_80_and_200_percent(theme: Theme):
    theme.set_text_scale(5)
    assert theme.px(12) == 24
    theme.set_text_scale(0.1)
    assert theme.px(10) == 8
