"""Verbs that look after the profile and hand documents out: report, check, backup, restore."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.builders import a_clock, a_workspace
from tests.cli.archives import an_archive
from tests.cli.runs import DONE, FAILED, NEEDS_USER, USAGE, Desk
from workbench.models.lock import ProfileLock


@pytest.fixture(name="planned")
def a_desk_with_a_plan(desk: Desk) -> Desk:
    (desk.folder / "mail.mbox").write_bytes(an_archive(9))
    desk.rows("import", "mailing-list", desk.folder / "mail.mbox", "--community", "Water")
    words = ("--purpose", "Answers", "--owner", "Amina Example", "--measure", "messages=50", "--community", "Water")
    desk.rows("plan", "new", "Seals", *words, "--template", "empty")
    desk.rows("plan", "card", "add", "Seals", "Ask", "--owner", "Luis Ejemplo")
    return desk


@pytest.mark.parametrize("form", ["pdf", "docx", "pptx", "ics", "html", "xlsx", "md", "csv"])
def test_report_is_written_in_every_format(planned: Desk, form: str):
    out = planned.folder / f"summary.{form}"
    ran = planned.child("--json", "report", "plan", "Seals", "--format", form, "--out", out)
    assert ran.code == DONE, ran.err
    document = out.read_bytes()
    assert ran.json == {"path": str(out), "format": form, "size": len(document)}
    assert 50 < len(document) < 300_000
    if form == "pdf":
        assert "Seals" in PdfReader(io.BytesIO(document)).pages[0].extract_text()
    elif form == "xlsx":
        assert load_workbook(io.BytesIO(document)).sheetnames
    elif form in {"docx", "pptx"}:
        assert document.startswith(b"PK")
    elif form == "csv":
        assert "To do,Ask," in document.decode("utf-8-sig")
    else:
        assert "Seals" in document.decode("utf-8-sig")
    assert b"Luis Ejemplo" not in document


def test_names_leave_only_with_a_recipient_and_a_purpose(planned: Desk):
    out = planned.folder / "summary.md"
    words = ("report", "plan", "Seals", "--format", "md", "--out", out)
    for half in (
        ["--names-for", "Regional office"],
        ["--names-because", "hand-over"],
        ["--names-for", " ", "--names-because", "x"],
    ):
        ran = planned.run(*words, *half)
        assert ran.code == USAGE
        assert "--names-for WHO and --names-because WHY" in ran.err
        assert not out.exists()
    assert planned.run(*words, "--names-for", "Regional office", "--names-because", "hand-over").code == DONE
    text = out.read_text(encoding="utf-8")
    assert "Luis Ejemplo" in text
    assert "hand-over" in text


@pytest.mark.parametrize("form", ["csv", "ics"])
def test_a_table_and_a_calendar_have_no_short_form(planned: Desk, form: str):
    out = planned.folder / f"summary.{form}"
    for words in (("report", "plan"), ("plan", "export")):
        ran = planned.run(*words, "Seals", "--format", form, "--out", out, "--one-page")
        assert (ran.code, out.exists()) == (USAGE, False)
        assert "--one-page is for documents with pages" in ran.err


def test_report_says_where_it_is(planned: Desk):
    out = planned.folder / "summary.md"
    assert planned.run("report", "plan", "seals", "--format", "md", "--out", out).out.startswith(f"Wrote {out} (")


def test_check_of_a_sound_profile(planned: Desk):
    told = planned.rows("check")
    assert list(told) == ["is_sound", "checks", "problems"]
    assert (told["is_sound"], told["problems"]) == (True, [])
    assert "roll-ups" in told["checks"]
    assert planned.rows("check", "--quick")["checks"] == ["structure"]
    assert planned.run("check", "--repair").out.startswith("All sound: ")


def test_check_of_sums_that_do_not_agree_says_what_mends_them(planned: Desk):
    with a_workspace(planned.folder) as workspace, workspace.database.write() as session:
        session.connection().exec_driver_sql("UPDATE activityday SET posts = posts + 1")
    ran = planned.run("check")
    assert ran.code == FAILED
    assert "`workbench check --repair`" in ran.out
    assert planned.run("--json", "check").json["is_sound"] is False
    assert planned.run("check", "--repair").code == DONE
    assert planned.run("check").code == DONE


def test_backup_is_made_listed_and_restored(planned: Desk):
    (copy,) = planned.rows("backup")
    assert list(copy) == ["path", "made_at", "size"]
    assert planned.rows("backup", "--list") == [copy]
    planned.rows("account", "forget", "Water", "--yes")
    assert planned.rows("messages") == []
    planned.clock = a_clock(planned.clock.now() + timedelta(hours=1))
    told = planned.rows("restore")
    assert told["restored"] == copy["path"]
    assert told["replaced"]
    assert len(planned.rows("messages")) == 9
    assert planned.rows("status")["last_backup_at"] == "2024-06-15T12:00:00Z"


def test_restore_names_what_it_replaced(planned: Desk):
    (copy,) = planned.rows("backup")
    ran = planned.run("restore", copy["path"])
    assert ran.code == DONE
    assert f"Restored {copy['path']}." in ran.out
    assert "What it replaced is kept as" in ran.out


def test_restore_is_refused_where_it_would_lose_something(planned: Desk):
    ran = planned.run("restore")
    assert ran.code == USAGE
    assert "There is no backup" in ran.err
    (copy,) = planned.rows("backup")
    with ProfileLock(planned.profile):
        assert planned.run("restore").code == NEEDS_USER
    noise = planned.folder / "noise.db"
    noise.write_bytes(bytes(range(256)) * 64)
    assert planned.run("restore", noise).code in {FAILED, NEEDS_USER}
    other = planned.folder / "other.key"
    assert (
        planned.run("--key-file", other, "--profile", planned.profile, "restore", copy["path"], where=[]).code
        == NEEDS_USER
    )
    assert len(planned.rows("messages")) == 9


def test_no_backup_yet_is_said(desk: Desk):
    assert desk.rows("backup", "--list") == []
    assert "workbench backup" in desk.run("backup", "--list").out
