"""Causes: each is told in words of its own, and one nobody knows in those of the error."""

import pytest

from tests.test_errors import OURS
from workbench.errors import LineError
from workbench.messages import wording
from workbench.messages.causes import ENVELOPE_CAUSES, LINE_CAUSES

KINDS = {kind.code: kind for kind in OURS}


@pytest.mark.parametrize("cause", LINE_CAUSES)
def test_a_broken_line_says_why(cause):
    words = wording(LineError("x", cause=cause))
    assert (words.happened, words.next) == LINE_CAUSES[cause]
    assert words.happened != wording(LineError("x", cause="something else")).happened


@pytest.mark.parametrize(("code", "cause"), ENVELOPE_CAUSES)
def test_a_file_of_a_partner_says_what_is_wrong_with_it(code, cause):
    words = wording(KINDS[code]("x", cause=cause))
    assert (words.happened, words.next) == ENVELOPE_CAUSES[code, cause]
    assert words.happened != wording(KINDS[code]("x")).happened
