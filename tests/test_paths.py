"""Paths: the profile's places and the program's resources."""

import sys
from pathlib import Path

import pytest

from workbench.paths import backup_folder, database_file, default_profile, log_folder, own_command, resource


def test_default_profile_is_the_users_own():
    assert default_profile().is_absolute()
    assert default_profile().name == "profile"
    assert "community-workbench" in default_profile().parts


def test_everything_of_a_profile_lies_in_its_folder(tmp_path):
    for place in (database_file(tmp_path), backup_folder(tmp_path), log_folder(tmp_path)):
        assert place.parent == tmp_path


def test_resources_are_found_beside_the_package_and_where_a_frozen_program_unpacked_them(tmp_path, monkeypatch):
    (tmp_path / "resources" / "icons").mkdir(parents=True)
    (tmp_path / "resources" / "icons" / "only here.svg").touch()
    with pytest.raises(FileNotFoundError):
        resource("icons/only here.svg")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("icons/only here.svg") == (tmp_path / "resources" / "icons" / "only here.svg").resolve()


def test_nothing_outside_the_resources_is_one():
    for name in ("../pyproject.toml", "not there", str(Path(__file__))):
        with pytest.raises(FileNotFoundError):
            resource(name)


def test_program_starts_itself_also_when_it_is_frozen(monkeypatch):
    assert own_command()[-2:] == ["-m", "workbench"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == [sys.executable]
