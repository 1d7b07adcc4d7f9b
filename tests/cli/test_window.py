"""The verb that opens the window: a picture of a page without a screen, and words where it cannot be opened."""

import os
from pathlib import Path

import pytest

from tests.cli.archives import an_archive
from tests.cli.runs import DONE, NEEDS_USER, USAGE, Desk, a_child
from workbench.models.lock import ProfileLock

PNG = b"\x89PNG\r\n\x1a\n"
NO_SCREEN = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")


@pytest.fixture(name="filled")
def a_filled_desk(desk: Desk) -> Desk:
    (desk.folder / "mail.mbox").write_bytes(an_archive(9))
    desk.rows("import", "mailing-list", desk.folder / "mail.mbox", "--community", "Water")
    return desk


def test_picture_of_a_page_is_taken_beside_an_open_window(filled: Desk):
    picture = filled.folder / "pictures" / "dashboard.png"
    with ProfileLock(filled.profile):
        ran = filled.child("gui", "--page", "dashboard:Water", "--screenshot", picture)
    assert (ran.code, ran.err) == (DONE, "")
    assert picture.read_bytes().startswith(PNG)
    assert len(picture.read_bytes()) > 10_000


def test_wrong_key_is_said_and_no_picture_is_written(filled: Desk):
    other = filled.folder / "other"
    other.touch(mode=0o600)
    other.write_text("00" * 32, encoding="ascii")
    picture = filled.folder / "no.png"
    ran = a_child(["--profile", str(filled.profile), "--key-file", str(other), "gui", "--screenshot", str(picture)])
    assert ran.code == NEEDS_USER
    assert "The key does not open this profile." in ran.err
    assert not picture.exists()


def test_picture_of_no_profile_is_refused(bare_desk: Desk):
    picture = bare_desk.folder / "no.png"
    ran = bare_desk.child("gui", "--screenshot", picture)
    assert ran.code == USAGE
    assert "There is no profile" in ran.err
    assert not picture.exists()
    assert not bare_desk.profile.exists()


@pytest.mark.parametrize("words", [[], ["gui"]])
def test_machine_without_a_screen_says_so(bare_desk: Desk, words: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in NO_SCREEN:
        monkeypatch.delenv(name, raising=False)
    ran = bare_desk.run(*words)
    assert ran.code == NEEDS_USER
    assert "there is no screen here" in ran.err
    assert not bare_desk.profile.exists()
    assert not set(NO_SCREEN) & set(os.environ)
    assert Path.cwd().exists()
