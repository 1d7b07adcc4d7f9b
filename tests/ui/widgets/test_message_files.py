"""The files below a message: words, buttons, small pictures, and room for each."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from workbench.models.file_kinds import FileKind
from workbench.models.kinds import FileReason
from workbench.queries.attachments import AttachmentRow
from workbench.ui.icons import outline
from workbench.ui.theme import Theme
from workbench.ui.widgets.message_files import (
    ICONS,
    PICTURE_BYTES,
    FileDeed,
    FileState,
    MessageFiles,
    ReadyFile,
    small_picture,
)

ROW = AttachmentRow(1, 10, "plan.pdf", "application/pdf", 1_200_000, is_here=False, reason=None, has_address=True)


def a_picture(width: int = 900, height: int = 300) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def files(theme: Theme, ground: QWidget) -> MessageFiles:
    made = MessageFiles(theme, ground)
    made.resize(600, 300)
    return made


def words(files: MessageFiles) -> list[str]:
    return [label.text().strip("\u2068\u2069") for label in files.findChildren(QLabel) if label.isVisible()]


def buttons(files: MessageFiles) -> list[QPushButton]:
    return [button for button in files.findChildren(QPushButton) if button.isVisible()]


@pytest.mark.parametrize(
    ("file", "facts", "deeds"),
    [
        (ReadyFile(ROW), "1.2 MB", [(FileDeed.FETCH, "Fetch 1.2 MB")]),
        (ReadyFile(replace(ROW, size=None)), "size unknown", [(FileDeed.FETCH, "Fetch")]),
        (ReadyFile(replace(ROW, is_here=True)), "1.2 MB", [(FileDeed.SAVE, "Save as…")]),
        (
            ReadyFile(replace(ROW, reason=FileReason.GONE)),
            "1.2 MB · no longer at its platform",
            [(FileDeed.FETCH, "Fetch 1.2 MB")],
        ),
        (
            ReadyFile(replace(ROW, has_address=False, reason=FileReason.NOT_KEPT)),
            "1.2 MB · came with the mail and was not kept",
            [],
        ),
        (
            ReadyFile(replace(ROW, name="setup.exe", reason=FileReason.KIND)),
            "1.2 MB · a program, which is only stored and never run",
            [(FileDeed.FETCH, "Fetch 1.2 MB")],
        ),
        (
            ReadyFile(ROW, state=FileState.ASKING, said="This link is metered."),
            "This link is metered.",
            [(FileDeed.FETCH_ANYWAY, "Fetch 1.2 MB"), (FileDeed.NOT_NOW, "Not now")],
        ),
        (ReadyFile(ROW, state=FileState.FETCHING), "Fetching…", [(FileDeed.STOP, "Stop")]),
        (
            ReadyFile(ROW, state=FileState.FAILED, said="There is no connection."),
            "There is no connection.",
            [(FileDeed.FETCH, "Try again")],
        ),
    ],
)
def test_each_state_has_its_words_and_its_buttons(file: ReadyFile, facts: str, deeds: list[tuple[FileDeed, str]]):
    assert file.facts() == facts
    assert list(file.deeds()) == deeds


def test_a_button_says_what_is_wanted_of_which_file(qtbot, files: MessageFiles):
    files.show_files([ReadyFile(ROW)])
    assert words(files) == ["plan.pdf", "1.2 MB"]
    (button,) = buttons(files)
    assert button.accessibleName() == "Fetch 1.2 MB: plan.pdf, 1.2 MB"
    with qtbot.waitSignal(files.wanted) as wanted:
        button.click()
    assert wanted.args == [FileDeed.FETCH, ROW]


def test_the_keyboard_stays_with_a_file_whose_buttons_change(qtbot, ground: QWidget, files: MessageFiles):
    ground.activateWindow()
    files.show_files([ReadyFile(ROW), ReadyFile(replace(ROW, id=2))])

    def has_focus() -> bool:
        return buttons(files)[1].hasFocus()

    buttons(files)[1].setFocus()
    qtbot.waitUntil(has_focus)
    files.show_files([ReadyFile(ROW), ReadyFile(replace(ROW, id=2), state=FileState.FETCHING)])
    qtbot.waitUntil(has_focus)
    assert buttons(files)[1].text() == "Stop"


def test_many_files_are_shown_when_asked_for_and_each_takes_its_room(qtbot, files: MessageFiles):
    files.show_files([ReadyFile(replace(ROW, id=number)) for number in range(9)])
    few = files.full_height()
    more = buttons(files)[-1]
    assert more.text() == "Show 3 more files"
    with qtbot.waitSignal(files.opened_up):
        more.click()
    assert len(buttons(files)) == 9
    assert files.full_height() > few
    files.show_files([])
    assert (files.full_height(), files.isVisible()) == (0, False)


def test_a_picture_stands_below_its_row(files: MessageFiles, theme: Theme):
    files.show_files([ReadyFile(replace(ROW, is_here=True))])
    without = files.full_height()
    files.show_files([ReadyFile(replace(ROW, is_here=True), small_picture(a_picture()))])
    assert files.full_height() == without + theme.px(53) + theme.px(8)
    assert not files.grab().isNull()


def test_small_pictures_are_made_of_pictures_only():
    small = small_picture(a_picture())
    assert small is not None
    assert (small.width(), small.height()) == (320, 106)
    tiny = small_picture(a_picture(4, 4))
    assert tiny is not None
    assert tiny.width() == 4
    assert small_picture(b"<svg xmlns='http://www.w3.org/2000/svg'/>") is None
    assert small_picture(b"not a picture") is None
    assert small_picture(a_picture()[:60]) is None
    assert small_picture(a_picture() + b"\0" * PICTURE_BYTES) is None


def test_every_kind_of_file_has_an_icon_of_the_one_set():
    assert set(ICONS) == set(FileKind)
    assert all(not outline(name).isEmpty() for name in ICONS.values())


def test_larger_text_takes_more_room(files: MessageFiles, theme: Theme):
    files.show_files([ReadyFile(ROW)])
    before = files.full_height()
    theme.set_text_scale(1.5)
    files.show_files([ReadyFile(ROW)])
    assert files.full_height() == round(before * 1.5)
