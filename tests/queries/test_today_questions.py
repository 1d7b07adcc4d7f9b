"""Questions of Today: which wait, which are begun, and their names, which outlive their rows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.queries.network import NOW, Network, a_message
from workbench.ids import CommunityId
from workbench.queries.today_questions import Asked, begun_questions, count_waiting, told_questions, waiting_questions

DAY = timedelta(days=1)


@pytest.fixture
def wash(network: Network) -> CommunityId:
    found = network.community("WASH")
    network.cover(found, date(2024, 1, 1), date(2024, 6, 14))
    return found


LATELY = Asked(NOW - 30 * DAY, NOW - 2 * DAY, NOW - 2 * DAY)


def asked(network: Network) -> dict[str, str]:
    with network.read() as reader:
        found = waiting_questions(reader, (), LATELY)
        assert count_waiting(reader, (), LATELY) == len(found)
        rows = told_questions(reader, [one.thread_id for one in found])
    assert [(row.thread_id, row.key) for row in rows] == [(one.thread_id, one.key) for one in found]
    return {row.subject: row.author for row in rows}


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
        (before,) = waiting_questions(reader, (), LATELY)
    network.change("DELETE FROM event WHERE remote_id = 'q'")
    network.change("DELETE FROM thread")
    network.apply(wash, a_message("other", by="amina", at=NOW - 4 * DAY, text="Who?"))
    network.apply(wash, a_message("q", by="amina", at=NOW - 3 * DAY, text="How?"))
    with network.read() as reader:
        keys = {row.thread_id: row.key for row in waiting_questions(reader, (), LATELY)}
    assert keys[network.event("q")] == before.key
    assert keys[network.event("other")] != before.key


def test_a_question_with_a_begun_answer_is_found_by_it(network: Network, wash: CommunityId) -> None:
    for number, state in enumerate(("draft", "refused")):
        network.apply(wash, a_message(state, by="amina", at=NOW - 40 * DAY, subject=state, text="How?"))
        for again in range(2):
            network.change(
                "INSERT INTO outboxitem (id, community_remote_id, community_name, kind, root_id, subject, text, state,"
                " key, is_held, attempts, looks, written_at, changed_at) VALUES (?, 'wash', 'WASH', 'reply', ?, '',"
                " 'So.', ?, ?, 0, 0, 0, 0, 0)",
                f"i{number}{again}", network.event(state), state, f"k{number}{again}",
            )  # fmt: skip
    with network.read() as reader:
        found = begun_questions(reader, (), Asked(NOW - 90 * DAY, NOW - 30 * DAY, NOW))
        assert [row.subject for row in told_questions(reader, [one.thread_id for one in found])] == ["draft"]
