"""What the palette finds: a card by its title, people by name or by what else is known, which is then said."""

from tests.ui.pages.asked import fill
from tests.ui.plan_samples import a_plan
from workbench.plans.drafts import CardDraft
from workbench.ui.pages.card_seed import CardPlace
from workbench.ui.palette_found import found_entries
from workbench.workspace import Workspace


def test_cards_and_people_are_found_and_say_what_they_are(workspace: Workspace):
    fill(workspace)
    plan_id = a_plan(workspace, cards=(CardDraft("Write to Office 2"),))
    opened: list[tuple[str, object]] = []
    card, *people = found_entries(workspace.database, "office 2", lambda *place: opened.append(place))
    assert (card.title, card.kind) == ("Write to Office 2", "Card, Safe water")
    assert {(entry.title, entry.kind) for entry in people} == {
        ("Person 2 Example", "Person, by place, tag or hashtag"),
        ("Person 5 Example", "Person, by place, tag or hashtag"),
    }
    card.run()
    ((page, place),) = opened
    assert (page, type(place), place.plan_id) == ("plans", CardPlace, plan_id)
    (named,) = found_entries(workspace.database, "person 5", opened.append)
    assert named.kind == "Person"
