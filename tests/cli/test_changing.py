"""Verbs that bring in and take out: import, account, sync; their rows, errors and exit codes."""

import os
import signal
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import a_clock
from tests.cli.archives import UNDATED, a_folder_of_mail, an_archive
from tests.cli.loopback import served
from tests.cli.runs import FAILED, NEEDS_USER, PARTLY, ROOT, USAGE, Desk, command
from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, FakeSite, Mail, history, page
from workbench.models.lock import ProfileLock

KEYS = ["community", "state", "added", "changed", "unchanged", "rejected", "error", "happened", "safe", "next"]
NO_ERROR = {"error": None, "happened": None, "safe": None, "next": None}
EXAMPLE = Path(__file__).resolve().parents[1] / "metrics" / "example"
LIST = "list/fishers@example.org/"


def test_import_makes_the_profile_and_adds_nothing_the_second_time(bare_desk: Desk):
    folder = a_folder_of_mail(bare_desk.folder / "mail")
    words = ("import", "mailing-list", folder, "--community", " Water  Points ")
    (first,) = bare_desk.rows(*words)
    assert list(first) == KEYS
    assert first == {
        "community": "Water Points", "state": "done", "added": 12, "changed": 0, "unchanged": 0, "rejected": 0,
    } | NO_ERROR  # fmt: skip
    (second,) = bare_desk.rows(*words)
    assert (second["state"], second["added"], second["changed"]) == ("done", 0, 0)
    assert len(bare_desk.rows("communities")) == 1


def test_import_into_a_community_that_is_there_joins_it(desk: Desk):
    (desk.folder / "a.mbox").write_bytes(an_archive(6))
    (desk.folder / "b.mbox").write_bytes(an_archive(9))
    desk.rows("import", "mailing-list", desk.folder / "a.mbox", "--community", "Water")
    desk.rows("import", "mailing-list", desk.folder / "b.mbox", "--community", "water")
    assert [row["messages"] for row in desk.rows("communities")] == [9]


def test_what_was_held_back_makes_it_partly_done(desk: Desk):
    archive = desk.folder / "mail.mbox"
    archive.write_bytes(UNDATED + an_archive(6))
    ran = desk.run("--json", "import", "mailing-list", archive, "--community", "Water")
    assert ran.code == PARTLY
    (row,) = ran.json
    assert (row["state"], row["rejected"], row["error"]) == ("partly", 1, "held_back")
    assert row["happened"] == "1 item could not be read and was held back."
    assert "  mail.mbox, 0: no believable date" in ran.err
    assert row["next"] in ran.err
    assert len(desk.rows("messages")) == 6
    # Of a later file only its own is shown.
    desk.clock = a_clock(NOW + timedelta(hours=1))
    (desk.folder / "more.mbox").write_bytes(UNDATED + an_archive(3, first=6))
    ran = desk.run("import", "mailing-list", desk.folder / "more.mbox", "--community", "Water")
    assert "  more.mbox, 0: no believable date" in ran.err
    assert "  mail.mbox" not in ran.err


def test_tables_come_in_and_need_at_least_one_file(desk: Desk):
    desk.clock = a_clock(datetime(2026, 3, 1, tzinfo=UTC))
    words = ("import", "table", "--events", EXAMPLE / "events.csv", "--members", EXAMPLE / "members.csv")
    assert desk.rows(*words, "--community", "example")[0]["state"] == "done"
    ran = desk.run("import", "table", "--community", "example")
    assert ran.code == USAGE
    assert "events, of members, or both" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import", "mailing-list", "nowhere", "--community", "Water"], "“nowhere” is not there"),
        (["import", "mailing-list", str(EXAMPLE), "--community", "Water"], "Nothing found to import"),
        (["import", "mailing-list", str(EXAMPLE), "--community", "  "], "A community needs a name"),
        (["import", "table", "--events", "nowhere.csv", "--community", "Water"], "cannot be read"),
        (["import", "table", "--community", "Water"], "events, of members, or both"),
        (["plan", "new", "P", "--owner", "o", "--measure", "messages"], "needs a purpose"),
        (
            ["plan", "new", "P", "--purpose", "p", "--owner", "o", "--measure", "messages", "--community", "X"],
            "no profile",
        ),
        (["sync"], "no profile"),
    ],
)
def test_what_cannot_be_done_makes_no_profile(bare_desk: Desk, words: list[str], said: str):
    ran = bare_desk.run(*words)
    assert ran.code == USAGE
    assert said in ran.err
    assert "Nothing was changed." in ran.err
    assert not bare_desk.profile.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["import", "sample"],
        ["import", "mailing-list", "MAIL", "--community", "Water"],
        ["account", "add", "https://lists.example.org/archives/list/a@example.org/"],
        ["account", "forget", "Water"],
        ["sync"],
        ["plan", "new", "P", "--purpose", "p", "--owner", "o", "--measure", "messages"],
        ["plan", "card", "add", "P", "Title"],
        ["check", "--repair"],
    ],
)
def test_writing_beside_an_open_window_is_refused_in_words(desk: Desk, words: list[str]):
    folder = a_folder_of_mail(desk.folder / "mail")
    before = (desk.profile / "workbench.db").read_bytes()
    with ProfileLock(desk.profile):
        ran = desk.run(*(str(folder) if word == "MAIL" else word for word in words))
    assert ran.code == NEEDS_USER
    assert ran.err.splitlines() == [
        "Another window or command is writing to this profile.",
        "Its work goes on undisturbed, and nothing was changed here.",
        "Close the other window or wait until the command is done. Reading works meanwhile.",
    ]
    assert (desk.profile / "workbench.db").read_bytes() == before


