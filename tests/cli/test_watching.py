"""Watched threads, outputs, ideas and house rules on the command line, and what Today and the measure make of them."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.runs import DONE, USAGE, Desk
from workbench.models.kinds import AccountKind
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)


@pytest.fixture(name="talked")
def a_desk_with_a_rich_thread(desk: Desk) -> Desk:
    with a_workspace(desk.folder, clock=a_clock(NOW)) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        water = workspace.mirror.ensure_community(account, CommunityRecord("water", "Water"))
        people = ("amina", "bruno", "chidi", "dana", "emil")
        messages = tuple(
            MessageRecord(
                f"m{number}", "water", PersonRecord(name, f"{name.title()} Example"), NOW - timedelta(hours=90 - number),
                "Pumps", "A word on pumps.", references=() if not number else ("m0",),
            )
            for number, name in enumerate(people)
        )  # fmt: skip
        workspace.mirror.apply(water, "messages", Batch(messages))
    desk.clock = a_clock(NOW)
    return desk


def test_a_watched_thread_comes_back_to_today_until_it_is_closed(talked: Desk):
    (row,) = talked.rows("watch", "add", 1, "--note", "Two argue", "--until", "2024-06-14")
    assert (row["thread_id"], row["subject"], row["note"], row["look_on"]) == (1, "Pumps", "Two argue", "2024-06-14")
    (item,) = [item for item in talked.rows("today")["items"] if item["task"] == "follow"]
    assert item["reason"] == "You wanted to look again 1 day ago: Two argue"
    talked.rows("watch", "close", 1, "--done", "Called both")
    assert (talked.rows("watch", "list"), len(talked.rows("watch", "list", "--all"))) == ([], 1)
    assert [item for item in talked.rows("today")["items"] if item["task"] == "follow"] == []
    assert talked.rows("watch", "remove", 1) == []
    assert talked.run("watch", "close", 1, "--done", "Again").code == USAGE


def test_an_output_makes_its_thread_an_item_of_the_library_and_a_decision_does_not(talked: Desk):
    def kept() -> int:
        (value,) = talked.rows("metric", "collective_intelligence", "--from", "2024-06-01")
        return value["numerator"]

    (made,) = talked.rows("output", "add", "What we said", "--kind", "decision", "--thread", 1)
    assert kept() == 0
    (row,) = talked.rows("output", "set", made["id"], "--kind", "page", "--link", "https://example.org/pumps")
    assert (row["title"], row["kind"], row["thread_ids"], row["day"]) == ("What we said", "page", [1], "2024-06-15")
    assert kept() == 1
    assert "- Outputs made of conversations: 1" in talked.run("today", "--note").out
    assert talked.rows("output", "remove", made["id"]) == []


def test_an_idea_handed_on_is_asked_after_when_thirty_days_are_over(talked: Desk):
    (made,) = talked.rows("idea", "add", "Keep spare seals", "--thread", 1)
    assert (made["unit"], made["handed_on"], made["outcome"]) == ("", None, "open")
    talked.rows("idea", "hand", made["id"], "Supply unit", "--day", "2024-05-16")
    assert [item["task"] for item in talked.rows("today")["items"] if item["task"] == "follow"] == []
    talked.clock = a_clock(NOW + timedelta(days=1))
    (item,) = [item for item in talked.rows("today")["items"] if item["task"] == "follow"]
    assert item["reason"] == "Handed to Supply unit 31 days ago; nobody said what became of it."
    (row,) = talked.rows("idea", "decide", made["id"], "adopted", "--words", "From July on")
    assert (row["outcome"], row["outcome_on"], row["outcome_words"]) == ("adopted", "2024-06-16", "From July on")
    assert "- Ideas adopted: 1" in talked.run("today", "--note").out


def test_house_rules_name_the_community_in_four_languages(talked: Desk):
    for language, words in (("english", "House rules of Water"), ("french", "Règles de Water"), ("arabic", "Water")):
        ran = talked.run("house-rules", "--community", "Water", "--language", language)
        assert (ran.code, words in ran.out) == (DONE, True)
