"""What the Plans page says where there is no plan to show."""

from workbench.ids import CommunityId
from workbench.ui.pages.plan_data import PlansData
from workbench.ui.pages.plan_states import first_plan, none_here


def test_each_state_offers_the_steps_that_lead_out_of_it():
    done: list[str] = []
    first = first_plan(new=lambda: done.append("new"), receive=lambda: done.append("receive"))
    data = PlansData((), None, scope=(CommunityId(1),), where="Water in schools")
    here = none_here(data, new=lambda: done.append("new"), show_all=lambda: done.append("all"))
    for words in (first, here):
        for offer in words.offers:
            offer.act()
    assert done == ["new", "receive", "new", "all"]
    assert here.title == "No plan for Water in schools"
