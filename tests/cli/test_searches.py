"""Searches on the command line: kept by a name with what narrows them, run again, counted, renamed, forgotten."""

from tests.cli.archives import an_archive
from tests.cli.runs import DONE, USAGE, Desk
from workbench.cli.searches import SAVED


def test_a_search_is_kept_run_again_counted_renamed_and_forgotten(desk: Desk):
    (desk.folder / "mail.mbox").write_bytes(an_archive(4))
    desk.run("import", "mailing-list", desk.folder / "mail.mbox", "--community", "Water")
    narrow = ["--community", "Water", "--kind", "thread"]
    assert desk.rows("search", "--saved") == []
    found = desk.rows("search", "pump", *narrow, "--save", "Pumps")
    assert found
    (kept,) = desk.rows("search", "--saved")
    assert list(kept) == list(SAVED)
    assert (kept["name"], kept["words"], kept["communities"], kept["kind"]) == ("Pumps", "pump", ["Water"], "thread")
    assert (kept["new"], kept["looked_at"]) == (0, None)
    (desk.folder / "more.mbox").write_bytes(an_archive(9))
    desk.run("import", "mailing-list", desk.folder / "more.mbox", "--community", "Water")
    assert desk.rows("search", "--saved")[0]["new"] > 0
    assert desk.rows("search", "--saved", "pumps", "--seen") == desk.rows("search", "pump", *narrow)
    (kept,) = desk.rows("search", "--saved")
    assert (kept["new"], kept["looked_at"] is None) == (0, False)
    assert desk.run("search", "--rename", "Pumps", "All pumps").code == DONE
    assert [row["name"] for row in desk.rows("search", "--saved")] == ["All pumps"]
    assert desk.run("search", "--forget", "all PUMPS").code == DONE
    assert desk.rows("search", "--saved") == []


def test_what_cannot_be_kept_or_is_not_there_is_said(desk: Desk):
    assert desk.run("search", "seals", "--save", "Seals").code == DONE
    for words, said in (
        (("seals", "--save", "Other"), "“seals” is listened for already."),
        (("pumps", "--save", "SEALS"), "Another search is called “SEALS”."),
        (("--saved", "Pumps"), "No search is kept as “Pumps”"),
        (("--saved", "Seals", "--save", "Pumps"), "--save keeps the words"),
        (("seals", "--seen"), "--seen goes with the kept search"),
    ):
        ran = desk.run("search", *words)
        assert ran.code == USAGE, words
        assert said in ran.err
