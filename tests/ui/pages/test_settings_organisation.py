"""One's own organisation: proposed while nothing is said, taken with a click or typed."""

from tests.ui.pages.settings_page import made_page
from workbench.operations.people import set_facts
from workbench.queries.members import list_members
from workbench.queries.own_organisations import own_organisations
from workbench.queries.people_own import OwnFacts
from workbench.ui.context import Context


def test_the_proposal_is_taken_and_others_are_typed(qtbot, filled, context: Context):
    with context.workspace.database.read() as reader:
        (person,) = list_members(reader, (), limit=1)
    set_facts(context.workspace, person_id=person.person_id, facts=OwnFacts(organisation="Example trust"))
    page = made_page(qtbot, context)
    card = page._organisation

    def kept() -> tuple[str, ...] | None:
        with context.workspace.database.read() as reader:
            return own_organisations(reader)

    assert card._taker.text() == "Take “Example trust”, which most people have"
    card._taker.click()
    qtbot.waitUntil(lambda: kept() == ("Example trust",))
    qtbot.waitUntil(card._taker.isHidden)
    card._names.setText("Example trust; Middle trust;")
    card._names.editingFinished.emit()
    qtbot.waitUntil(lambda: kept() == ("Example trust", "Middle trust"))
    qtbot.waitUntil(lambda: card._names.text() == "Example trust; Middle trust")
