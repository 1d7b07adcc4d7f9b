"""Cards as they are drawn: heights that follow from words and width, states that differ, both directions."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from tests.ui.plan_samples import an_item
from workbench.models.kinds import CardKind, Pillar
from workbench.ui.qt_models.card_item import CardItem
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.card_delegate import CardDelegate, write

LONG = "Invite two partner NOGs to the next call and ask them what they would bring to it"


def a_card(**fields) -> CardItem:
    return an_item("a", **({"owner": "Amina Example", "hours": 1.5, "pillar": Pillar.LIBRARY} | fields))


def drawn(delegate: CardDelegate, item: CardItem, *, width: int = 340, **state) -> QImage:
    image = QImage(width, 140, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    flags = {"is_selected": False, "has_focus": False, "is_under_mouse": False, "turned": False} | state
    with QPainter(image) as painter:
        delegate.draw_card(painter, QRect(0, 0, width, delegate.height_of(item, width) - 8), item, **flags)
    return image


def test_height_follows_from_lines_and_rows(theme: Theme):
    delegate = CardDelegate(theme)
    short, long = a_card(title="Ask"), a_card(title=LONG)
    assert delegate.height_of(long, 340) > delegate.height_of(short, 340)
    # Narrow cards put pillar and day in two rows, unless there is no pillar.
    assert delegate.height_of(short, 220) > delegate.height_of(short, 340)
    assert delegate.height_of(a_card(title="Ask", pillar=None), 220) == delegate.height_of(short, 340)


def test_what_few_cards_have_takes_a_row_more(theme: Theme):
    delegate = CardDelegate(theme)
    plain, promise = a_card(title="Ask"), a_card(title="Ask", kind=CardKind.COMMITMENT, promised_to="Luis Ejemplo")
    assert delegate.height_of(promise, 340) > delegate.height_of(plain, 340)
    assert drawn(delegate, promise) != drawn(delegate, a_card(title="Ask", kind=CardKind.COMMITMENT))


def test_numbers_stay_before_their_words_where_all_is_mirrored(theme: Theme):
    pictures = []
    for direction in Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft:
        image = QImage(120, 30, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            painter.setFont(theme.font(12))
            painter.setLayoutDirection(direction)
            write(painter, image.rect(), "2 of 5 days", to_right=False)
        pictures.append(image)
    assert pictures[0] == pictures[1]


def test_height_grows_with_the_text_size(theme: Theme):
    delegate = CardDelegate(theme)
    before = delegate.height_of(a_card(title="Ask"), 600)
    theme.set_text_scale(1.5)
    assert delegate.height_of(a_card(title="Ask"), 600) > before * 1.3


def test_every_state_looks_different(theme: Theme):
    delegate = CardDelegate(theme)
    pictures = [
        drawn(delegate, a_card()),
        drawn(delegate, a_card(), is_under_mouse=True),
        drawn(delegate, a_card(), is_selected=True),
        drawn(delegate, a_card(), is_selected=True, has_focus=True),
        drawn(delegate, a_card(), turned=True),
        drawn(delegate, a_card(has_conflict=True)),
        drawn(delegate, a_card(), width=220),
    ]
    delegate.lifted = frozenset({"a"})
    pictures.append(drawn(delegate, a_card()))
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[:place])


def test_colours_follow_the_theme(theme: Theme):
    delegate = CardDelegate(theme)
    light = drawn(delegate, a_card())
    theme.set_mode(ThemeMode.DARK)
    assert drawn(delegate, a_card()) != light


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("title", ["اسأل خمس مدارس عن صور", "整理十份最常用的文件", "🚰 Pump " * 20, LONG])
@pytest.mark.parametrize("width", [60, 150, 312, 700])
def test_every_script_and_width_can_be_drawn(theme: Theme, title, width, turned):
    delegate = CardDelegate(theme)
    assert not drawn(delegate, a_card(title=title), width=width, turned=turned).isNull()
