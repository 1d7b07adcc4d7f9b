"""The verb `attachment`, and the limits that decide what a sync and an import keep."""

from pathlib import Path

from tests.cli.runs import DONE, Desk
from tests.operations.test_attachments import MAIL
from workbench.cli.attachments import LISTED

NEEDS_USER_INPUT = 2


def test_files_of_mail_are_listed_and_saved(desk: Desk, tmp_path: Path):
    archive = tmp_path / "list.mbox"
    archive.write_bytes(MAIL)
    assert desk.run("import", "mailing-list", archive, "--community", "List", "--files", "100kB").code == DONE
    (row,) = desk.rows("attachment", "list")
    assert set(row) == set(LISTED)
    assert (row["name"], row["is_here"], row["reason"], row["community"]) == ("plan.pdf", True, None, "List")
    assert "plan.pdf" in desk.run("attachment", "list", "--community", "List").out
    saved = desk.run("--json", "attachment", "save", row["id"], "--out", tmp_path)
    assert saved.json == {"id": row["id"], "saved": str(tmp_path / "plan.pdf")}
    assert (tmp_path / "plan.pdf").read_bytes() == b"%PDF-1.7 of Amina"
    assert desk.run("--json", "attachment", "fetch", row["id"]).json["is_here"]
    assert "is here" in desk.run("attachment", "fetch", row["id"]).out


def test_a_file_that_is_not_here_says_what_to_do(desk: Desk, tmp_path: Path):
    assert "No files" in desk.run("attachment", "list").out
    archive = tmp_path / "list.mbox"
    archive.write_bytes(MAIL)
    desk.run("import", "mailing-list", archive, "--community", "List")
    (row,) = desk.rows("attachment", "list")
    for action in (("fetch", row["id"]), ("save", row["id"], "--out", tmp_path)):
        assert desk.run("attachment", *action).code == NEEDS_USER_INPUT


def test_the_limit_for_files_is_one_of_the_account(desk: Desk):
    desk.run("account", "add", "https://lists.example.org/archives/list/fishers@example.org/", "--name", "Fishers")
    limits = desk.run("--json", "account", "limits", "Fishers", "--files", "200kB").json
    assert limits["file_limit"] == 200_000
    assert desk.run("--json", "account", "limits", "Fishers", "--files", "none").json["file_limit"] is None
    assert desk.rows("account", "list")[0]["file_limit"] is None