def test_account_is_added_listed_and_forgotten(desk: Desk):
    url = "https://lists.example.org/archives/list/wash@example.org/"
    assert desk.rows("account", "add", url, "--name", "WASH")["added"] == "WASH"
    (row,) = desk.rows("account", "list")
    assert (row["name"], row["kind"], row["communities"], row["last_state"]) == ("WASH", "hyperkitty", 1, None)
    assert desk.rows("account", "forget", "wash", "--yes") == {"removed": "WASH"}
    assert desk.rows("account", "list") == []
    assert desk.rows("communities") == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("wash", "web address"),
        ("https://lists.example.org/archives/", "own archive page"),
        ("http://lists.example.org/archives/list/wash@example.org/", "must begin with https://"),
        ("https://10.1.2.3/archives/list/wash@example.org/", "private network"),
        ("https://amina:secret@lists.example.org/list/wash@example.org/", "must not contain a name or password"),
    ],
)
def test_addresses_that_are_none_are_refused(desk: Desk, url: str, said: str):
    ran = desk.run("account", "add", url)
    assert ran.code == USAGE
    assert said in ran.err
    assert "secret" not in ran.err
    assert desk.rows("account", "list") == []


def test_name_that_is_taken_is_refused(desk: Desk):
    desk.rows("account", "add", "https://lists.example.org/list/a@example.org/", "--name", "WASH")
    ran = desk.run("account", "add", "https://lists.example.org/list/b@example.org/", "--name", "wash")
    assert ran.code == USAGE
    assert "--name" in ran.err


def test_sync_without_accounts_is_done_at_once(desk: Desk):
    assert desk.rows("sync") == []
    assert "There is no account to sync yet" in desk.run("sync").err


def test_list_is_followed_over_http(desk: Desk):
    desk.clock = a_clock(NOW)
    site = FakeSite({FISHERS: history(12)}, now=NOW)
    with served(site) as root:
        desk.rows("account", "add", root + LIST, "--name", "Fishers")
        (first,) = desk.rows("sync")
        assert (first["community"], first["state"], first["added"]) == ("Fishers", "done", 12)
        site.deliver(Mail("late@example.org", NOW, NOW, "Nets", "Who has nets?"))
        assert desk.rows("sync", "fishers")[0]["added"] == 1
        site.asked.clear()
        (third,) = desk.rows("sync")
        assert (third["added"], third["changed"], len(site.asked)) == (0, 0, 1)
    (row,) = desk.rows("account", "list")
    assert (row["last_state"], row["last_success_at"]) == ("done", "2026-03-10T12:00:00Z")
    assert [row["messages"] for row in desk.rows("communities")] == [13]


def test_site_that_keeps_its_api_closed_is_followed_by_its_exports(desk: Desk):
    desk.clock = a_clock(NOW)
    with served(FakeSite({FISHERS: history(6)}, now=NOW, has_api=False)) as root:
        desk.rows("account", "add", root + LIST, "--name", "Fishers", "--no-api")
        assert desk.rows("sync")[0]["added"] == 6


def test_community_that_fails_does_not_stop_the_others_and_says_why(desk: Desk):
    desk.clock = a_clock(NOW)
    with served(FakeSite({FISHERS: history(3)}, private={"board@example.org"}, now=NOW)) as root:
        desk.rows("account", "add", f"{root}list/board@example.org/", "--name", "Board")
        desk.rows("account", "add", root + LIST, "--name", "Fishers")
        ran = desk.run("--json", "sync")
    assert ran.code == PARTLY
    board, fishers = ran.json
    assert (fishers["state"], fishers["added"], fishers["error"]) == ("done", 3, None)
    assert (board["state"], board["error"]) == ("failed", "forbidden")
    assert board["next"]
    assert board["happened"] in ran.err


def test_one_community_that_fails_is_a_failure(desk: Desk):
    desk.clock = a_clock(NOW)
    site = FakeSite(now=NOW, fault=lambda _request: page(403, "<html>no</html>"))
    with served(site) as root:
        desk.rows("account", "add", root + LIST, "--name", "Fishers")
        ran = desk.run("sync")
    assert ran.code == FAILED
    assert "failed" in ran.out
    assert "Ask its owner for access" in ran.err


def test_interrupted_import_keeps_what_it_stored_and_goes_on_from_there(desk: Desk):
    mails = 5000
    folder = a_folder_of_mail(desk.folder / "mail", files=1, mails=mails)
    words = [*desk.where, "--json", "import", "mailing-list", str(folder), "--community", "Water"]
    with subprocess.Popen(
        command(words), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stderr is not None
        assert "messages" in child.stderr.readline()  # the first batch is stored
        os.kill(child.pid, signal.SIGINT)
        out, err = child.communicate()
    assert child.returncode == PARTLY, err
    assert '"state": "cancelled"' in out
    assert "Run it again to go on from there." in err
    stored = len(desk.rows("messages"))
    assert 0 < stored < mails
    (row,) = desk.rows("import", "mailing-list", folder, "--community", "Water")
    assert (row["state"], row["added"]) == ("done", mails - stored)
    assert len(desk.rows("messages")) == mails
