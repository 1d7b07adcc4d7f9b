"""`account` on the command line: adding by what a platform declares, signing in, choosing, limits, removal."""

from collections.abc import Iterator

import pytest

from tests.cli.forum import at
from tests.cli.runs import DONE, USAGE, Desk, a_desk
from tests.platforms.discourse import Discourse
from tests.platforms.world import a_world
from workbench.cli.accounts import ACCOUNTS, COMMUNITIES, SETTINGS


@pytest.fixture
def forum() -> Iterator[Discourse]:
    with Discourse(a_world(messages=30)) as platform:
        yield platform


@pytest.fixture
def desk(tmp_path, capsys) -> Desk:
    return a_desk(tmp_path, capsys).make()


def add(desk: Desk, forum: Discourse) -> None:
    assert desk.rows("account", "add", "discourse", "--name", "Forum", *at(forum)) == {"added": "Forum"}


@pytest.mark.parametrize("platform", ["viva-engage", "hyperkitty", "discourse"])
def test_what_a_platform_asks_for_and_cannot_show_is_told(desk: Desk, platform: str):
    ran = desk.run("--json", "account", "settings", platform)
    assert ran.code == DONE
    assert all(list(row) == list(SETTINGS) for row in ran.json)
    assert "address" in {row["name"] for row in ran.json}
    assert ran.err.strip()


def test_an_account_goes_through_its_whole_life(desk: Desk, forum: Discourse):
    add(desk, forum)
    assert desk.rows("account", "sign-in", "Forum", "--way", "nothing") == {"signed_in": "Forum", "refused": {}}
    seen = desk.rows("account", "communities", "forum")
    assert [list(row) for row in seen] == [list(COMMUNITIES)] * len(seen)
    assert not any(row["is_followed"] for row in seen)
    chosen = desk.rows("account", "follow", "Forum", "Water points", "School meals")
    assert [row["name"] for row in chosen if row["is_followed"]] == ["School meals", "Water points"]
    desk.rows("account", "unfollow", "Forum", "School meals")
    (row,) = desk.rows("account", "list")
    assert list(row) == list(ACCOUNTS)
    assert (row["kind"], row["followed"], row["communities"]) == ("discourse", 1, len(seen))
    assert desk.rows("account", "pause", "Forum") == {"name": "Forum", "is_paused": True}
    assert desk.rows("account", "resume", "Forum") == {"name": "Forum", "is_paused": False}
    assert desk.rows("account", "sign-out", "Forum")["signed_out"] == "Forum"
    assert desk.rows("account", "remove", "Forum") == {"removed": "Forum"}
    assert desk.rows("account", "list") == []


def test_limits_are_changed_one_by_one(desk: Desk, forum: Discourse):
    add(desk, forum)
    first = desk.rows(
        "account", "limits", "Forum", "--history", "90d", "--daily", "5MB", "--every", "6h", "--text-only"
    )
    assert (first["daily_cap"], first["every_minutes"], first["is_text_only"]) == (5_000_000, 360, True)
    assert first["history_from"] is not None
    then = desk.rows("account", "limits", "Forum", "--daily", "none", "--everything")
    assert (then["daily_cap"], then["every_minutes"], then["is_text_only"]) == (None, 360, False)
    assert then["history_from"] == first["history_from"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["discourse", "--name", "F"], "Give a value"),
        (["discourse", "--set", "address=https://forum.example.org", "--set", "colour=red"], "no setting"),
        (["discourse", "--set", "address=http://forum.example.org"], "https://"),
        (["https://lists.example.org/list/a@example.org/", "--set", "a=b"], "takes no settings"),
    ],
)
def test_what_does_not_fit_is_refused(desk: Desk, words: list[str], said: str):
    ran = desk.run("account", "add", *words)
    assert ran.code == USAGE
    assert said in ran.err
    assert desk.rows("account", "list") == []


def test_a_way_the_platform_does_not_know_is_refused(desk: Desk, forum: Discourse):
    add(desk, forum)
    ran = desk.run("account", "sign-in", "Forum", "--way", "fax")
    assert ran.code == USAGE
    assert "user-api-key" in ran.err


def test_a_secret_that_nobody_gives_is_missed(desk: Desk):
    ran = desk.child(
        "account", "add", "hyperkitty", "--set", "address=https://lists.example.org", "--secret", "password"
    )
    assert ran.code == USAGE
    assert "no line for" in ran.err


def test_unfollowing_without_a_name_is_refused(desk: Desk, forum: Discourse):
    add(desk, forum)
    assert desk.run("account", "unfollow", "Forum").code == USAGE
