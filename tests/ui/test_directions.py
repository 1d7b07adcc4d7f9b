"""Words of any script keep their direction and stand where the layout begins."""

import pytest
from PySide6.QtCore import Qt

from workbench.ui.directions import isolated, leading

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_LTR, _RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


def test_words_keep_their_own_direction():
    assert isolated("a") == "\u2068a\u2069"


@pytest.mark.parametrize(
    ("asked", "direction", "side"),
    [(_LEFT, _LTR, _LEFT), (_LEFT, _RTL, _RIGHT), (_RIGHT, _RTL, _LEFT), (Qt.AlignmentFlag.AlignHCenter, _RTL, None)],
)
def test_words_stand_where_the_layout_begins(asked, direction, side):
    found = leading(asked, direction)
    assert found & Qt.AlignmentFlag.AlignAbsolute
    assert found & (_LEFT | _RIGHT) == (side or Qt.AlignmentFlag(0))
    assert leading(found, direction) == found
