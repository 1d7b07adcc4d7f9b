"""What the list of partners writes: our file, theirs from a file or from a message, names, folders and trust."""

import pytest

from tests.operations.laptops import Laptop
from workbench.errors import BadInputError
from workbench.operations.partners import own_identity, partners
from workbench.ui.pages.partners_data import changed, name_myself, read_file, read_text, trust, write_mine
from workbench.workspace import Workspace


def test_our_file_is_read_by_others(workspace: Workspace, tmp_path):
    mine = name_myself(workspace, "Cleo Example")
    path = write_mine(workspace, tmp_path / "cleo")
    assert path.name == "cleo.cwpartner"
    assert read_file(path) == mine
    assert read_text(f"Dear Bo,\n\n{mine.to_text()}\n\nBest, Cleo") == mine
    with pytest.raises(BadInputError):
        read_text("Dear Bo")


def test_a_partner_is_added_renamed_given_a_folder_and_removed(pair, workspace: Workspace, tmp_path):
    bo: Laptop = pair[1]
    trust(workspace, own_identity(bo.workspace))
    changed("rename", workspace, "Bo Example", "Bo in Kenya")
    changed("folder", workspace, "Bo in Kenya", tmp_path)
    (partner,) = partners(workspace)
    assert (partner.name, partner.folder) == ("Bo in Kenya", str(tmp_path))
    changed("folder", workspace, "Bo in Kenya")
    assert partners(workspace)[0].folder is None
    changed("remove", workspace, "Bo in Kenya")
    assert partners(workspace) == []


def test_a_name_another_partner_has_is_refused(pair, workspace: Workspace):
    for laptop in pair:
        trust(workspace, own_identity(laptop.workspace))
    with pytest.raises(BadInputError, match="Another partner"):
        changed("rename", workspace, "Bo Example", "amina example")
    assert [each.name for each in partners(workspace)] == ["Amina Example", "Bo Example"]
