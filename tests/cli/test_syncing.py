"""`sync` and `check completeness` against a forum on loopback: what comes, what it cost, what cannot be done."""

from collections.abc import Iterator

import pytest

from tests.builders import a_workspace
from tests.cli.forum import at
from tests.cli.runs import DONE, USAGE, Desk, a_desk
from tests.platforms.discourse import Discourse
from tests.platforms.world import a_world
from workbench.cli.output import ERROR
from workbench.cli.runs import SYNCED
from workbench.ids import AccountId
from workbench.sync.secrets import SecretStore


@pytest.fixture
def forum() -> Iterator[Discourse]:
    with Discourse(a_world(messages=40)) as platform:
        yield platform


@pytest.fixture
def desk(tmp_path, capsys, forum: Discourse) -> Desk:
    made = a_desk(tmp_path, capsys).make()
    assert made.rows("account", "add", "discourse", "--name", "Forum", *at(forum))
    assert made.run("account", "sign-in", "Forum", "--way", "nothing").code == DONE
    assert made.run("account", "communities", "Forum").code == DONE
    return made


def test_followed_communities_come_in_and_the_cost_is_told(desk: Desk, forum: Discourse):
    desk.rows("account", "follow", "Forum", "Water points")
    (row,) = desk.rows("sync")
    assert list(row) == [*SYNCED, *ERROR]
    assert (row["community"], row["state"], row["gone"]) == ("Water points", "done", 0)
    assert row["added"] >= len(forum.world.shown(11))
    assert row["requests"] > 0
    assert row["bytes_down"] > row["bytes_up"] > 0


def test_a_second_sync_finds_nothing_new(desk: Desk):
    desk.rows("account", "follow", "Forum", "--all")
    desk.rows("sync")
    rows = desk.rows("sync")
    assert {(row["state"], row["added"], row["changed"]) for row in rows} == {("done", 0, 0)}


def test_one_community_can_be_asked_for(desk: Desk):
    desk.rows("account", "follow", "Forum", "--all")
    rows = desk.rows("sync", "--account", "Forum", "--community", "School meals", "--since", "90d", "--text-only")
    assert [row["community"] for row in rows] == ["School meals"]


def test_a_budget_that_is_spent_ends_the_run_calmly(desk: Desk):
    desk.rows("account", "follow", "Forum", "--all")
    ran = desk.run("sync", "--budget", "1kB")
    assert ran.code != DONE
    assert "data" in ran.err


def test_an_account_named_twice_is_refused(desk: Desk):
    assert desk.run("sync", "Forum", "--account", "Forum").code == USAGE


def test_completeness_finds_what_was_deleted_on_the_platform(desk: Desk, forum: Discourse):
    desk.rows("account", "follow", "Forum", "--all")
    desk.rows("sync")
    gone = forum.world.shown(11)[-1]
    forum.world.remove(gone.id)
    rows = desk.rows("check", "completeness", "--account", "Forum", "--community", "Water points")
    assert [(row["community"], row["gone"]) for row in rows] == [("Water points", 1)]


def test_files_have_nothing_to_compare_with(tmp_path, capsys):
    made = a_desk(tmp_path, capsys).make()
    assert made.run("check", "completeness").code == DONE


def test_sync_that_had_nothing_to_read_says_why_and_what_to_run(desk: Desk, tmp_path, capsys):
    ran = desk.run("sync")
    assert (ran.code, ran.out) == (DONE, "")
    assert "Forum follows no community; `workbench account communities` shows them" in ran.err
    assert "1 kB more went to lists of communities" in ran.err
    (row,) = desk.rows("sync")
    assert (row["community"], row["state"]) == ("Forum, all communities", "done")
    desk.run("account", "pause", "Forum")
    assert "Every account is paused" in desk.run("sync").err
    assert desk.rows("sync") == []
    other = tmp_path / "other"
    other.mkdir()
    empty = a_desk(other, capsys).make()
    ran = empty.run("sync")
    assert (ran.code, ran.err.strip()) == (DONE, "There is no account to sync yet; `workbench account add` makes one.")


def test_sync_without_news_has_a_row_for_each_community(desk: Desk):
    desk.rows("account", "follow", "Forum", "Water points")
    desk.rows("sync")
    ran = desk.run("sync")
    assert "Water points" in ran.out
    assert "Nothing new.\nThe clock of this computer is" in ran.err
    assert str(desk.rows("status")["clock"]).startswith("The clock of this computer is")


def test_error_names_its_account_and_the_few_communities_it_ended(desk: Desk, forum: Discourse):
    desk.rows("account", "follow", "Forum", "Water points")
    desk.rows("account", "follow", "Forum", "School meals")
    ran = desk.run("sync", "--budget", "1kB")
    assert ran.err.count("Forum: The data this ") == 1, ran.err
    assert " kB more went to lists" not in ran.err
    desk.rows("account", "add", "discourse", "--name", "Wells", *at(forum))
    with a_workspace(desk.folder) as workspace:
        SecretStore(workspace.database, workspace.clock).put_all(AccountId(2), {"signin.way": "out"})
    ran = desk.run("sync")
    assert ran.code != DONE
    assert "Wells: Signed out here." in ran.err, ran.err
    assert "`workbench account sign-in NAME`" in ran.err
