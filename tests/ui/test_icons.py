"""Icons come from one set, follow the theme, and turn round where a layout does."""

import ast
from collections.abc import Iterator
from pathlib import Path

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


def named_in(tree: ast.Module) -> Iterator[str]:
    """Icons a module names: by a keyword that says so, as an `IconLabel`, in a table called ICON…, as `ICON` of a page."""
    for node in ast.walk(tree):
        found: list[ast.expr] = []
        if isinstance(node, ast.Call):
            found = [word.value for word in node.keywords if word.arg == "icon" or (word.arg or "").endswith("_icon")]
            if isinstance(node.func, ast.Name) and node.func.id == "IconLabel":
                found += node.args[:1]
            if isinstance(node.func, ast.Name) and node.func.id == "Offer":
                found += node.args[2:3]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Name) and "ICON" in one.id for one in targets) and node.value is not None:
                found = list(node.value.values) if isinstance(node.value, ast.Dict) else [node.value]
        yield from (
            one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value
        )


def test_every_icon_a_module_names_exists(qapp):
    unknown: list[tuple[str, str]] = []
    for path in sorted((Path(icons.__file__).parent).rglob("*.py")):
        for name in named_in(ast.parse(path.read_text(encoding="utf-8"))):
            try:
                icons.outline(name)
            except KeyError:
                unknown.append((path.name, name))
    assert unknown == []


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
