"""A monthly report on a poor line: small files for people, one smaller for headquarters, and the roll-up of three."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.builders import a_clock, a_workspace
from tests.journeys.conftest import Seat
from tests.journeys.coordinator import CONTROL
from tests.journeys.partnership import introduced, trusted
from tests.journeys.planner import Planner
from tests.operations.test_rollup_import import Office
from tests.rollups import a_plan, a_snapshot
from tests.ui.pages.sheet_parts import a_sheet_plan
from workbench.operations.partners import own_identity, partner_store
from workbench.operations.rollup import expect_office
from workbench.ui.pages.plan_export_job import FORMATS
from workbench.workspace import Workspace

BUDGET = 300_000
"""Bytes of a report: about ten seconds on 256 kbit/s."""
DROP = "Drop the folder with the office files here"
TABLES = {"Plans": "Plans of offices", "Offices": "Offices", "Measures": "Measures"}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The profile of an office on 15 June 2024."""
    (tmp_path / "office").mkdir()
    found = a_workspace(tmp_path / "office")
    yield found
    found.close()


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Workspace]:
    """The profile of headquarters on 1 July 2024, where four offices are waited for."""
    (tmp_path / "headquarters").mkdir()
    found = a_workspace(tmp_path / "headquarters", clock=a_clock(datetime(2024, 7, 1, 12, tzinfo=UTC)))
    for code, name in {"ken": "Kenya", "tza": "Tanzania", "uga": "Uganda", "zmb": "Zambia"}.items():
        expect_office(found, place=found.database, code=code, name=name)
    yield found
    found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files of offices arrive."""
    found = tmp_path / "arrived"
    found.mkdir()
    return found


def save_every_format(planner: Planner, folder: Path) -> dict[str, int]:
    """The pages are looked at first; {format: bytes} of what was saved."""
    planner.press(Qt.Key.Key_E, CONTROL)
    assert "Page 1 of 2" in planner.words()
    assert "Names of card owners, sponsor and role holders are left out; the plan's owner is named." in planner.words()
    for _key, title, ending, _use in FORMATS:
        planner.click(title)
        planner.save_export(folder / f"June{ending}")
    planner.press(Qt.Key.Key_Escape)
    return {key: (folder / f"June{ending}").stat().st_size for key, _title, ending, _use in FORMATS}


def write_for_headquarters(planner: Planner, folder: Path) -> None:
    """Says once which office it is; shows what is told before it is written."""
    planner.take_the_keyboard()
    planner.command("Send to headquarters")
    planner.fill("Code of your office", "ken")
    planner.fill("Name of your office", "Kenya")
    planner.click("This is my office")
    assert "No name of a person, no card, no note, no message" in planner.words()
    planner.fill("Folder", str(folder))
    planner.click("Write the file")
    assert "Only Headquarters Example can open it." in planner.words()


def the_other_two_write(headquarters: Workspace, folder: Path) -> None:
    """Their files come by other ways; one of them is damaged under way."""
    recipient = own_identity(headquarters).recipient
    for code, name in {"tza": "Tanzania", "uga": "Uganda"}.items():
        office = Office(code, recipient)
        partner_store(headquarters).add(office.identity.public)
        data = office.write(1, a_snapshot(name=name, plans=[a_plan(f"plan of {code}", name=f"Plan of {name}")])).data
        (folder / f"{code}-1.cwoffice").write_bytes(data)
    (folder / "torn.cwoffice").write_bytes(data[:-30])


def take_in(planner: Planner, folder: Path) -> str:
    """What is said of a folder that was dropped."""
    planner.drop(folder, on=planner.named(DROP, QWidget))
    return planner.words()


def tables(planner: Planner) -> dict[str, list[tuple[str, ...]]]:
    """Everything that stands in the three tables."""
    found = {}
    for tab, name in TABLES.items():
        planner.turn(tab)
        found[tab] = planner.rows(name)
    return found


def test_the_month_is_told_in_small_files_and_added_up(
    filled: Workspace, headquarters: Workspace, seat: Seat, tmp_path: Path, folder: Path
):
    a_sheet_plan(filled)
    office, hq = seat(filled), seat(headquarters)
    office.take_the_keyboard()
    sizes = save_every_format(office, tmp_path)
    assert len(sizes) == len(FORMATS)
    assert all(0 < size < BUDGET for size in sizes.values())

    hers, theirs = introduced(office, "Amina Example"), introduced(hq, "Headquarters Example")
    trusted(office, theirs)
    trusted(hq, hers)
    write_for_headquarters(office, folder)
    the_other_two_write(headquarters, folder)
    assert all(path.stat().st_size < 20_000 for path in folder.iterdir()), "a few KB for each office"

    hq.take_the_keyboard()
    hq.command("Roll up offices")
    hq.click("Take in a folder…")
    said = take_in(hq, folder)
    assert "3 files taken in from 3 offices, 0 known already, 1 set aside." in said
    assert "torn.cwoffice" in said
    assert "ends too early" in said
    hq.click("See the offices")
    assert "3 of 4 offices, newest " in hq.words()
    assert "Nothing came from Zambia." in hq.words()
    before = tables(hq)

    # Once more, and nothing is counted twice.
    hq.click("Take in a folder…")
    assert "0 files taken in from 0 offices, 3 known already, 1 set aside." in take_in(hq, folder)
    hq.click("See the offices")
    assert tables(hq) == before

    hq.turn("Plans")
    hq.pick("Plan of Uganda", of=TABLES["Plans"])
    hq.press(Qt.Key.Key_Return)
    assert "As the office told it on " in hq.words()
    assert office.strays.seen == []
    assert set(hq.strays.seen) == {"QFileDialog “”"}, "the office's own, seen from here"
