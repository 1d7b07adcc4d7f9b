"""Choosing measures: values now, proposed targets that give way to typed ones, units as people write them."""

from datetime import timedelta

import pytest

from tests.ui.plan_samples import TODAY
from workbench.metrics.catalog import METRICS, find_metric
from workbench.metrics.value import Unit, Value
from workbench.models.plan_parts import HAND_KEPT
from workbench.ui import numbers
from workbench.ui.pages.plan_data import MeasureOffer, Outlook
from workbench.ui.pages.plan_measures import NO_TARGET, Chosen, MeasureChoices, span_words
from workbench.ui.theme import Theme


def offers(**targets: float) -> list[MeasureOffer]:
    now = {Unit.HOURS: 48.0}
    return [
        MeasureOffer(metric, Value(now.get(metric.unit, 0.5), metric.unit, coverage=1.0), targets.get(metric.key))
        for metric in METRICS
    ]


@pytest.fixture
def choices(ground, theme: Theme) -> MeasureChoices:
    made = MeasureChoices(theme)
    made.setParent(ground)
    made.show()
    made.show_offers(offers(reply_rate=0.58, first_reply_hours=24.0))
    return made


def test_every_measure_of_the_catalogue_is_offered_with_its_value(choices: MeasureChoices):
    assert list(choices.rows) == [metric.key for metric in METRICS]
    assert choices.rows["reply_rate"].now.text() == "50\N{NO-BREAK SPACE}%"
    assert "threads begun" in choices.rows["reply_rate"].tick.toolTip()
    assert choices.chosen() == ()


def test_proposed_targets_come_in_the_unit_people_write(choices: MeasureChoices):
    assert choices.rows["reply_rate"].target.text() == "58"
    assert choices.rows["first_reply_hours"].target.text() == "24"
    choices.rows["reply_rate"].tick.setChecked(True)
    choices.rows["first_reply_hours"].tick.setChecked(True)
    assert choices.chosen() == (Chosen("reply_rate", 0.58), Chosen("first_reply_hours", 24.0))


def test_a_usual_target_that_is_reached_is_said_and_not_proposed(choices: MeasureChoices):
    choices.show_offers(offers(reply_rate=0.25, first_reply_hours=72.0, curiosity=0.5))
    rows = [choices.rows[key] for key in ("reply_rate", "first_reply_hours", "curiosity")]
    assert [row.target.text() for row in rows] == ["", "", ""]
    assert rows[0].note.text() == "already above the usual target of 25\N{NO-BREAK SPACE}%"
    assert rows[1].note.text().startswith("already below the usual target of ")
    assert rows[2].note.text().startswith("already at the usual target of ")
    assert rows[0].note.isVisible()
    choices.show_offers(offers(reply_rate=0.58))
    assert (rows[0].target.text(), rows[0].note.isVisible()) == ("58", False)


def test_a_type_without_a_usual_target_is_said_beside_what_is_ticked(choices: MeasureChoices):
    row = choices.rows["messages"]
    row.tick.setChecked(True)
    assert row.note.text() == ""
    choices.show_offers(offers(reply_rate=0.58), has_type=True)
    assert (row.note.text(), row.note.isVisible()) == (NO_TARGET, True)
    assert (row.target.accessibleDescription(), choices.rows["reply_rate"].note.text()) == (NO_TARGET, "")
    row.tick.setChecked(False)
    assert not row.note.isVisible()


@pytest.mark.parametrize(
    ("until", "starts_on", "which"),
    [(TODAY, TODAY, "day 0;"), (TODAY, TODAY + timedelta(days=3), "today, as day 0 is still to come;")],
)
def test_the_days_of_the_baseline_are_said_with_their_share_known(until, starts_on, which):
    outlook = Outlook({"messages": Value(3.0, Unit.MESSAGES, coverage=0.884)}, until, until)
    first, last = numbers.day(until - timedelta(days=90)), numbers.day(until - timedelta(days=1))
    assert span_words(outlook, starts_on=starts_on) == (
        f"Values of {first} to {last}, the 90 days before {which} 88\N{NO-BREAK SPACE}% known. They become the baseline."
    )


def test_typed_target_stays_when_the_community_changes(qtbot, choices: MeasureChoices):
    row = choices.rows["reply_rate"]
    row.tick.setChecked(True)
    row.target.clear()
    with qtbot.waitSignal(choices.changed):
        qtbot.keyClicks(row.target, "7")
    qtbot.keyClicks(row.target, "5 %")
    choices.show_offers(offers(reply_rate=0.2, first_reply_hours=12.0))
    assert choices.chosen() == (Chosen("reply_rate", 0.75),)
    assert choices.rows["first_reply_hours"].target.text() == "12"


def test_target_that_is_no_number_is_named(qtbot, choices: MeasureChoices):
    row = choices.rows["reply_rate"]
    row.target.setText("most")
    assert choices.wrong_targets() == ()
    row.tick.setChecked(True)
    assert choices.wrong_targets() == (find_metric("reply_rate").title,)
    row.target.clear()
    assert choices.wrong_targets() == ()
    assert choices.chosen() == (Chosen("reply_rate", None),)


def test_targets_wait_for_their_tick_and_clearing_starts_anew(choices: MeasureChoices):
    row = choices.rows["contributors"]
    assert not row.target.isEnabled()
    row.tick.setChecked(True)
    assert row.target.isEnabled()
    choices.clear()
    assert choices.chosen() == ()
    assert not row.target.text()


def test_units_stand_beside_shares_and_hours(choices: MeasureChoices):
    units = {metric.key: choices.rows[metric.key].unit.text() for metric in METRICS}
    assert {metric.key for metric in METRICS if metric.unit is Unit.SHARE} == {
        key for key, text in units.items() if text == "%"
    }


def test_what_is_kept_by_hand_has_words_unit_and_target(choices: MeasureChoices):
    hand = choices.hand
    assert hand.title.isHidden()
    hand.tick.setChecked(True)
    assert not hand.title.isHidden()
    assert choices.chosen() == ()
    hand.title.setText("People at the webinar")
    hand.unit.setText("people")
    hand.target.setText("many")
    assert choices.wrong_targets() == ("Kept by hand",)
    hand.target.setText("40")
    assert choices.chosen() == (Chosen(HAND_KEPT, 40.0, "People at the webinar", "people"),)


def test_chosen_measures_are_shown_again_with_their_targets(choices: MeasureChoices):
    wanted = (Chosen("reply_rate", 0.7), Chosen(HAND_KEPT, 4.5, "Score", "points"))
    choices.choose(wanted)
    assert choices.chosen() == wanted
    choices.show_offers(offers(reply_rate=0.9))
    assert choices.chosen() == wanted
    choices.choose(())
    assert choices.chosen() == ()
