"""KeyFile: made for its owner only, refused when others may read it."""

import pytest

from workbench.errors import BadInputError, KeyMissingError, WrongKeyError
from workbench.vault.key_file import KeyFile


def test_new_key_file_holds_32_random_bytes_for_its_owner(tmp_path):
    path = tmp_path / "key"
    key = KeyFile(path).make(tmp_path, "instance")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text() == key.hex() + "\n"
    assert len(key) == 32
    assert KeyFile(path).unlock(tmp_path, "instance") == key
    assert KeyFile(tmp_path / "other").make(tmp_path, "instance") != key


def test_key_file_that_stands_there_is_used_and_not_replaced(tmp_path):
    key = KeyFile(tmp_path / "key").make(tmp_path, "one")
    assert KeyFile(tmp_path / "key").make(tmp_path, "two") == key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_key_file_others_may_read_is_refused_with_its_mode(tmp_path, mode):
    KeyFile(tmp_path / "key").make(tmp_path, "instance")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(BadInputError) as caught:
        KeyFile(tmp_path / "key").unlock(tmp_path, "instance")
    assert f"{mode:04o}" in caught.value.reason


def test_missing_key_file_is_said_so(tmp_path):
    with pytest.raises(KeyMissingError):
        KeyFile(tmp_path / "key").unlock(tmp_path, "instance")
    with pytest.raises(KeyMissingError):
        KeyFile(tmp_path).unlock(tmp_path, "instance")
    with pytest.raises(BadInputError):
        KeyFile(tmp_path / "no folder" / "key").make(tmp_path, "instance")


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff" * 64, b"0" * 62, b"0" * 66, b"zz" * 32])
def test_file_without_a_key_is_refused(tmp_path, content):
    path = tmp_path / "key"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(WrongKeyError):
        KeyFile(path).unlock(tmp_path, "instance")
