"""The first screen: a vault where there is one, else a passphrase typed twice, and failures in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.pages.first_run_start import Start, a_start, the_screen, type_passphrase
from workbench.ui.pages.first_run_key import KeyScreen, has_vault
from workbench.vault import Vault


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def start(qtbot, profile: Path) -> Iterator[Start]:
    """Starts without a profile; every window is closed after the test."""
    made = []

    def begin(key=None):
        made.append(a_start(profile, key))
        return made[-1]

    yield begin
    for session in made:
        session.window.close()


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("short", "short", "At least 8"),
        ("four words of mine", "", "again"),
        ("four words of mine", "other", "not the same"),
    ],
)
def test_a_passphrase_has_to_be_long_and_typed_twice(qtbot, start, first: str, second: str, said: str):
    key = the_screen(start(), KeyScreen)
    type_passphrase(key, first, second)
    assert said in key._rule.text()
    assert not key._go.isEnabled()


def test_a_vault_is_chosen_unless_a_passphrase_was_begun(qtbot, start):
    session = start()
    key = the_screen(session, KeyScreen)
    qtbot.waitUntil(lambda: "offers no vault" in key._passphrase.accessibleDescription())
    key._on_vault(True)
    assert key._go.isEnabled()
    assert key._fields.isHidden()
    chosen = []
    key.chosen.disconnect()
    key.chosen.connect(chosen.append)
    key._go.click()
    assert isinstance(chosen[0], Vault)


def test_this_test_run_has_no_vault():
    assert not has_vault()


def test_a_folder_that_cannot_be_used_is_explained_and_can_be_tried_again(qtbot, start, profile: Path):
    profile.write_text("in the way", "utf-8")
    session = start()
    key = the_screen(session, KeyScreen)
    qtbot.waitUntil(lambda: "offers no vault" in key._passphrase.accessibleDescription())
    type_passphrase(key, "four words of mine", "four words of mine")
    key._go.click()
    qtbot.waitUntil(key._problem_row.isVisible, timeout=20_000)
    assert key._go.isEnabled()
    assert key._first.text() == "four words of mine"
