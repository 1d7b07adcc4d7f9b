"""File names that name a period."""

from datetime import date

import pytest

from workbench.models.moments import DayRange
from workbench.sync.periods import period_of


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2009.txt.gz", date(2009, 1, 1), date(2009, 12, 31)),
        ("2009q3.txt.gz", date(2009, 7, 1), date(2009, 9, 30)),
        ("2009-July.txt", date(2009, 7, 1), date(2009, 7, 31)),
        ("2009-Feb.mbox", date(2009, 2, 1), date(2009, 2, 28)),
        ("list/2008-02.mbox.gz", date(2008, 2, 1), date(2008, 2, 29)),
        ("200907", date(2009, 7, 1), date(2009, 7, 31)),
        ("fishers-2009-07.mbox", date(2009, 7, 1), date(2009, 7, 31)),
        ("20090713.txt", date(2009, 7, 13), date(2009, 7, 13)),
        ("Week-of-Mon-20090713.txt.gz", date(2009, 7, 13), date(2009, 7, 19)),
    ],
)
def test_usual_names_of_archives_are_understood(name, first, last):
    assert period_of(name) == DayRange(first, last)


@pytest.mark.parametrize(
    "name", ["fishers.mbox", "12009.mbox", "2009-13.mbox", "2009-Mess.txt", "20091301", "2009q5", "1809.txt", ""]
)
def test_other_names_promise_nothing(name):
    assert period_of(name) is None
