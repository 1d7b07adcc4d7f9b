"""The limits of occasional contributors stand beside that measure alone, and count from the moment they are chosen."""

from tests.ui.settled import settle
from workbench.operations.measure_limits import seldom_limits
from workbench.queries.seldom import Seldom


def test_chosen_limits_change_the_number_at_once(qtbot, window, context, water_id):
    context.open_page("scorecard", int(water_id))
    settle(qtbot, context.jobs)
    page = window.page()
    page.choose("messages")
    assert page.side.limits.isHidden()
    page.choose("occasional")
    limits = page.side.limits
    assert not limits.isHidden()
    assert (limits.fewest.text(), limits.gap_days.text()) == ("3", "30")
    before = page._line("occasional").now
    limits.gap_days.setText("0")
    assert not limits.button.isEnabled()
    limits.fewest.setText("1000")
    limits.gap_days.setText("9")
    limits.button.click()
    settle(qtbot, context.jobs)
    assert seldom_limits(context.workspace) == Seldom(1_000, 9)
    now = page._line("occasional").now
    assert before.numerator < now.numerator == now.denominator
    assert (limits.fewest.text(), limits.gap_days.text()) == ("1000", "9")
