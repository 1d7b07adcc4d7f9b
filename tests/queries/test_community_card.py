"""Community cards as they are read: own words beside the platform's, and who leads."""

from datetime import UTC, datetime

from tests.queries.network import START, a_member, a_message
from workbench.notes.community_cards import CommunityCardStore
from workbench.queries.community_card import community_cards, coordinated_ids, leaders_by_community, talks_since
from workbench.queries.frames_plans import coordination


def test_cards_stand_by_name_and_know_who_leads(network):
    water, cold = network.community("Water", description="Of the platform"), network.community("cold chain")
    network.apply(water, a_member("amina", role="Moderator"), a_member("bruno", role="driver"), a_message("m1"))
    network.apply(cold, a_message("c1", by="chidi", hours=5))
    with network.read() as reader:
        cards = community_cards(reader, ())
        assert [(card.name, card.leaders, card.has_coordinator) for card in cards] == [
            ("cold chain", (), False),
            ("Water", ("Amina Example",), True),
        ]
        assert (cards[1].description, cards[1].purpose) == ("Of the platform", "")
        assert leaders_by_community(reader, (cold,)) == {}
        assert coordinated_ids(reader) == {water}
        assert coordination(reader, ()).with_one == 1
        assert (talks_since(reader, (cold,)), talks_since(reader, ())) == (datetime(2024, 1, 1, 14, tzinfo=UTC), START)
    CommunityCardStore(network.database).set_card(cold, {"coordinator": "Chidi Example"})
    with network.read() as reader:
        assert coordinated_ids(reader) == {water, cold}
        assert coordination(reader, ()).with_one == 2
