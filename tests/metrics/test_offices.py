"""Offices and organisations: whose place is not known is left out, and said."""

from tests.metrics.frames import AMINA, BRUNO, a_frame, at, done, offices, us
from workbench.metrics.offices import office_absence_factor, organisations
from workbench.metrics.parts import parts_of
from workbench.metrics.window import month

FEBRUARY = month(2024, 2)
NOW = at("2024-06-01")
DAYS = (done(1, "2024-02-01", posts=3), done(2, "2024-02-02", posts=2), done(3, "2024-02-29", replies=4))


def test_the_fewest_offices_that_wrote_half_of_what_is_known():
    value = office_absence_factor(a_frame(days=DAYS, ties=offices(p1="Lima", p2="Dakar")), FEBRUARY, as_of=NOW)
    assert (value.value, value.unit, value.numerator, value.denominator) == (1, "offices", 3, 5)
    assert value.detail["doubts"] == ("Messages are left out of which nobody knows where their authors belong.",)
    # The number is put into words where numbers are, with the grouping of the reader's language.
    assert [(part.words, part.number) for part in parts_of(value)] == [("Left out", 4)]
    assert office_absence_factor(a_frame(days=DAYS), FEBRUARY, as_of=NOW).value is None


def test_organisations_have_shares_and_new_ones_are_named():
    starts = {"Partner": us("2024-02-02"), "Office": us("2023-02-02")}
    frame = a_frame(days=DAYS, organisations={AMINA: "Office", BRUNO: "Partner"}, organisation_starts=starts)
    value = organisations(frame, FEBRUARY, as_of=NOW)
    assert (value.value, value.numerator, value.denominator) == (2, 5, 9)
    assert value.detail["shares"] == (("Office", 0.6), ("Partner", 0.4))
    assert value.detail["new"] == ("Partner",)
