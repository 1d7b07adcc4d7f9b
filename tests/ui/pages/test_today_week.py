"""The week beside the list."""

from datetime import date, timedelta

from PySide6.QtWidgets import QPushButton

from workbench.ids import CardId, PlanId
from workbench.operations.week import Week, WeekDay
from workbench.queries.today import DueCheckpoint, WeekCard
from workbench.ui.pages.card_seed import CardPlace
from workbench.ui.pages.today_week import TodayWeek

MONDAY = date(2024, 6, 10)


def a_card(title: str, *, hours: float | None, is_done: bool = False) -> WeekCard:
    return WeekCard(CardId(title), PlanId("plan"), "Plan", title, "", MONDAY, hours, is_done)


def a_week(*cards: WeekCard) -> Week:
    first = WeekDay(MONDAY, cards, (DueCheckpoint(PlanId("plan"), "Plan", 30, MONDAY),))
    rest = (WeekDay(MONDAY + timedelta(days=number), (), ()) for number in range(1, 7))
    return Week((first, *rest), 5.0, sum(card.hours or 0.0 for card in cards))


def test_hours_are_told_and_too_many_are_marked(ground, theme):
    shown = TodayWeek(theme)
    shown.setParent(ground)
    shown.show()
    week = a_week(a_card("Call", hours=4.0), a_card("Post", hours=2.5, is_done=True), a_card("Open end", hours=None))
    shown.show_week(week, today=week.days[0])
    space = "\N{NO-BREAK SPACE}"
    assert shown.said.text() == f"2.5{space}h done, 6.5{space}h planned of 5{space}h; 1 card without hours"
    assert (shown.chip.isVisible(), shown.chip.text) == (True, f"1.5{space}h over")
    shown.show_week(a_week(a_card("Call", hours=4.0)), today=None)
    assert not shown.chip.isVisible()
    assert not shown.grab().isNull()


def test_cards_and_checkpoints_open(ground, theme):
    shown = TodayWeek(theme)
    shown.setParent(ground)
    heard: list[object] = []
    shown.card_wanted.connect(heard.append)
    shown.plan_wanted.connect(heard.append)
    shown.show_week(a_week(a_card("Call", hours=1.0)), today=None)
    for name in ("Call, 1\N{NO-BREAK SPACE}h, open", "Day-30 checkpoint"):
        next(one for one in shown.findChildren(QPushButton) if name in {one.accessibleName(), one.text()}).click()
    assert heard == [CardPlace(PlanId("plan"), CardId("Call")), "plan"]
