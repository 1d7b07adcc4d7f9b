"""Place: where a profile may lie."""

import pytest

from workbench.errors import BadInputError
from workbench.models.place import file_system_kind, is_synced, parse_mounts, refuse_shared_place


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "SMB3"])
def test_network_drives_are_refused_before_anything_is_made(tmp_path, kind):
    with pytest.raises(BadInputError) as caught:
        refuse_shared_place(tmp_path / "profile", kind_of=lambda _folder: kind)
    assert "network drive" in caught.value.reason
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["ext4", "tmpfs", "fuseblk", "apfs", ""])
def test_local_disks_are_fine(tmp_path, kind):
    refuse_shared_place(tmp_path / "profile", kind_of=lambda _folder: kind)


@pytest.mark.parametrize(
    "name", ["Dropbox", "OneDrive - Example Office", "Nextcloud", "Mobile Documents", "Dropbox (Office)"]
)
def test_folders_of_sync_programs_are_refused(tmp_path, name):
    folder = tmp_path / name / "community" / "profile"
    folder.mkdir(parents=True)
    with pytest.raises(BadInputError) as caught:
        refuse_shared_place(folder)
    assert "sync program" in caught.value.reason


def test_marks_of_sync_programs_are_seen(tmp_path):
    assert not is_synced(tmp_path)
    (tmp_path / ".stfolder").mkdir()
    assert is_synced(tmp_path / "deep" / "inside")


def test_names_that_only_resemble_are_fine(tmp_path):
    assert not is_synced(tmp_path / "dropbox-tools" / "onedriver" / "sync")


def test_mounts_are_read_with_blanks_in_their_names():
    text = "server:/home /mnt/my\\040share nfs4 rw 0 0\ntmpfs /run tmpfs rw 0 0\nbroken line\n"
    assert parse_mounts(text)[:2] == [("/mnt/my share", "nfs4"), ("/run", "tmpfs")]


def test_this_machine_names_a_kind_without_failing(tmp_path):
    assert isinstance(file_system_kind(tmp_path / "not" / "yet"), str)
