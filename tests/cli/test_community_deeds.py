"""What is kept of communities on the command line, and that pages and measures of the window read the same."""

from datetime import UTC, date, datetime

import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.runs import USAGE, Desk
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind, CommunityType
from workbench.queries.annotations import annotations
from workbench.queries.benchmarks import benchmarks
from workbench.queries.community_card import community_card
from workbench.queries.frames_plans import HeadCount, head_count
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
WATER = CommunityId(1)


@pytest.fixture(name="kept")
def a_desk_with_communities(desk: Desk) -> Desk:
    with a_workspace(desk.folder, clock=a_clock(NOW)) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        for name in ("Water", "Wells"):
            community = workspace.mirror.ensure_community(account, CommunityRecord(name, name))
            message = MessageRecord(name, name, PersonRecord("amina", "Amina Example"), NOW, "Pumps", "A note.")
            workspace.mirror.apply(community, "messages", Batch((message,)))
    desk.clock = a_clock(NOW)
    return desk


def test_a_card_is_written_shown_and_unsaid(kept: Desk):
    told = kept.rows(
        "communities", "card", "Wat", "--type", "information_forum", "--level", "country", "--purpose", "Safe water",
        "--coordinator", "Dana Example",
    )  # fmt: skip
    with a_workspace(kept.folder) as workspace, workspace.database.read() as reader:
        card = community_card(reader, WATER)
    assert {name: told[name] for name in told if name not in {"id", "leaders"}} == {
        name: getattr(card, name) for name in told if name not in {"id", "leaders"}
    }
    assert (card.type, card.purpose, card.policies) == (CommunityType.INFORMATION_FORUM, "Safe water", "")
    told = kept.rows("communities", "card", "water", "--purpose", "none", "--type", "none")
    assert (told["type"], told["purpose"], told["level"]) == (None, "", "country")
    assert kept.rows("communities", "card", "water") == told
    assert kept.run("communities", "card", "Weather").code == USAGE
    assert len(kept.rows("communities")) == 2


def test_head_counts_are_kept_for_a_community_or_all_of_them_and_taken_away(kept: Desk):
    kept.rows("communities", "head-count", 900, "--on", "2024-01-01", "--source", "Staff list", "--before")
    words = ("communities", "head-count", "--community", "wat")
    (row,) = kept.rows(*words, 40, "--source", "The office")
    assert row == dict(zip(row, ("Water", "2024-06-15", 40, "The office", False), strict=True))
    assert [row["community"] for row in kept.rows("communities", "head-count")] == ["All communities", "Water"]
    with a_workspace(kept.folder) as workspace, workspace.database.read() as reader:
        counts = [head_count(reader, scope, on=date(2024, 7, 1)) for scope in ((), (WATER,))]
    assert counts == [
        HeadCount(900, date(2024, 1, 1), "Staff list", holds_before=True),
        HeadCount(40, date(2024, 6, 15), "The office"),
    ]
    assert kept.rows(*words, "--remove", "2024-06-15") == []
    for wrong in (("--remove", "2024-06-15"), (0, "--source", "Nobody"), (40,), ("--on", "2024-06-15")):
        assert kept.run(*words, *wrong).code == USAGE


def test_benchmarks_are_kept_by_measure_and_type_and_taken_away(kept: Desk):
    of_type = ("--type", "information_forum")
    words = ("communities", "benchmark", "reply_rate")
    (row,) = kept.rows(*words, "35%", *of_type, "--source", "A survey", "--on", "2023-05-01")
    assert row == dict(zip(row, ("reply_rate", "information_forum", 0.35, "A survey", "2023-05-01"), strict=True))
    with a_workspace(kept.folder) as workspace, workspace.database.read() as reader:
        assert benchmarks(reader, CommunityType.INFORMATION_FORUM)["reply_rate"].value == 0.35
        assert benchmarks(reader, None) == {}
    assert kept.run(*words, "--remove", *of_type, "--json").json == []
    for wrong in ((), ("35", "--source", "A survey", "--on", "2023-05-01"), ("0.3", "--on", "2023-05-01")):
        assert kept.run(*words, *wrong).code == USAGE


def test_notes_beside_the_charts_are_kept_changed_and_taken_away(kept: Desk):
    (note,) = kept.rows("communities", "note", "2024-06-01", "The storm", "--community", "Water")
    both = kept.rows("communities", "note", "2024-06-02", "A holiday")
    assert [(row["day"], row["words"], row["community"]) for row in both] == [
        ("2024-06-01", "The storm", "Water"),
        ("2024-06-02", "A holiday", None),
    ]
    kept.rows("communities", "note", "2024-06-03", "The storm ends", "--change", note["id"])
    with a_workspace(kept.folder) as workspace, workspace.database.read() as reader:
        shown = annotations(reader, (WATER,), date(2024, 6, 1), date(2024, 6, 30))
    assert [(row.day, row.words) for row in shown] == [
        (date(2024, 6, 2), "A holiday"),
        (date(2024, 6, 3), "The storm ends"),
    ]
    (left,) = kept.rows("communities", "note", "--remove", note["id"])
    assert left["words"] == "A holiday"
    for wrong in (("--remove", "x"), ("2024-06-03",), ("2024-06-03", "x" * 200)):
        assert kept.run("communities", "note", *wrong).code == USAGE
