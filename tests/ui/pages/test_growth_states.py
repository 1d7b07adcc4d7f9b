"""What the growth page says without people: before anything is here, and of a web site."""

from workbench.ui.pages.growth_states import about_site, first_use


def test_the_first_step_is_offered_and_a_site_leads_to_its_views(context):
    words = first_use(context.actions)
    assert [offer.title for offer in words.offers] == [
        "Import a mailing list",
        "Add an account",
        "Use the sample network",
    ]
    wanted = []
    context.page_wanted.connect(lambda key, _argument: wanted.append(key))
    about_site(context).offers[0].act()
    assert wanted == ["dashboard"]
