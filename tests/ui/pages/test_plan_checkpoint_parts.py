"""The table of a checkpoint, what falls short, and the balance, as they are shown and read aloud."""

from datetime import timedelta

from tests.ui.pages.sheet_parts import a_sheet_plan, sheet_of
from tests.ui.plan_samples import TODAY
from workbench.ids import ObjectiveId
from workbench.models.kinds import Pillar
from workbench.models.plan_parts import CheckpointMeasure
from workbench.plans.drafts import CardDraft
from workbench.ui.pages.plan_checkpoint_parts import BalanceCard, MeasureTable, ShortBanner
from workbench.ui.theme import Theme
from workbench.workspace import Workspace


def test_a_value_stands_beside_baseline_path_and_target(qtbot, filled: Workspace):
    data = sheet_of(filled, a_sheet_plan(filled))
    by_hand = data.live[1]
    at = data.plan.created_at
    measures = [
        CheckpointMeasure(by_hand.id, by_hand.title, 19.0, None, None, None, at),
        CheckpointMeasure(ObjectiveId("gone"), "Gone", 0.5, None, None, None, at),
    ]
    table = MeasureTable()
    qtbot.addWidget(table)
    table.show_waiting()
    assert table.lines == (("Reading the mirror…",),)
    table.show_measures(measures, {by_hand.id: by_hand}, starts_on=TODAY - timedelta(days=37), day=30)
    assert table.lines == (
        ("Objective", "Baseline", "Day 30", "Path", "Target"),
        ("People at the webinar", "12 people", "19 people", "21.3 people", "40 people"),
        ("Gone", "–", "0.5", "–", "–"),
    )
    assert table.accessibleName().startswith("People at the webinar, 12 people, 19 people")


def test_shortfalls_are_listed_and_the_banner_goes_with_the_last(qtbot, theme: Theme):
    banner = ShortBanner(theme)
    qtbot.addWidget(banner)
    banner.show_lines(("Reply rate: not known.", "Webinar: no reading yet."))
    assert not banner.isHidden()
    assert banner.text == "Reply rate: not known.\nWebinar: no reading yet."
    banner.show_lines(())
    assert banner.isHidden()
    assert banner.text == ""


def test_the_balance_names_the_empty_pillars(qtbot, filled: Workspace, theme: Theme):
    plan_id = a_sheet_plan(filled)
    filled.plans.open(plan_id).add_cards([CardDraft("Open question", pillar=Pillar.DIALOGUE)])
    card = BalanceCard(theme)
    qtbot.addWidget(card)
    card.show_balance(sheet_of(filled, plan_id))
    assert card.counts[Pillar.DIALOGUE].text() == "1"
    assert card.words.text == "Nothing is planned for Billboard, U&I and Library."
