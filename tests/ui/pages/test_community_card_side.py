"""About this community, from its dashboard: a red button, an edit, its way back."""

from PySide6.QtWidgets import QScrollArea, QToolButton

from tests.ui.conftest import WATER
from tests.ui.settled import settle
from workbench.models.kinds import CommunityType
from workbench.queries.community_card import community_card


def test_a_coordinator_is_given_taken_back_and_given_again(qtbot, window, context, filled, water_id):
    context.open_page("dashboard", int(water_id))
    settle(qtbot, context.jobs)
    page = window.page()
    about = page.about
    assert (about.missing.isVisible(), about.button.isVisible(), page.inspector()) == (True, False, None)
    about.missing.click()
    assert page.inspector() is about.panel
    assert about.missing.isHidden()
    (fields,) = about.panel.findChildren(QScrollArea)
    cross = next(one for one in about.panel.findChildren(QToolButton) if one.accessibleName() == "Close")
    assert not fields.isAncestorOf(cross), "it stays while the fields scroll"
    told: list[tuple[str, str]] = []
    context.told.connect(lambda words, action: told.append((words, action)))
    about.panel.coordinator.setText("Amina Example")
    about.panel.coordinator.left.emit()
    about.panel.choices["type"].setCurrentIndex(1)
    settle(qtbot, context.jobs)

    assert told[0] == (f"Saved: “Coordinator” of {WATER}.", "edit.undo")

    def stored() -> tuple[str, CommunityType | None]:
        with filled.database.read() as reader:
            card = community_card(reader, water_id)
        return card.coordinator, card.type

    practice, team = CommunityType.COMMUNITY_OF_PRACTICE, CommunityType.PROJECT_TEAM
    assert stored() == ("Amina Example", team)
    for step, expected in (
        (page.undo, ("Amina Example", practice)),
        (page.undo, ("", practice)),
        (page.redo, ("Amina Example", practice)),
    ):
        step()
        settle(qtbot, context.jobs)
        assert stored() == expected
    qtbot.waitUntil(lambda: about.panel.coordinator.text() == "Amina Example")
    settle(qtbot, context.jobs)
    assert page.go_back()
    assert (page.inspector(), about.button.isVisible(), about.missing.isVisible()) == (None, True, False)
    # Several communities have no card of their own.
    context.set_scope(())
    qtbot.waitUntil(about.button.isHidden)
    assert about.missing.isHidden()
