"""The list of platforms: chosen by a button, with what each cannot show."""

from PySide6.QtWidgets import QVBoxLayout

from tests.ui.pages.account_parts import SITE
from workbench.ui.pages.account_choose import PlatformList


def test_a_platform_is_chosen_by_its_button_and_tells_what_it_cannot_show(qtbot, theme, ground):
    view = PlatformList(theme)
    QVBoxLayout(ground).addWidget(view)
    view.show_platforms([SITE])
    view.show_platforms([SITE])
    view.show()
    (row,) = view.rows
    assert row.button.accessibleName() == "Choose Site"
    assert not row.limits.isVisible()
    row.limits_button.click()
    assert row.limits.isVisible()
    with qtbot.waitSignal(view.chosen) as chosen:
        row.button.click()
    assert chosen.args == [SITE]
    view.take_focus()
    assert row.button.hasFocus() or not view.isActiveWindow()
