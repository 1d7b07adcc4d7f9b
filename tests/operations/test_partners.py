"""Partners: partner files out and in, folders, and whom a name means."""

import pytest

from tests.operations.laptops import Laptop, two_laptops
from workbench.errors import BadInputError, ExportError, SourceError
from workbench.operations.partners import (
    add_partner,
    choose_partner_folder,
    names_behind_marks,
    own_identity,
    own_mark,
    partner_named,
    partners,
    read_file,
    read_partner_file,
    remove_partner,
    rename_partner,
    write_own_identity,
)


@pytest.fixture
def amina(tmp_path):
    return Laptop(tmp_path / "amina", "Amina Example")


@pytest.fixture
def bo(tmp_path):
    return Laptop(tmp_path / "bo", "Bo Example")


def test_a_partner_file_goes_from_one_to_the_other(amina, bo, tmp_path):
    out = tmp_path / "amina.cwpartner"
    written = write_own_identity(amina.workspace, out)
    read = read_partner_file(out)
    assert read == written == own_identity(amina.workspace)
    add_partner(bo.workspace, read)
    assert [each.name for each in partners(bo.workspace)] == ["Amina Example"]
    assert partner_named(bo.workspace, "amina example").signer == read.signer
    remove_partner(bo.workspace, "Amina Example")
    with pytest.raises(BadInputError):
        partner_named(bo.workspace, "Amina Example")


def test_other_files_are_no_partner_files(tmp_path):
    for data in (b"\xff\xfe\x00", b"hello", b" " * 20_000):
        path = tmp_path / "x.cwpartner"
        path.write_bytes(data)
        with pytest.raises(BadInputError):
            read_partner_file(path)


def test_places_that_cannot_be_used_are_told(amina, bo, tmp_path):
    with pytest.raises(ExportError):
        write_own_identity(amina.workspace, tmp_path / "gone" / "x.cwpartner")
    with pytest.raises(BadInputError):
        read_file(tmp_path / "gone", most=10)
    with pytest.raises(SourceError):
        read_file(tmp_path, most=10)
    amina.trust(bo)
    with pytest.raises(BadInputError):
        choose_partner_folder(amina.workspace, "Bo Example", tmp_path / "gone")
    choose_partner_folder(amina.workspace, "Bo Example", tmp_path)
    assert [each.folder for each in partners(amina.workspace)] == [str(tmp_path)]


def test_marks_in_plans_have_names(amina, tmp_path):
    assert names_behind_marks(amina.workspace) == {own_mark(amina.workspace): "Amina Example", "me": "you"}


def test_the_mark_is_known_only_in_the_copy_it_was_made_for(amina):
    assert own_mark(amina.workspace)
    (amina.folder / "profile" / "copy.json").write_text('{"copy": "x", "place": "elsewhere"}')
    assert own_mark(amina.workspace) == ""


def test_a_partner_is_called_something_else_and_stays_trusted(tmp_path):
    amina, bo = two_laptops(tmp_path)
    rename_partner(amina.workspace, "bo example", " Bo  in Kenya ")
    assert [each.name for each in partners(amina.workspace)] == ["Bo in Kenya"]
    assert amina.read(bo.send(amina).path).sender == "Bo in Kenya"
    with pytest.raises(BadInputError, match="no partner called"):
        rename_partner(amina.workspace, "Bo Example", "Bo")
    with pytest.raises(BadInputError, match="A name has"):
        rename_partner(amina.workspace, "Bo in Kenya", "  ")
