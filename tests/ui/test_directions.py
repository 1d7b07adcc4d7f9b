"""Words of any script keep their direction and stand where the layout begins."""

import pytest
from PySide6.QtCore import Qt

from workbench.ui.directions import isolated, leading, subject_words

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_LTR, _RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@pytest.mark.parametrize(
    ("words", "inside", "of_a_label"),
    [
        ("a", "\u2068a\u2069", "a"),
        ("Re: water", "\u2068Re: water\u2069", "Re: water"),
        # Mail puts Latin letters before a subject of any script; they say nothing of its direction.
        ("Re: 2 مياه", "\u2067Re: 2 مياه\u2069", "\u2067Re: 2 مياه\u2069"),
        ("RE: Fwd:מים", "\u2067RE: Fwd:מים\u2069", "\u2067RE: Fwd:מים\u2069"),
        ("Re: 7", "\u2068Re: 7\u2069", "Re: 7"),
    ],
)
def test_words_keep_their_own_direction(words, inside, of_a_label):
    assert (isolated(words), subject_words(words)) == (inside, of_a_label)


@pytest.mark.parametrize(
    ("asked", "direction", "side"),
    [(_LEFT, _LTR, _LEFT), (_LEFT, _RTL, _RIGHT), (_RIGHT, _RTL, _LEFT), (Qt.AlignmentFlag.AlignHCenter, _RTL, None)],
)
def test_words_stand_where_the_layout_begins(asked, direction, side):
    found = leading(asked, direction)
    assert found & Qt.AlignmentFlag.AlignAbsolute
    assert found & (_LEFT | _RIGHT) == (side or Qt.AlignmentFlag(0))
    assert leading(found, direction) == found
