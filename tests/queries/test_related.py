"""Related threads: rare words and hashtags lead from one to another."""

from tests.queries.network import a_message
from workbench.queries.related import related_threads


def test_rare_words_and_hashtags_lead_to_other_threads(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("m1", subject="Solar pump", text="Which inverter fits a borehole? #energy"),
        a_message("m2", subject="Inverter", text="The borehole inverter broke.", hours=1),
        a_message("m3", subject="Lunch", text="See you. #energy", hours=2),
        a_message("m4", subject="Other", text="Nothing alike at all.", hours=3),
        a_message("m5", subject="Re: Lunch", text="An inverter for the borehole, too.", to="m3", hours=4),
    )
    with network.read() as reader:
        found = [row.id for row in related_threads(reader, network.event("m1"))]
        assert set(found) == {network.event("m2"), network.event("m3")}
        assert related_threads(reader, network.event("m4")) == []
        assert related_threads(reader, 99) == []
