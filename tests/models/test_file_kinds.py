"""What a file is, whatever it says it is, and under which name it may be saved."""

import pytest

from workbench.models.file_kinds import NAME_LENGTH, FileKind, kind_of, media_type_of, safe_name


@pytest.mark.parametrize(
    ("media_type", "name", "kind"),
    [
        ("image/png", "map.png", FileKind.PICTURE),
        ("", "map.JPG", FileKind.PICTURE),
        ("application/octet-stream", "plan.pdf", FileKind.DOCUMENT),
        ("application/vnd.oasis.opendocument.text", "minutes.odt", FileKind.DOCUMENT),
        ("text/plain; charset=utf-8", "notes", FileKind.TEXT),
        ("audio/mpeg", "call.mp3", FileKind.SOUND),
        ("video/mp4", "walk.mp4", FileKind.FILM),
        ("application/zip", "all.zip", FileKind.PACKED),
        ("application/x-thing", "thing", FileKind.OTHER),
        ("image/png", "map.png.exe", FileKind.PROGRAM),
        ("image/svg+xml", "map.svg", FileKind.PROGRAM),
        ("text/html", "page.html", FileKind.PROGRAM),
        ("application/pdf", "plan.LNK ", FileKind.PROGRAM),
    ],
)
def test_the_end_of_a_name_that_could_be_run_outweighs_what_is_said(media_type, name, kind):
    assert kind_of(media_type, name) is kind


def test_a_media_type_that_says_nothing_is_guessed_from_the_name():
    assert media_type_of("application/octet-stream", "map.png") == "image/png"
    assert media_type_of("IMAGE/GIF; x=1", "map.png") == "image/gif"
    assert media_type_of("", "thing") == ""


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\amina\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("a<b>:c|d?.pdf", "a_b__c_d_.pdf"),
        ("line\nbreak.txt", "line_break.txt"),
        ("CON.txt", "_CON.txt"),
        (" . ", "file"),
        ("", "file"),
        ("خطة العمل.pdf", "خطة العمل.pdf"),
    ],
)
def test_a_name_is_made_safe_for_any_system(name, saved):
    assert safe_name(name) == saved


def test_a_long_name_keeps_its_ending():
    assert safe_name("x" * 300 + ".pdf") == "x" * (NAME_LENGTH - 4) + ".pdf"
