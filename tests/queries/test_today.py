"""What may want attention: questions, newcomers, cards, checkpoints."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.queries.network import NOW, Network, a_member, a_message
from workbench.ids import CommunityId
from workbench.queries.today import newcomers, waiting_questions

DAY = timedelta(days=1)


@pytest.fixture
def wash(network: Network) -> CommunityId:
    found = network.community("WASH")
    network.cover(found, date(2024, 1, 1), date(2024, 6, 14))
    return found


def asked(network: Network, *, since: timedelta = 30 * DAY) -> dict[str, str]:
    with network.read() as reader:
        rows = waiting_questions(reader, (), since=NOW - since, until=NOW - 2 * DAY, limit=50)
    return {row.subject: row.author for row in rows}


def new_people(network: Network) -> list[tuple[str, bool]]:
    with network.read() as reader:
        return [(row.name, row.thread_id is not None) for row in newcomers(reader, (), as_of=NOW)]


def test_only_old_questions_without_an_answer_of_another_wait(network: Network, wash: CommunityId) -> None:
    def ask(remote_id: str, days: float, **fields: object) -> object:
        return a_message(remote_id, by="amina", at=NOW - days * DAY, subject=remote_id, text="How deep?", **fields)

    network.apply(wash, ask("old", 3), ask("young", 1), ask("ancient", 40), ask("answered", 4), ask("own word", 5))
    network.apply(
        wash,
        a_message("r1", by="bashir", at=NOW - 3 * DAY, to="answered"),
        a_message("r2", by="amina", at=NOW - 3 * DAY, to="own word"),
        a_message("no question", by="amina", at=NOW - 3 * DAY, text="Good news."),
    )
    assert asked(network) == {"own word": "Amina Example", "old": "Amina Example"}


def test_questions_of_the_coordinator_given_up_or_just_routed_do_not_wait(network: Network, wash: CommunityId) -> None:
    for remote_id, by in (("mine", "me"), ("gone", "amina"), ("fresh", "amina"), ("stale", "amina"), ("sent", "amina")):
        network.apply(wash, a_message(remote_id, by=by, at=NOW - 5 * DAY, subject=remote_id, text="How?"))
    network.change("INSERT INTO preference VALUES ('me', ?)", str(network.person("me")))
    care = (
        "INSERT INTO thread_care (thread_id, account_kind, community_remote_id, root_remote_id, owner_name, routed_id,"
    )
    care += " routed_at, outcome) VALUES (?, 'table', 'wash', ?, 'Bashir Example', 0, ?, ?)"
    days_ago = {
        days: int((NOW - days * DAY - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)) for days in (1, 4)
    }
    network.change(care, network.event("gone"), "gone", None, "abandoned")
    network.change(care, network.event("fresh"), "fresh", days_ago[1], None)
    network.change(care, network.event("stale"), "stale", days_ago[4], None)
    network.change(
        "INSERT INTO outboxitem (id, community_remote_id, community_name, kind, root_id, subject, text, state, key,"
        " is_held, attempts, looks, written_at, changed_at) VALUES ('i', 'wash', 'WASH', 'reply', ?, '', 'So.', 'queued',"
        " 'k', 0, 0, 0, 0, 0)",
        network.event("sent"),
    )
    assert list(asked(network)) == ["stale"]


def test_the_key_of_a_question_outlives_its_row(network: Network, wash: CommunityId) -> None:
    network.apply(wash, a_message("q", by="amina", at=NOW - 3 * DAY, text="How?"))
    with network.read() as reader:
        (before,) = waiting_questions(reader, (), since=NOW - 30 * DAY, until=NOW, limit=5)
    network.change("DELETE FROM event WHERE remote_id = 'q'")
    network.change("DELETE FROM thread")
    network.apply(wash, a_message("other", by="amina", at=NOW - 4 * DAY, text="Who?"))
    network.apply(wash, a_message("q", by="amina", at=NOW - 3 * DAY, text="How?"))
    with network.read() as reader:
        keys = {
            row.thread_id: row.key for row in waiting_questions(reader, (), since=NOW - 30 * DAY, until=NOW, limit=5)
        }
    assert keys[network.event("q")] == before.key
    assert keys[network.event("other")] != before.key


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
