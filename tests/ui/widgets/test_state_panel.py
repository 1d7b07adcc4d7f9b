"""A state in words with its buttons; details are copied, not shown."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.state_panel import Offer, Skeleton, StatePanel, StateWords, copy


def test_first_offer_is_primary_and_details_can_be_copied(qtbot, theme: Theme):
    panel, done = StatePanel(theme), []
    qtbot.addWidget(panel)
    offers = (Offer("Try again", lambda: done.append("again")), Offer("Quit", lambda: done.append("quit")))
    panel.show_words(StateWords("No space", ("The disk is full.",), "warning-circle", offers, "no_space"))
    buttons = {button.text(): button for button in panel.findChildren(QPushButton)}
    assert buttons["Try again"].property("kind") == "primary"
    assert buttons["Quit"].property("kind") == ""
    buttons["Quit"].click()
    buttons["Copy details"].click()
    assert done == ["quit"]
    assert QGuiApplication.clipboard().text() == "no_space"
    assert panel.accessibleName() == "No space"
    assert "no_space" not in {label.text() for label in panel.findChildren(QLabel)}


def test_new_words_replace_the_old(qtbot, theme: Theme):
    panel = StatePanel(theme)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_words(StateWords("First", (), "gear"))
    panel.show_words(StateWords("Second", (), "gear"))
    assert [label.text() for label in panel.findChildren(QLabel) if label.isVisible()] == ["Second"]


def test_the_icon_gives_way_where_there_is_no_room(qtbot, theme: Theme):
    page = QWidget()
    qtbot.addWidget(page)
    panel = StatePanel(theme)
    panel.setParent(page)
    panel.resize(600, 400)
    page.show()
    panel.show_words(StateWords("Roll up", ("One file a week, with counts and no names in it.",), "gear"))
    (icon,) = panel.findChildren(IconLabel)
    shown = []
    for height in (400, panel.sizeHint().height() - 10, 400):
        panel.resize(600, height)
        shown.append(icon.isVisible())
    assert shown == [True, False, True]


def test_skeleton_is_drawn_and_named(qtbot, theme: Theme):
    skeleton = Skeleton(theme)
    qtbot.addWidget(skeleton)
    skeleton.resize(400, 300)
    assert skeleton.grab().toImage().pixelColor(20, 22).name() == theme.tokens.line.lower()
    assert skeleton.accessibleName() == "Loading"


def test_copy_fills_the_clipboard(qapp):
    copy("words")
    assert QGuiApplication.clipboard().text() == "words"
