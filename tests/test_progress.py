"""Progress: what a report says."""

import dataclasses

import pytest

from workbench.progress import Progress, silent


def test_report_says_what_is_known_and_no_more():
    progress = Progress(5, "messages")
    assert (progress.total, progress.fraction, progress.note) == (None, None, "")
    with pytest.raises(dataclasses.FrozenInstanceError):
        progress.done = 6
    silent(progress)
