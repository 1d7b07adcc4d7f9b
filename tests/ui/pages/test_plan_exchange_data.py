"""What the Exchange page reads: plans, partners, ways kept, what waits and in which folders."""

import json
import subprocess
import sys
from pathlib import Path

import workbench
from tests.operations.laptops import Laptop
from tests.ui.pages.exchange_parts import both_change
from tests.ui.plan_samples import a_plan
from workbench.operations.partners import choose_partner_folder
from workbench.ui.pages.plan_exchange_data import (
    FILE,
    WAY_KEY,
    SendWish,
    Way,
    read_exchange,
    read_waiting,
    send,
    watched_folders,
)
from workbench.workspace import Workspace

CHOOSE = "Choose the file that your partner sent; its name ends in .cwplan."


def test_choices_and_copies_are_those_of_the_plan(pair):
    amina, bo = pair
    amina.receive(both_change(amina, bo).path)
    data = read_exchange(amina.workspace, plan_id=amina.plan)
    assert [each.field for each in data.choices] == ["Owner"]
    assert [each.plan_name for each in data.copies] == ["Safe water"]
    assert data.own is not None
    assert [each.name for each in data.partners] == ["Bo Example"]
    other = read_exchange(amina.workspace, plan_id=None)
    assert (other.choices, other.copies) == ((), ())


def test_how_a_plan_went_is_kept(pair, tmp_path):
    amina: Laptop = pair[0]
    assert amina.plan is not None
    way = Way(("Bo Example",), FILE, str(tmp_path))
    sent = send(amina.workspace, SendWish(amina.plan, tmp_path, way))
    assert sent.path.parent == tmp_path
    assert read_exchange(amina.workspace, plan_id=None).ways == {amina.plan: way}


def test_a_way_this_version_does_not_know_becomes_a_file(workspace: Workspace):
    plan = a_plan(workspace)
    workspace.notes.set_preference(WAY_KEY, json.dumps({plan: {"to": [], "way": "pigeon", "place": ""}}))
    workspace.notes.set_preference("my_name", json.dumps("Cleo Example"))
    data = read_exchange(workspace, plan_id=plan)
    assert data.ways == {plan: Way()}
    assert (data.own, data.proposed) == (None, "Cleo Example")


def test_without_a_partner_nothing_is_loaded_that_signs_or_writes(workspace: Workspace):
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from workbench.ui.pages.plan_exchange_data import read_exchange\n"
        "from workbench.vault import KeyFile\nfrom workbench.workspace import Workspace\n"
        "profile, key = map(Path, sys.argv[1:])\n"
        "with Workspace.open(profile, key=KeyFile(key), writable=False) as workspace:\n"
        "    read_exchange(workspace, plan_id=None)\n"
        "print([name for name in ('sqlalchemy', 'sqlmodel', 'pyrage', 'pycrdt') if name in sys.modules])"
    )
    where = [str(workspace.profile), str(workspace.profile.parent / "key")]
    root = Path(workbench.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code, *where], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_waits_names_the_plan_or_the_trouble(pair, tmp_path):
    amina, bo = pair
    shared = tmp_path / "shared"
    shared.mkdir()
    assert watched_folders(amina.workspace) == ()
    choose_partner_folder(amina.workspace, "Bo Example", shared)
    assert watched_folders(amina.workspace) == (shared,)
    both_change(amina, bo)
    bo.send(amina, into=shared)
    (shared / "picture.cwplan").write_bytes(b"PK a picture")
    told = {line.plan: line.trouble for line in read_waiting(amina.workspace)}
    assert told == {"Safe water": "", "": f"This file was not made by Community Workbench. {CHOOSE}"}
    (shared / "picture.cwplan").unlink()
    for path in shared.iterdir():
        path.unlink()
    shared.rmdir()
    (line,) = read_waiting(amina.workspace)
    assert "cannot be read now" in line.trouble
