"""The verb `import engage-export`: rows, what is left out, and wrong files."""

from tests.builders import a_clock
from tests.cli.runs import DONE, FAILED, Desk
from tests.sync.importers.engage import BOATS, NOW, a_row, a_zip, an_export


def test_exports_come_in_and_what_is_left_out_is_told(bare_desk: Desk):
    bare_desk.clock = a_clock(NOW)
    rows = [a_row(1), a_row(2, group_id=BOATS), a_row(3, group_id="", in_private_conversation="true")]
    an_export(bare_desk.folder / "a.zip", rows)
    an_export(bare_desk.folder / "b.zip", [a_row(4, message_type="system")])
    ran = bare_desk.run("--json", "import", "engage-export", bare_desk.folder / "a.zip", bare_desk.folder / "b.zip")
    assert ran.code == DONE
    assert [(row["community"], row["state"], row["added"]) for row in ran.json] == [
        ("Water points", "done", 1),
        ("Boats", "done", 1),
    ]
    assert "Left out: private messages: 1; written by the platform itself: 1.\n" in ran.err
    again = bare_desk.run("--json", "import", "engage-export", bare_desk.folder / "a.zip")
    assert [row["added"] for row in again.json] == [0]


def test_a_hostile_archive_makes_no_profile(bare_desk: Desk):
    path = a_zip(bare_desk.folder / "a.zip", {"/etc/Messages.csv": b"id\n"})
    ran = bare_desk.run("import", "engage-export", path)
    assert ran.code == FAILED
    assert "a.zip" in ran.err
    assert not bare_desk.profile.exists()
