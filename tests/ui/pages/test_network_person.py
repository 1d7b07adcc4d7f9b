"""Network person: roles with their reasons, ties in the order of names, and the way to the person."""

from PySide6.QtCore import Qt

from tests.ui.pages.network_look import look
from workbench.ui.pages.network_person import NetworkPerson
from workbench.ui.theme import Theme

__all__ = ["look"]


def test_it_tells_roles_and_ties_and_leads_on(look, qtbot, theme: Theme):
    person = NetworkPerson(theme)
    qtbot.addWidget(person)
    person.show()
    person.show_person(look, 18, are_hidden=False)
    assert "Information brokers. On many" in person._roles.text()
    names = [person.list.rows.row_at(place).name for place in range(12)]
    assert names == sorted(names)
    chosen: list[int] = []
    opened: list[int] = []
    person.chosen.connect(chosen.append)
    person.opened.connect(opened.append)
    box = person.list.visualRect(person.list.rows.index(1))
    qtbot.mouseClick(person.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    person._open.click()
    assert (chosen, opened) == ([1], [18])
    person.show_person(look, 18, are_hidden=True)
    assert person._name.text() == "Somebody in Kabul"
    assert not person._open.isVisible()
