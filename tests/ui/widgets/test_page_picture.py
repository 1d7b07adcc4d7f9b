"""Pages of a document: turned by buttons and keys, never past their ends."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from workbench.ui.theme import Theme
from workbench.ui.widgets.page_picture import PagePicture


def pages(count: int) -> tuple[QImage, ...]:
    images = []
    for shade in range(count):
        image = QImage(100, 141, QImage.Format.Format_RGB32)
        image.fill(shade)
        images.append(image)
    return tuple(images)


def test_pages_are_turned_by_buttons_and_keys_and_stop_at_their_ends(qtbot, theme: Theme):
    picture = PagePicture(theme)
    qtbot.addWidget(picture)
    drawn = pages(3)
    picture.show_pages(drawn, count=3)
    assert (picture.shown, picture._words.text()) == (drawn[0], "Page 1 of 3")
    qtbot.mouseClick(picture._on, Qt.MouseButton.LeftButton)
    assert picture.shown is drawn[1]
    qtbot.keyClick(picture, Qt.Key.Key_PageDown)
    qtbot.keyClick(picture, Qt.Key.Key_PageDown)
    assert (picture.shown, picture._on.isEnabled()) == (drawn[2], False)
    qtbot.keyClick(picture, Qt.Key.Key_PageUp)
    assert picture._words.text() == "Page 2 of 3"


def test_one_page_needs_no_turning_and_none_shows_an_empty_sheet(qtbot, theme: Theme):
    picture = PagePicture(theme)
    qtbot.addWidget(picture)
    picture.show_pages(pages(1), count=1)
    assert (picture._words.text(), picture._on.isHidden()) == ("One page", True)
    picture.show_pages((), count=0)
    assert picture.shown is None
    assert not picture.grab().isNull()
