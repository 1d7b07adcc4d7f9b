"""Who came lately: by the day of joining or the first message, and not where somebody has turned to them."""

from datetime import date, timedelta

import pytest

from tests.queries.network import NOW, Network, a_member, a_message, a_person
from workbench.ids import CommunityId
from workbench.models.kinds import EventKind
from workbench.models.moments import to_micros
from workbench.queries.newcomers import JOINED_TAGS, newcomers, people_greeted
from workbench.sync.records import ActRecord

DAY = timedelta(days=1)


@pytest.fixture
def wash(network: Network) -> CommunityId:
    found = network.community("WASH")
    network.cover(found, date(2024, 1, 1), date(2024, 6, 14))
    return found


def new_people(network: Network) -> list[tuple[str, bool]]:
    with network.read() as reader:
        return [(row.name, row.thread_id is not None) for row in newcomers(reader, (), as_of=NOW)]


def test_newcomers_joined_or_first_wrote_lately_and_nobody_turned_to_them(network: Network, wash: CommunityId) -> None:
    network.apply(
        wash,
        a_member("joined", joined_at=NOW - 3 * DAY),
        a_member("long since", joined_at=NOW - 90 * DAY),
        a_member("robot", joined_at=NOW - 2 * DAY, is_bot=True),
        a_message("h1", by="writer", at=NOW - 5 * DAY, subject="Hello"),
        a_message("h2", by="greeted", at=NOW - 5 * DAY, subject="Good day"),
        a_message("h3", by="old hand", at=NOW - 100 * DAY, subject="Before"),
        a_message("h4", by="old hand", at=NOW - 2 * DAY, subject="Again"),
        a_member("came back", joined_at=NOW - 2 * DAY),
        a_message("h5", by="came back", at=NOW - 90 * DAY, subject="Years ago"),
        a_message("w", by="amina", at=NOW - 100 * DAY, subject="Rules"),
    )
    network.apply(wash, a_message("w2", by="amina", at=NOW - 4 * DAY, to="h2"))
    assert new_people(network) == [("Joined Example", False), ("Writer Example", True)]


@pytest.mark.parametrize(("tags", "found"), [(None, ["Listed", "Unsure"]), ('["hola"]', ["Other"]), ("[]", [])])
def test_who_says_joined_is_new_unless_they_wrote_here_before(network: Network, tags: str | None, found: list[str]):
    wash = network.community("WASH")
    network.cover(wash, NOW.date() - 20 * DAY, NOW.date() - DAY)
    lately = NOW - 5 * DAY
    network.apply(
        wash,
        a_member("listed", joined_at=NOW - 300 * DAY),
        a_message("t1", by="listed", at=lately, text="#Joined the list today"),
        a_message("t2", by="unsure", at=lately + DAY, text="Hello all #joined"),
        a_message("t3", by="other", at=lately, text="Hello all #hola"),
        a_message("t4", by="old hand", at=NOW - 19 * DAY, text="Rules"),
        a_message("t5", by="old hand", at=lately, text="Welcome to all who #joined"),
        a_message("t6", by="greeted", at=lately, text="I have #joined"),
        a_message("t7", by="robot", at=lately, text="#joined"),
        a_member("robot", is_bot=True),
        a_message("t8", by="old hand", at=lately + DAY, to="t6"),
    )
    if tags is not None:
        with network.database.write() as session:
            session.connection().exec_driver_sql("INSERT INTO preference VALUES (?, ?)", (JOINED_TAGS, tags))
    with network.read() as reader:
        rows = newcomers(reader, (), as_of=NOW)
    assert [row.name.split()[0] for row in rows] == found
    if tags is None:
        assert [(row.since, row.tag) for row in rows] == [(lately, "joined"), (lately + DAY, "joined")]


def test_who_is_new_here_and_known_elsewhere_is_told_and_comes_last(network: Network, wash: CommunityId) -> None:
    health, pumps = network.community("Health"), network.community("Pumps")
    lately, long_ago, before = NOW - 3 * DAY, NOW - 200 * DAY, NOW - 90 * DAY
    network.apply(wash, *(a_member(name, joined_at=lately) for name in ("bella", "clara", "dana", "emma")))
    network.apply(health, a_message("b", by="bella", at=long_ago), a_member("dana", joined_at=lately))
    network.apply(pumps, a_message("b2", by="bella", at=before), a_member("clara", joined_at=before))
    with network.read() as reader:
        rows = newcomers(reader, (wash,), as_of=NOW)
    assert [(row.name.split()[0], row.known_since) for row in rows] == [
        ("Dana", None), ("Emma", None), ("Bella", long_ago), ("Clara", before),
    ]  # fmt: skip


def test_a_first_message_says_nothing_where_the_mirror_has_just_begun(network: Network) -> None:
    young = network.community("Young")
    network.cover(young, date(2024, 6, 1), date(2024, 6, 14))
    network.apply(young, a_message("h", by="writer", at=NOW - 5 * DAY))
    assert new_people(network) == []


def test_turned_to_is_who_a_person_answered_named_or_liked_since_they_came(network: Network, wash: CommunityId) -> None:
    came = NOW - 3 * DAY
    names = ("bella", "clara", "dana", "emma", "farid")
    network.apply(wash, *(a_member(name, joined_at=came) for name in names))

    def act(name: str, kind: EventKind, *, days: float, **by: bool) -> ActRecord:
        who = a_person("robot" if by else "amina", **by)
        return ActRecord(f"to {name}", "", kind, who, NOW - days * DAY, target_person=a_person(name))

    network.apply(
        wash,
        a_message("w", by="amina", at=NOW - 90 * DAY),
        act("bella", EventKind.MENTION, days=2),
        act("clara", EventKind.REACTION, days=2),
        act("dana", EventKind.MENTION, days=4),  # before she came
        act("emma", EventKind.MENTION, days=2, is_bot=True),
    )
    assert [name.split()[0] for name, _ in new_people(network)] == ["Dana", "Emma", "Farid"]


def test_only_greetings_in_the_scope_are_counted(network: Network, wash: CommunityId) -> None:
    health = network.community("Health")
    network.apply(wash, a_member("bella", joined_at=NOW - 3 * DAY))
    network.apply(health, *(a_member(name, joined_at=NOW - 3 * DAY) for name in ("bella", "clara")))
    with network.read() as reader:
        keys = [row.key for row in newcomers(reader, (), as_of=NOW)]
    for number, key in enumerate(keys):
        network.change(
            "INSERT INTO todaymark (\"key\", kind, state, marked_at) VALUES (?, 'greet', 'done', ?)",
            key, to_micros(NOW - number * timedelta(minutes=1)),
        )  # fmt: skip
    with network.read() as reader:
        counts = [people_greeted(reader, scope, start=NOW - DAY, end=NOW + DAY) for scope in ((), (wash,), (health,))]
        assert counts == [3, 1, 2]
        assert people_greeted(reader, (wash,), start=NOW - 3 * DAY, end=NOW - DAY) == 0
