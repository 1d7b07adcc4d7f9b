"""What leaves with a card: a picture that says whose numbers it has, and the table; nothing while there is none."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.take_along import TakeMenu, Taken


def test_picture_and_table_are_made_for_leaving_and_the_card_stays_as_it_is(qtbot, ground: QWidget, theme: Theme):
    card, told, saved = Card("How people talk"), list[str](), list[Taken]()
    card.setParent(ground)
    card.resize(300, 60)
    card.show()
    taken: list[Taken] = []
    menu = TakeMenu(theme, card, taken=lambda: taken[0] if taken else None, told=told.append, saved=saved.append)
    QGuiApplication.clipboard().setText("before")
    for act in menu.menu.actions():
        act.trigger()
    assert (QGuiApplication.clipboard().text(), told, saved) == ("before", [], [])
    taken.append(
        Taken("How people talk", ("Water · May 2024", "known"), "a,b\r\n", lambda: PlainLabel("1"), "talk", "Few.")
    )
    picture, table, file = menu.menu.actions()
    table.trigger()
    assert QGuiApplication.clipboard().text() == "a,b\r\n"
    picture.trigger()
    image = QGuiApplication.clipboard().image()
    assert image.height() > card.height()
    assert image.width() == theme.px(720) * image.devicePixelRatio(), "no narrower than can be read"
    file.trigger()
    assert (told, saved) == (["Copied as CSV. Few.", "Copied as picture. Few."], taken)
    # By keyboard, and with a name of its own.
    assert menu.button.accessibleName() == "How people talk: copy, save"
    assert menu.button.focusPolicy() is Qt.FocusPolicy.StrongFocus
