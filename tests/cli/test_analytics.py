"""The verb `import analytics`: rows in JSON, the same file twice, a column that has to be named, wrong files."""

from tests.cli.runs import DONE, USAGE, Desk
from tests.sync.importers.analytics_files import EXPLORATION, REPORT, a_file


def test_exports_come_in_once(bare_desk: Desk):
    paths = [a_file(bare_desk.folder, REPORT, "a.csv"), a_file(bare_desk.folder, EXPLORATION, "b.csv")]
    ran = bare_desk.run("--json", "import", "analytics", *paths, "--site", "Our site")
    assert ran.code == DONE
    assert [(row["community"], row["state"], row["added"]) for row in ran.json] == [("Our site", "done", 4)]
    again = bare_desk.run("--json", "import", "analytics", *paths, "--site", "our SITE")
    assert [(row["added"], row["changed"]) for row in again.json] == [(0, 0)]


def test_a_column_in_an_unknown_language_has_to_be_named(bare_desk: Desk):
    path = a_file(bare_desk.folder, REPORT.replace(",Views,", ",Weergaven,"))
    refused = bare_desk.run("import", "analytics", path, "--site", "Our site")
    assert refused.code == USAGE
    assert "--views" in refused.err
    assert not bare_desk.profile.exists()
    assert bare_desk.run("import", "analytics", path, "--site", "Our site", "--views", "Weergaven").code == DONE


def test_a_file_of_another_kind_makes_no_profile(bare_desk: Desk):
    path = a_file(bare_desk.folder, "person,office\nAmina Example,Nairobi\n")
    assert bare_desk.run("import", "analytics", path, "--site", "Our site").code == USAGE
    assert not bare_desk.profile.exists()
