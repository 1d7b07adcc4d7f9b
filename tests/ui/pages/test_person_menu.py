"""Who is shown, and the menu of lists: every choice is there once, and says what it is."""

from workbench.queries.member_filter import MemberFilter
from workbench.ui.pages.person_list_data import PeopleList
from workbench.ui.pages.person_menu import NOBODY, WHERE, WhereButton, lists_button
from workbench.ui.theme import Theme


def test_a_choice_is_told_once_and_named(qtbot, qapp, theme: Theme):
    button = WhereButton(theme)
    qtbot.addWidget(button)
    assert list(WHERE) == list(NOBODY) == list(MemberFilter)
    with qtbot.waitSignal(button.chosen):
        button.menu().actions()[1].trigger()
    assert button.where is MemberFilter.EXTERNAL
    assert "external" in button.accessibleName()
    assert button.text() == "External"
    with qtbot.assertNotEmitted(button.chosen):
        button.choose(MemberFilter.EXTERNAL)


def test_every_list_can_be_opened(qtbot, qapp, theme: Theme):
    found: list[PeopleList] = []
    exported: list[bool] = []
    button = lists_button(theme, wanted=found.append, export=lambda: exported.append(True))
    qtbot.addWidget(button)
    assert (button.text(), button.accessibleName()) == ("Lists", "Lists of people")
    for action in button.menu().actions():
        action.trigger()
    assert (found, exported) == (list(PeopleList), [True])
