"""A second start raises the first window; without a first one it says so."""

from pathlib import Path

from workbench.ui.single_instance import FirstInstance, raise_first, server_name


def test_second_start_raises_the_first_window(qtbot, tmp_path: Path):
    first = FirstInstance(tmp_path)
    assert first.is_listening
    with qtbot.waitSignal(first.raise_wanted):
        assert raise_first(tmp_path)
    first.close()
    assert not raise_first(tmp_path), "one that is closing cannot come to the front"


def test_without_a_first_window_there_is_nobody_to_raise(qapp, tmp_path: Path):
    assert not raise_first(tmp_path / "other")


def test_socket_name_is_the_same_for_every_spelling_and_tells_nothing(tmp_path: Path):
    (tmp_path / "profile").mkdir()
    assert server_name(tmp_path / "profile") == server_name(tmp_path / "profile" / ".." / "profile")
    assert "profile" not in server_name(tmp_path / "profile")


def test_socket_left_by_a_crash_is_no_hindrance(qtbot, tmp_path: Path):
    crashed = FirstInstance(tmp_path)
    again = FirstInstance(tmp_path)
    assert crashed.is_listening
    assert again.is_listening
