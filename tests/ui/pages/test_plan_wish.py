"""A wish for a plan: what is needed is refused with one line that says why it matters."""

from tests.ui.plan_samples import TODAY
from workbench.ui.pages.plan_measures import Chosen
from workbench.ui.pages.plan_wish import WHY, Offers, PlanWish


def test_every_refusal_says_why_it_matters_in_one_line():
    for name in ("name", "purpose", "owner", "measures"):
        assert WHY[name].startswith("A plan needs")
        assert "\n" not in WHY[name]


def test_a_wish_needs_no_more_than_the_least():
    wish = PlanWish("Safe water", None, "Every pump runs", "Amina Example", (Chosen("reply_rate", None),), TODAY)
    assert (wish.template, wish.cards, wish.objectives, dict(wish.charter)) == (None, (), (), {})
    assert Offers({}).plans == ()
