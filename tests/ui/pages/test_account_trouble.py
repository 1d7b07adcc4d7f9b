"""What did not work, in words with ways on."""

from PySide6.QtWidgets import QVBoxLayout

from workbench.ui.pages.account_trouble import TroubleView
from workbench.ui.pages.account_words import Trouble


def test_the_first_way_on_is_the_primary_one_and_older_ones_go(qtbot, theme, ground):
    done = []
    view = TroubleView(theme)
    QVBoxLayout(ground).addWidget(view)
    view.show_trouble(Trouble("Refused", ("All is kept.", "Start again."), "sign_in"), [("Old", done.clear)])
    view.show_trouble(
        Trouble("Refused", ("All is kept.", "Start again."), "sign_in"),
        [("Start again", lambda: done.append("again")), ("Later", lambda: done.append("later"))],
    )
    assert [(button.text(), button.property("kind")) for button in view.buttons] == [
        ("Start again", "primary"), ("Later", "")
    ]  # fmt: skip
    for button in view.buttons:
        button.click()
    assert done == ["again", "later"]
    assert (view.accessibleName(), view.said.text()) == ("Refused", "All is kept. Start again.")
