"""Wording: details to copy, lines to print, and nothing told of a mistake of ours."""

from pathlib import Path

from workbench.errors import StoreError, WrongKeyError
from workbench.messages import wording


def test_what_is_a_mistake_of_ours_is_told_by_its_class_only():
    words = wording(KeyError("Amina Example"))
    assert (words.code, words.details) == ("unexpected", "KeyError")
    assert "Amina" not in words.lines()


def test_details_can_be_copied_without_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    details = wording(StoreError("odd", path=str(tmp_path / "profile"))).details
    assert str(tmp_path) not in details
    assert details.startswith("odd; path: ~")


def test_lines_are_for_a_terminal():
    lines = wording(WrongKeyError("no")).lines().splitlines()
    assert len(lines) == 4
    assert lines[-1] == "(no)"
