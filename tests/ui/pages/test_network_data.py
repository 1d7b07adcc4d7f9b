"""Network data: scenes by group and by office, pictures without names, and turns that are given back."""

import sys

from PySide6.QtGui import QImage

from tests.ui.pages.network_look import look
from workbench.ui.pages.network_data import ColourBy, everybody, picture_bytes, save_bytes, short_turns, shown
from workbench.ui.theme import Theme

__all__ = ["look"]


def test_colours_say_groups_or_offices(look):
    by_group, by_office = shown(look, ColourBy.GROUP), shown(look, ColourBy.OFFICE)
    assert len(by_group.scene.legend) == look.clusters == 3
    assert [entry.words for entry in by_office.scene.legend] == ["Dakar", "Kabul", "Lima"]
    assert by_group.others == by_office.others == ""
    assert by_group.scene.places == by_office.scene.places
    assert [row.name for row in everybody(look, are_hidden=True)][-1] == "Somebody in Kabul"


def test_pictures_are_whole_and_name_nobody(look, theme: Theme, tmp_path):
    found = shown(look, ColourBy.GROUP)
    image = QImage.fromData(picture_bytes(found, theme.font(), ".png"))
    assert (image.width(), image.height()) == (1600, 1200)
    drawing = picture_bytes(found, theme.font(), ".svg")
    assert drawing.startswith(b"<?xml")
    assert b"Example" not in drawing
    path, size = save_bytes(drawing, tmp_path / "network.svg")
    assert path.stat().st_size == size == len(drawing)


def test_turns_of_threads_are_as_before_afterwards():
    usual = sys.getswitchinterval()
    with short_turns():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual
