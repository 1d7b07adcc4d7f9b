"""Tools of the network page: little room, the table, colours and names, and acts for the menu."""

import pytest
from PySide6.QtWidgets import QHBoxLayout

from workbench.ui.pages.network_data import ColourBy
from workbench.ui.pages.network_files import NetworkFiles
from workbench.ui.pages.network_tools import NetworkTools


@pytest.fixture
def tools(context, ground) -> NetworkTools:
    return NetworkTools(context, NetworkFiles(context, ground), QHBoxLayout(ground), ground)


def test_little_room_moves_words_to_where_one_points(context, tools: NetworkTools):
    tools.set_narrow(is_narrow=True)
    assert (tools.hide.text(), tools.hide.toolTip()) == ("", "Hide names")
    context.set_shows_tables(shows=True)
    tools.show_tables()
    tools.set_narrow(is_narrow=False)
    assert (tools.table.text(), tools.table.toolTip(), tools.table.isChecked()) == ("Show as picture", "", True)


def test_colours_and_names_are_told(qtbot, tools: NetworkTools):
    assert tools.by is ColourBy.GROUP
    with qtbot.waitSignal(tools.coloured):
        tools.colours.setCurrentIndex(1)
    assert tools.by is ColourBy.OFFICE
    with qtbot.waitSignal(tools.hidden) as told:
        tools.hide.click()
    assert told.args == [True]


def test_menu_acts_only_while_the_page_is_shown(context, tools: NetworkTools):
    asked: list[str] = []
    tools.bind(show_all=lambda: asked.append("all"))
    tools.enable(is_shown=True)
    assert context.actions.trigger("network.all")
    tools.enable(is_shown=False)
    assert not context.actions.action("network.all").isEnabled()
    assert asked == ["all"]
