"""How the window looked is remembered, whole or not at all, and never in the way."""

from pathlib import Path

import pytest

from workbench.ui.window_state import FILE_NAME, WindowState, first_size, load_state, save_state


def test_what_was_saved_comes_back(tmp_path: Path):
    state = WindowState(
        geometry="abc=", page="plans", scope=(3, 4), period="last_7", theme="dark", text_scale=1.5, rail="narrow"
    )
    assert save_state(tmp_path, state)
    assert load_state(tmp_path) == state
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"scope": ["x"], "theme": 7, "more": 1}', "\udcff"])
def test_what_cannot_be_read_is_forgotten(tmp_path: Path, text: str):
    (tmp_path / FILE_NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert load_state(tmp_path) == WindowState()


def test_a_folder_that_cannot_be_written_harms_nothing(tmp_path: Path):
    assert not save_state(tmp_path / "absent", WindowState())


@pytest.mark.parametrize(
    ("room", "size"),
    [((1920, 1080), (1366, 768)), ((1366, 768), (1350, 728)), ((1366, 728), (1350, 688))],
    ids=["large", "exact", "with a bar"],
)
def test_the_first_window_fits_the_screen_with_its_frame(room: tuple[int, int], size: tuple[int, int]):
    assert first_size((1366, 768), room=room) == size
