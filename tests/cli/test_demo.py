"""The demo, from an empty folder to a profile, every document of a plan, a roll-up and a picture of the dashboard."""

import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.runs import DONE, NEEDS_USER, USAGE, Ran, a_child
from workbench.cli import main
from workbench.cli.demo import MARK, has_display
from workbench.cli.demo_plan import COMMUNITY, PLAN
from workbench.models.lock import ProfileLock

MADE = (
    "profile", "key_file", "plan_summary_pdf", "plan_one_page_pdf", "plan_summary_docx", "office_file", "rollup",
    "dashboard_picture",
)  # fmt: skip
DOCUMENTS = [
    "plan-one-page.docx", "plan-one-page.pdf", "plan-one-page.pptx", "plan-summary.csv", "plan-summary.docx",
    "plan-summary.html", "plan-summary.ics", "plan-summary.md", "plan-summary.pdf", "plan-summary.pptx",
    "plan-summary.xlsx", "plan.json",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The folder, and how the run that filled it ended."""
    out = tmp_path_factory.mktemp("demo") / "new" / "demo"
    return out, a_child(["--json", "demo", "--out", str(out), "--no-window"])


def test_everything_it_names_is_there(made: tuple[Path, Ran]):
    out, ran = made
    assert ran.code == DONE, ran.err
    assert list(ran.json) == [*MADE, "heard", "documents", "communities"]
    assert all(out in Path(ran.json[key]).parents for key in MADE)
    assert all(Path(ran.json[key]).exists() for key in MADE)


def test_every_document_of_the_plan_is_there_and_small(made: tuple[Path, Ran]):
    rows = made[1].json["documents"]
    assert [Path(row["path"]).name for row in rows] == DOCUMENTS
    assert all(row["size"] == Path(row["path"]).stat().st_size < 300_000 for row in rows)
    one_page = (made[0] / "plan-one-page.pdf").read_bytes()
    assert len(PdfReader(io.BytesIO(one_page)).pages) == 1


def test_office_was_heard_at_headquarters_and_two_are_missing(made: tuple[Path, Ran]):
    out, ran = made
    assert ran.json["heard"].startswith("1 of 3 offices")
    assert Path(ran.json["office_file"]).stat().st_size < 30_000
    where = ["--profile", str(out / "headquarters"), "--key-file", str(out / "headquarters.key"), "--json"]
    report = a_child([*where, "rollup", "report"]).json
    assert [(plan["plan"], plan["office_id"]) for plan in report["plans"]] == [(PLAN, "ken")]
    assert [office["plans"] for office in report["offices"] if office["office_id"] != "ken"] == [None, None]


def test_it_tells_every_community_with_its_key_numbers(made: tuple[Path, Ran]):
    rows = made[1].json["communities"]
    keys = ["name", "members", "messages", "contributors_90_days", "reply_rate", "first_reply_hours", "unanswered"]
    assert {tuple(sorted(row)) for row in rows} == {tuple(sorted(keys))}
    assert len(rows) == 25
    assert 35_000 < sum(row["messages"] for row in rows) < 45_000
    assert all(row["members"] > 20 for row in rows)


def test_documents_and_picture_are_real(made: tuple[Path, Ran]):
    out, _ = made
    pdf = (out / "plan-summary.pdf").read_bytes()
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert PLAN in text
    assert COMMUNITY in text
    docx = (out / "plan-summary.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(docx)) as document:
        assert PLAN in document.read("word/document.xml").decode()
    assert max(len(pdf), len(docx)) < 300_000
    picture = (out / "dashboard.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (1366, 768)
    assert len(picture) > 40_000


def test_profile_it_made_is_sound_and_holds_a_plan_on_its_way(made: tuple[Path, Ran]):
    out, _ = made
    where = ["--profile", str(out / "profile"), "--key-file", str(out / "profile.key"), "--json"]
    assert a_child([*where, "check", "--quick"]).json["is_sound"]
    (plan,) = a_child([*where, "plan", "list"]).json
    assert (plan["name"], plan["community"]) == (PLAN, COMMUNITY)
    # The last three that were due; on a weekend the next time of a series stands for one of them.
    assert 2 <= plan["doing"] <= 3
    assert plan["done"] > 0
    assert plan["todo"] > 0


def test_it_does_not_take_a_demo_away_that_a_window_shows(made: tuple[Path, Ran]):
    out, _ = made
    with ProfileLock(out / "profile"):
        ran = a_child(["demo", "--out", str(out), "--no-window"])
    assert ran.code == NEEDS_USER
    assert (out / "profile" / "workbench.db").exists()


def test_it_takes_nothing_away_that_no_demo_made(tmp_path: Path):
    kept = tmp_path / "profile"
    kept.mkdir()
    (kept / "mine").write_text("precious", encoding="utf-8")
    ran = a_child(["demo", "--out", str(tmp_path), "--no-window"])
    assert ran.code == USAGE
    assert "was not made by a demo" in ran.err
    assert (kept / "mine").read_text(encoding="utf-8") == "precious"
    assert not (tmp_path / MARK).exists()


@pytest.mark.parametrize("option", ["--profile", "--key-file"])
def test_a_profile_named_beside_it_is_refused_because_it_makes_its_own(tmp_path: Path, capsys, option):
    assert main([option, str(tmp_path / "mine"), "demo", "--out", str(tmp_path / "demo"), "--no-window"]) == USAGE
    assert "of its own; name the folder for them with --out DIR" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_place_that_cannot_be_written_is_said_before_any_work(tmp_path: Path):
    (tmp_path / "file").touch()
    ran = a_child(["demo", "--out", str(tmp_path / "file" / "demo"), "--no-window"])
    assert ran.code == 1
    assert "The document could not be written" in ran.err


def test_display_is_one_that_somebody_sees(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not has_display()
