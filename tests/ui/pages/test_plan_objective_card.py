"""One objective: where it stands, what is asked to be written, and that nothing of the mirror can be typed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.ui.pages.sheet_parts import a_sheet_plan, sheet_of
from tests.ui.plan_samples import TODAY
from workbench.models.kinds import Horizon, ObjectiveKind
from workbench.models.plan_parts import ObjectiveTags
from workbench.ui.pages.plan_objective_card import ObjectiveCard
from workbench.ui.pages.plan_sheet_data import SheetData, read_paths
from workbench.ui.theme import Theme
from workbench.workspace import Workspace


@pytest.fixture
def data(filled: Workspace) -> SheetData:
    return sheet_of(filled, a_sheet_plan(filled))


@pytest.fixture
def card(ground, theme: Theme) -> ObjectiveCard:
    made = ObjectiveCard(theme, today=lambda: TODAY)
    made.setParent(ground)
    made.resize(780, 580)
    made.show()
    return made


def show(card: ObjectiveCard, filled: Workspace, data: SheetData, place: int) -> None:
    paths = read_paths(filled.database, plan=data.plan, objectives=data.live, now=NOW)
    row = data.live[place]
    card.show_objective(row, paths[row.id], plan=data.plan, checkpoints=data.checkpoints)


def written(card: ObjectiveCard) -> list[dict[str, object]]:
    heard: list[dict[str, object]] = []
    card.edited.connect(heard.append)
    return heard


def test_an_objective_of_the_mirror_says_measure_baseline_now_and_target(card, filled, data):
    show(card, filled, data, 0)
    assert card._facts.text.startswith("Reply rate · baseline ")
    assert card._facts.text.endswith(" · target 80\xa0%")
    assert card.chip.text == "Not known"
    assert card.readings.isHidden()
    assert card.fields["unit"].isHidden()
    assert card.chart.accessibleDescription().startswith("Baseline")


def test_an_objective_kept_by_hand_is_marked_and_takes_readings(qtbot, card, filled, data):
    show(card, filled, data, 1)
    assert not card._hand.isHidden()
    assert "baseline 12 people · now 12 people" in card._facts.text
    card.readings.value.setText("20")
    with qtbot.waitSignal(card.reading_added) as asked:
        card.readings.add()
    assert asked.args == [TODAY, 20.0, ""]


def test_values_that_are_still_being_read_are_not_made_up(card, data):
    card.show_objective(data.live[0], None, plan=data.plan, checkpoints=data.checkpoints)
    assert "now …" in card._facts.text
    assert card.chip.isHidden()


def test_details_open_and_close_by_a_button_that_says_so(card, filled, data):
    show(card, filled, data, 0)
    assert card._details.isHidden()
    card.more.click()
    assert not card._details.isHidden()
    assert card.more.accessibleName() == "Close the details"
    card.more.click()
    assert card._details.isHidden()


def test_what_is_left_is_asked_to_be_written_and_nothing_else(card, filled, data):
    show(card, filled, data, 0)
    heard = written(card)
    card.save()
    assert heard == []
    card.title.setText("Questions answered")
    card.title.left.emit()
    card.target.setText("85 %")
    card.target.left.emit()
    card.tags["behaviour"].setText("asking، answering, asking")
    card.tags["behaviour"].left.emit()
    card.due.set_day(TODAY)
    card.due.edited.emit()
    card.kind.setCurrentIndex(card.kind.findData(ObjectiveKind.IMPROVING.value))
    card.horizon.setCurrentIndex(card.horizon.findData(Horizon.SHORT.value))
    assert heard == [
        {"title": "Questions answered"},
        {"target": 0.85},
        {"tags": ObjectiveTags(behaviour=("asking", "answering"))},
        {"due": TODAY},
        {"kind": ObjectiveKind.IMPROVING},
        {"horizon": Horizon.SHORT},
    ]


def test_a_target_that_is_no_number_is_refused_and_an_empty_title_comes_back(card, filled, data):
    show(card, filled, data, 0)
    heard = written(card)
    card.target.setText("most")
    card.target.left.emit()
    card.title.clear()
    card.title.left.emit()
    assert card.fields["target"].problem == "A target is a number, or nothing."
    assert card.title.text() == "Reply rate"
    assert heard == []


def test_a_target_that_shows_rounded_stays_exact_when_it_is_only_looked_at(card, filled, data):
    exact = replace(data, objectives=(replace(data.live[0], target=0.66666), data.live[1]))
    show(card, filled, exact, 0)
    heard = written(card)
    card.target.left.emit()
    assert heard == []


def test_an_archived_objective_offers_the_way_back(qtbot, card, data):
    card.show_objective(replace(data.live[1], is_archived=True), None, plan=data.plan, checkpoints=data.checkpoints)
    assert card.archive.text() == "Take it back"
    assert card.chart.isHidden()
    with qtbot.waitSignal(card.archive_wanted) as asked:
        card.archive.click()
    assert asked.args == [False]


def test_the_days_of_the_baseline_are_said_against_day_0(card, filled, data):
    row = replace(data.live[0], baseline_value=0.5, baseline_at=NOW)
    said = []
    for starts_on in (NOW.date() - timedelta(days=5), NOW.date() + timedelta(days=7)):
        card.show_objective(row, None, plan=replace(data.plan, starts_on=starts_on), checkpoints=data.checkpoints)
        said.append(card._days.text())
    assert said == [
        "Baseline over 12 Mar 2024 – 9 Jun 2024, the 90 days before day 0.",
        "Baseline over 17 Mar 2024 – 14 Jun 2024: it was taken on 15 Jun 2024, before day 0 on 22 Jun 2024.",
    ]
    card.show_objective(replace(row, baseline_value=None), None, plan=data.plan, checkpoints=data.checkpoints)
    assert card._days.isHidden()
