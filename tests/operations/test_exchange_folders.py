"""Exchange folders: what waits, and all that is left out without a word."""

import pytest

from tests.operations.laptops import Laptop, card_called, two_laptops
from workbench.errors import EnvelopeCutError, EnvelopeDamagedError, SourceError
from workbench.operations.exchange_folders import scan_folder, scan_partner_folders
from workbench.operations.partners import choose_partner_folder


@pytest.fixture
def shared(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


def waiting(laptop, folder):
    return [each.path.name for each in scan_folder(laptop.workspace, folder).waiting]


def test_a_new_file_waits_until_it_is_taken_in(tmp_path, shared):
    amina, bo = two_laptops(tmp_path)
    sent = bo.send(amina, into=shared)
    assert waiting(amina, shared) == [sent.path.name]
    assert waiting(bo, shared) == []
    amina.receive(sent.path)
    assert waiting(amina, shared) == []


def test_of_several_files_of_a_plan_only_the_newest_waits_and_late_ones_do_not(tmp_path, shared):
    amina, bo = two_laptops(tmp_path)
    card = card_called(bo.view, "Welcome newcomers")
    sent = []
    for number in range(3):
        bo.editor.set_card(card, notes=str(number))
        sent.append(bo.send(amina, into=shared))
    assert waiting(amina, shared) == [sent[2].path.name]
    amina.receive(sent[2].path)
    assert waiting(amina, shared) == []


@pytest.mark.parametrize(
    "name",
    [
        "{stem}.cwplan.tmp",
        "{stem}.cwplan.part",
        ".{stem}.cwplan",
        "~{stem}.cwplan",
        "{stem}.txt",
        "{stem} (1).cwplan",
        "{stem}(2).cwplan",
        "{stem} - Copy.cwplan",
        "{stem} (Amina Example's conflicted copy 2024-06-15).cwplan",
        "{stem}.sync-conflict-20240615-120000-ABC.cwplan",
        "{stem}-conflict-1.cwplan",
        "another name of the same.cwplan",
    ],
)
def test_partial_files_and_second_copies_are_left_out(tmp_path, shared, name):
    amina, bo = two_laptops(tmp_path)
    path = bo.send(amina, into=shared).path
    (shared / name.format(stem=path.stem)).write_bytes(path.read_bytes())
    assert len(waiting(amina, shared)) == 1


def test_a_second_copy_whose_first_is_gone_waits(tmp_path, shared):
    amina, bo = two_laptops(tmp_path)
    path = bo.send(amina, into=shared).path
    path.rename(shared / f"{path.stem} (1).cwplan")
    assert waiting(amina, shared) == [f"{path.stem} (1).cwplan"]


def test_files_for_others_are_none_of_our_business(tmp_path, shared):
    amina, bo = two_laptops(tmp_path)
    carol = Laptop(tmp_path / "carol", "Carol Example")
    amina.send(bo, into=shared)
    assert waiting(carol, shared) == []


def test_bad_files_say_why_and_the_good_ones_still_wait(tmp_path, shared):
    amina, bo = two_laptops(tmp_path)
    path = bo.send(amina, into=shared).path
    data = path.read_bytes()
    (shared / "a cut one.cwplan").write_bytes(data[:-9])
    (shared / "b bad one.cwplan").write_bytes(data[:-9] + b"123456789")
    (shared / "c.cwplan").mkdir()
    found = scan_folder(amina.workspace, shared).waiting
    errors = {each.path.name: type(each.error) for each in found}
    assert errors == {
        "a cut one.cwplan": EnvelopeCutError,
        "b bad one.cwplan": EnvelopeDamagedError,
        "c.cwplan": SourceError,
        path.name: type(None),
    }


def test_every_partners_folder_is_looked_at_once_and_a_missing_one_says_so(tmp_path, shared):
    amina, bo = two_laptops(tmp_path)
    carol = Laptop(tmp_path / "carol", "Carol Example")
    amina.trust(carol)
    choose_partner_folder(amina.workspace, "Bo Example", shared)
    choose_partner_folder(amina.workspace, "Carol Example", shared)
    sent = bo.send(amina, into=shared)
    (scan,) = scan_partner_folders(amina.workspace)
    assert [each.path for each in scan.waiting] == [sent.path]
    sent.path.unlink()
    shared.rmdir()
    (scan,) = scan_partner_folders(amina.workspace)
    assert isinstance(scan.error, SourceError)
    assert scan.waiting == ()
