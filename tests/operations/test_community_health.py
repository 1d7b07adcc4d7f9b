"""Health: the worst of what the type has targets for, and nothing claimed of what is not known."""

from datetime import date, timedelta

import pytest

from tests.queries.network import NOW, a_message
from tests.queries.network import a_network as network_in
from workbench.cancel import CancelToken
from workbench.errors import CancelledError
from workbench.models.kinds import CommunityType
from workbench.operations.community_health import community_health
from workbench.operations.standing import Standing

FORUM = CommunityType.INFORMATION_FORUM


@pytest.fixture
def network(tmp_path):
    found = network_in(tmp_path)
    yield found
    found.database.close()


def test_a_forum_that_answers_late_is_as_bad_as_its_worst_measure(network):
    late, quiet, stream = (
        network.community(name, type=kind)
        for name, kind in (("Late", FORUM), ("Quiet", FORUM), ("Stream", CommunityType.BROADCAST_STREAM))
    )
    plain = network.community("Plain")
    asked = NOW - timedelta(days=10)
    network.apply(
        late,
        a_message("m1", at=asked),
        a_message("m2", by="bruno", to="m1", at=asked + timedelta(hours=72)),
    )
    network.cover(late, date(2024, 1, 1), date(2024, 6, 14))
    kinds = [(late, FORUM), (quiet, FORUM), (stream, CommunityType.BROADCAST_STREAM), (plain, None)]
    with network.read() as reader:
        found = community_health(reader, kinds, as_of=NOW)
        assert [found[each].standing for each, _ in kinds] == [
            Standing.BAD, Standing.UNKNOWN, Standing.NEUTRAL, Standing.NEUTRAL,
        ]  # fmt: skip
        told = {each.metric.key: (each.value.value, each.target, each.standing) for each in found[late].reasons}
        stop = CancelToken()
        stop.cancel()
        with pytest.raises(CancelledError):
            community_health(reader, kinds, as_of=NOW, cancel=stop)
    assert told == {"reply_rate": (1.0, 0.58, Standing.GOOD), "first_reply_hours": (72.0, 24.0, Standing.BAD)}
