"""`account` on the command line: adding by what a platform declares, signing in, choosing, limits, removal."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest

from tests.builders import NOW, a_workspace
from tests.cli.archives import a_folder_of_mail
from tests.cli.forum import at
from tests.cli.runs import DONE, PARTLY, USAGE, Desk, a_desk
from tests.platforms.discourse import Discourse
from tests.platforms.hyperkitty import Hyperkitty
from tests.platforms.mail_server import MailServer
from tests.platforms.world import a_world
from workbench.cli.accounts import ACCOUNTS, CHECKED, COMMUNITIES, SETTINGS
from workbench.cli.first_sync import ESTIMATE
from workbench.cli.output import ERROR


@pytest.fixture
def forum() -> Iterator[Discourse]:
    with Discourse(a_world(messages=30)) as platform:
        yield platform


@pytest.fixture
def desk(tmp_path, capsys) -> Desk:
    return a_desk(tmp_path, capsys).make()


def add(desk: Desk, forum: Discourse) -> None:
    added = desk.rows("account", "add", "discourse", "--name", "Forum", *at(forum))
    first = NOW.date() - timedelta(days=90)
    assert added == {"added": "Forum", "history_from": first.isoformat(), "is_text_only": True}


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
    told = desk.rows("account", "estimate", "Forum")
    assert list(told) == list(ESTIMATE)
    assert (told["communities"], told["is_text_only"], told["is_guess"]) == (1, True, False)
    assert 0 < told["bytes_least"] < told["bytes_most"]
    assert 0 < told["requests_least"] <= told["requests_most"]
    said = desk.run("account", "follow", "Forum", "Water points").err
    assert f"First sync of Forum: since {told['history_from']}, text only; about" in said
    desk.rows("account", "limits", "Forum", "--history", "all", "--everything")
    assert desk.run("account", "estimate", "Forum").out.startswith("First sync of Forum: everything; about ")
    (row,) = desk.rows("account", "list")
    assert list(row) == list(ACCOUNTS)
    assert (row["kind"], row["followed"], row["communities"]) == ("discourse", 1, len(seen))
    assert desk.rows("account", "pause", "Forum") == {"name": "Forum", "is_paused": True}
    assert desk.rows("account", "resume", "Forum") == {"name": "Forum", "is_paused": False}
    assert desk.rows("account", "sign-out", "Forum")["signed_out"] == "Forum"
    assert desk.rows("account", "remove", "Forum", "--yes") == {"removed": "Forum"}
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
    desk.rows("account", "limits", "Forum", "--daily", "5MB")
    today = desk.rows("account", "limits", "Forum", "--today", "20MB")
    assert (today["daily_cap"], today["today"], today["every_minutes"]) == (5_000_000, 20_000_000, 360)
    ran = desk.run("account", "limits", "Forum", "--every", "1d", "--today", "6MB")
    assert (ran.code, "not more than today's limit" in ran.err) == (USAGE, True)
    both = desk.rows("account", "limits", "Forum", "--today", "none")
    assert (both["daily_cap"], both["today"], both["every_minutes"]) == (5_000_000, None, 360)


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


@pytest.mark.parametrize(
    ("words", "back_to", "is_text_only"),
    [
        (["--all-history"], None, True),
        (["--history", "all", "--everything"], None, False),
        (["--history", "2026-01-01"], "2026-01-01", True),
    ],
)
def test_a_new_account_goes_as_far_as_one_says(desk: Desk, words: list[str], back_to: str | None, is_text_only: bool):
    address = "https://lists.example.org/archives/list/wash@example.org/"
    added = desk.rows("account", "add", address, "--name", "Wash", *words)
    assert added == {"added": "Wash", "history_from": back_to, "is_text_only": is_text_only}
    (row,) = desk.rows("account", "list")
    assert (row["history_from"], row["is_text_only"]) == (back_to, is_text_only)


def test_unfollowing_without_a_name_is_refused(desk: Desk, forum: Discourse):
    add(desk, forum)
    assert desk.run("account", "unfollow", "Forum").code == USAGE


def test_account_nobody_could_sign_in_to_is_refused_with_what_is_missing(desk: Desk):
    ran = desk.run("account", "add", "viva-engage")
    assert ran.code == USAGE
    assert "“Application ID”" in ran.err
    assert "--set client_id=VALUE" in ran.err
    assert desk.rows("account", "list") == []
    assert desk.rows("account", "add", "viva-engage", "--set", "client_id=0-1")["added"] == "Viva Engage"


def test_secret_on_the_command_line_is_refused_with_what_to_do_instead(desk: Desk, forum: Discourse):
    words = (
        "open-social",
        *(f"--set={one}" for one in ("address=https://net.example.org", "user=a", "password=x-y-z")),
    )
    ran = desk.run("account", "add", *words)
    assert (ran.code, desk.rows("account", "list")) == (USAGE, [])
    assert "Write --secret password instead" in ran.err
    assert "x-y-z" not in ran.err
    desk.rows(
        "account", "add", "hyperkitty", "--name", "Wells", "--set", "address=https://lists.example.org/list/a@b.org/"
    )
    ran = desk.run("account", "set", "Wells", "--set", "password=x-y-z")
    assert (ran.code, "Write --secret password instead" in ran.err) == (USAGE, True)


def test_removal_says_what_goes_and_wants_to_be_told(desk: Desk):
    folder = a_folder_of_mail(desk.folder / "mail")
    assert desk.run("import", "mailing-list", folder, "--community", "Water").code == DONE
    ran = desk.run("account", "remove", "water")
    assert ran.code == USAGE
    assert "This goes with Water: 1 community with 12 messages" in ran.err
    assert "Add --yes" in ran.err
    assert [row["name"] for row in desk.rows("account", "list")] == ["Water"]
    assert desk.rows("account", "remove", "water", "--yes") == {"removed": "Water"}


@pytest.mark.parametrize(("typed", "code", "left"), [("12", DONE, 0), ("yes", USAGE, 1), ("", USAGE, 1)])
def test_removal_at_a_terminal_is_confirmed_by_the_number_of_messages(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, typed: str, code: int, left: int
):
    folder = a_folder_of_mail(desk.folder / "mail")
    assert desk.run("import", "mailing-list", folder, "--community", "Water").code == DONE
    monkeypatch.setattr("sys.stdin", _Terminal(f"{typed}\n"))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    ran = desk.run("account", "remove", "Water")
    assert ran.code == code
    assert "Type 12 to remove it: " in ran.err
    assert len(desk.rows("account", "list")) == left


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_account_is_renamed_and_its_settings_are_changed(desk: Desk, forum: Discourse):
    add(desk, forum)
    assert desk.rows("account", "rename", "forum", "Water forum") == {"renamed": "forum", "name": "Water forum"}
    changed = desk.rows("account", "set", "Water forum", "--set", "likes_per_run=3")
    assert changed == {"changed": "Water forum", "settings": ["likes_per_run"]}
    assert desk.run("account", "set", "Water forum").code == USAGE
    with a_workspace(desk.folder) as workspace:
        (entry,) = workspace.accounts.list()
    assert (entry.settings["likes_per_run"], entry.settings["calls_per_day"]) == ("3", "100000")


def test_following_before_anybody_asked_which_there_are_says_what_to_run(desk: Desk, forum: Discourse):
    add(desk, forum)
    for words in (["Water points"], ["--all"]):
        ran = desk.run("account", "follow", "Forum", *words)
        assert ran.code == USAGE
        assert 'run `workbench account communities "Forum"` first' in ran.err


def test_address_of_this_very_machine_needs_no_scheme(desk: Desk, forum: Discourse):
    typed = forum.address.removeprefix("http://").rstrip("/")
    desk.rows("account", "add", "discourse", "--name", "Forum", "--set", f"address={typed}")
    (row,) = desk.rows("account", "list")
    with a_workspace(desk.folder) as workspace:
        assert workspace.accounts.list()[0].base_url == f"http://{typed}"
    assert row["name"] == "Forum"


def test_each_service_of_an_account_is_tried_and_a_silent_one_told(desk: Desk):
    with Hyperkitty(a_world(messages=30)) as platform, MailServer() as mail:
        root = f"{platform.address}/hyperkitty/list/water-points@lists.example.org/"
        mailing = [("smtp_host", "127.0.0.1"), ("smtp_port", mail.port), ("smtp_security", "none")]
        given = [f"--set={name}={value}" for name, value in (*mailing, ("smtp_from", "amina@example.org"))]
        desk.rows("account", "add", "hyperkitty", "--name", "Wells", f"--set=address={root}", *given)
        rows = desk.rows("account", "check", "wells")
        assert [list(row) for row in rows] == [[*CHECKED, *ERROR]] * 3
        assert [(row["part"], row["works"], row["is_given"]) for row in rows] == [
            ("The archive", True, True), ("Your mail server", True, True), ("The members", True, False),
        ]  # fmt: skip
        assert mail.mails == []
        desk.rows("account", "set", "Wells", "--set", "smtp_port=1")
        ran = desk.run("--json", "account", "check", "Wells")
    assert (ran.code, [row["works"] for row in ran.json]) == (PARTLY, [True, False, True])


def test_a_platform_that_is_tried_by_signing_in_says_so(desk: Desk, forum: Discourse):
    add(desk, forum)
    ran = desk.run("account", "check", "Forum")
    assert (ran.code, "signing in" in ran.err + ran.out) == (DONE, True)
