"""The README's examples run as they stand, in one folder, one after the other, as somebody reads them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import NOW, a_workspace
from tests.cli.runs import ROOT, Desk
from workbench.plans.document import PlanDocument
from workbench.plans.views import FieldEdit, RecordKind
from workbench.queries.plans import find_plan

BEFORE = ("Bring in a mailing list", "Plan ninety days", "Report")
PLAN = "Every question answered"
MAIL = """From amina Mon Jan  1 09:00:00 2024
From: Amina Example <amina@example.org>
Date: Mon, 01 Jan 2024 09:00:00 +0000
Message-ID: <one@example.org>
Subject: Pumps

Which pump?
"""


def examples(heading: str = "Plans by script") -> list[str]:
    """The blocks of a section."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"### {heading}\n")[1].split("\n### ")[0]
    return re.findall(r"^```\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty profile, and a command named workbench that works on it."""
    a_workspace(tmp_path).close()
    command = tmp_path / "bin" / "workbench"
    command.parent.mkdir()
    where = f'--profile "{tmp_path / "profile"}" --key-file "{tmp_path / "key"}"'
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m workbench {where} "$@"\n', encoding="utf-8")
    command.chmod(0o700)
    return tmp_path


def run(script: str, folder: Path) -> None:
    """The lines as a person pastes them into a shell, which stops at the first that fails."""
    environment = os.environ | {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-eu", "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, f"{script}\n{done.stderr}"


def test_every_example_does_what_it_says(folder: Path, capsys: pytest.CaptureFixture[str]):
    desk = Desk(folder, capsys)
    (folder / "archive").mkdir()
    (folder / "archive" / "2024.mbox").write_text(MAIL, encoding="utf-8")
    for heading in BEFORE:
        for each in examples(heading):
            run(each, folder)
    assert (folder / "summary.pdf").stat().st_size > 100
    described, attendance, late, closed, kept, settled = examples()
    run(described, folder)
    assert {(row["name"], row["owner"]) for row in desk.rows("plan", "list")} == {
        ("Questions get answers", "Amina Example"),
        (PLAN, "Amina Example"),
        (f"{PLAN}, Nepal", "Luis Ejemplo"),
    }
    run(attendance, folder)
    assert desk.rows("plan", "show", PLAN)["objectives"][1]["baseline"] == 12.0
    run(late, folder)
    assert (folder / "late.txt").exists()
    run(closed, folder)
    shown = desk.rows("plan", "show", PLAN)
    assert shown["checkpoints"][0]["decisions"] == "Go on"
    assert shown["checkpoints"][0]["locked_at"] is not None
    assert [card["title"] for card in shown["cards"] if card["column"] == "done"] == ["Ask three experts"]
    assert all((folder / f"plan.{key}").stat().st_size > 100 for key in ("pdf", "pptx", "ics"))
    run(kept, folder)
    assert json.loads((folder / "kept.json").read_text(encoding="utf-8"))["plan"]["name"] == PLAN
    again = desk.rows("plan", "show", f"{PLAN}, as it was")
    assert [card["title"] for card in again["cards"]] == [card["title"] for card in shown["cards"]]
    following = desk.rows("plan", "show", "Questions stay answered")
    assert following["starts_on"] == "2026-06-01"
    assert {"Ask three experts", "Open hour"} <= {card["title"] for card in following["cards"]}
    change_apart(folder)
    waiting = desk.rows("plan", "conflicts", PLAN)
    assert [(each["field"], len(each["values"])) for each in waiting] == [("Problem", 2)]
    run(settled, folder)
    assert desk.rows("plan", "conflicts", PLAN) == []


def change_apart(folder: Path) -> None:
    """Two people write down the problem of the plan, and then hear of each other."""
    workspace = a_workspace(folder)
    with workspace.database.read() as reader:
        plan = find_plan(reader, PLAN)
    assert plan is not None
    editor = workspace.plans.open(plan.id)
    other = PlanDocument.from_bytes(editor.to_bytes())
    editor.set_plan(problem="Questions wait")
    other.write([FieldEdit(RecordKind.PLAN, "", "problem", "Nobody reads them")], at=NOW, author="Luis Ejemplo")
    editor.merge(other.to_bytes())
    workspace.close()


def test_there_are_six_of_them_and_none_asks_anything():
    found = examples()
    assert len(found) == 6
    assert all("workbench" in each for each in found)
