"""Icons come from one set, follow the theme, and turn round where a layout does."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter

from workbench.ui import icons
from workbench.ui.actions import CORE
from workbench.ui.main_window import PAGES
from workbench.ui.theme import MEANING_ICONS, Theme, ThemeMode


def drawn(name: str, direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight) -> QImage:
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setLayoutDirection(direction)
    icons.draw(painter, name, QRect(0, 0, 32, 32), QColor("#000000"))
    painter.end()
    return image


@pytest.mark.parametrize(
    "name", sorted({spec.icon for spec in CORE} | {page.icon for page in PAGES} | set(MEANING_ICONS.values()))
)
def test_every_icon_named_by_an_action_page_or_meaning_exists(qapp, name: str):
    assert not icons.outline(name).isEmpty()


def test_outline_fits_its_box(qapp):
    box = icons.outline("gear").boundingRect()
    assert box.left() >= 0
    assert box.top() >= 0
    assert box.right() <= 1
    assert box.bottom() <= 1


def test_unknown_name_is_a_bug(qapp):
    with pytest.raises(KeyError):
        icons.outline("no-such-icon")


def test_arrow_turns_round_from_right_to_left(qapp):
    assert drawn("caret-right", Qt.LayoutDirection.RightToLeft) != drawn("caret-right")
    assert drawn("gear", Qt.LayoutDirection.RightToLeft) == drawn("gear")


def test_icon_follows_a_switch_of_theme(qapp, theme: Theme):
    icon = icons.icon("gear", theme, token="text")
    light = icon.pixmap(QSize(32, 32)).toImage()
    theme.set_mode(ThemeMode.DARK)
    assert icon.pixmap(QSize(32, 32)).toImage() != light
    assert QIcon(icon).pixmap(QSize(16, 16)).size() == QSize(16, 16)


def test_icon_without_room_is_nothing_and_no_complaint(qapp, theme: Theme):
    assert icons.icon("gear", theme).pixmap(QSize(20, -7)).isNull()


def test_icons_can_be_left_out_of_the_first_paint(qapp):
    icons.leave_out()
    try:
        blank = drawn("gear")
    finally:
        icons.draw_from_now()
    assert blank != drawn("gear")
    assert blank.pixelColor(16, 4).alpha() == 0


@pytest.mark.parametrize(("name", "turns"), [("caret-left", True), ("gear", False)])
def test_icons_of_buttons_turn_round_with_the_window(qapp, theme: Theme, name: str, turns: bool):
    size, made = QSize(16, 16), icons.icon(name, theme)
    plain = made.pixmap(size).toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    turned = made.pixmap(size).toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert (turned != plain) is turns
