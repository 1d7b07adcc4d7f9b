"""Network side: sets by name with their counts and rule; a chosen set says who stands out."""

from PySide6.QtCore import Qt

from tests.ui.pages.network_look import look
from workbench.metrics.roles import Role
from workbench.ui.pages.network_data import everybody
from workbench.ui.pages.network_side import NetworkSide
from workbench.ui.theme import Theme

__all__ = ["look"]


def test_a_set_is_chosen_by_keyboard_and_tells_who_is_in_it(look, qtbot, theme: Theme):
    side = NetworkSide(theme)
    qtbot.addWidget(side)
    side.show()
    told: list = []
    side.set_changed.connect(told.append)
    side.show_network(look, everybody(look, are_hidden=False))
    assert side.sets.rows.row_at(0).name == "Everybody · 19"
    assert (told, side.list.rows.rowCount()) == ([()], 19)
    side.sets.setFocus()
    for _ in range(3):
        qtbot.keyClick(side.sets, Qt.Key.Key_Down)
    assert side.role is Role.BROKER
    assert told[-1] == (18,)
    assert side.list.rows.row_at(0).words.startswith("On many of the shortest ways")
    side.hide_names(are_hidden=True)
    assert side.list.rows.row_at(0).name == "Somebody in Kabul"
    side.choose(None)
    assert side.list.rows.row_at(0).name == "Somebody in Dakar"
    side.filter.setText("lima")
    assert side.list.rows.rowCount() == 6
