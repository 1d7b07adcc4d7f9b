"""ICS: read again by a calendar library; ids stay, a later export is newer, what was archived is cancelled."""

from dataclasses import replace
from datetime import date, timedelta

from icalendar import Calendar

from tests.export.samples import a_card, a_summary
from workbench.export.summary import ColumnBlock, PlanSummary
from workbench.export.to_ics import IcsExporter


def a_plan(*cards: object, **changes: object) -> PlanSummary:
    columns = (ColumnBlock("To do", cards),)  # type: ignore[arg-type]  # cards, given as they are
    return replace(a_summary(), plan_id="p1", columns=columns, **changes)  # type: ignore[arg-type]  # fields by name


def events(summary: PlanSummary) -> dict[str, object]:
    calendar = Calendar.from_ical(IcsExporter().render(summary))
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_every_card_with_a_day_and_every_checkpoint_is_an_entry_of_whole_days() -> None:
    cards = (
        a_card("Call", card_id="a", due_on=date(2026, 5, 20)),
        a_card("Campaign", card_id="b", starts_on=date(2026, 5, 18), due_on=date(2026, 5, 22)),
        a_card("Some day", card_id="c", due_on=None),
    )
    found = events(a_plan(*cards))
    assert set(found) == {
        f"{name}@plans.community-workbench"
        for name in ("card-a", "card-b", "checkpoint-p1-30", "checkpoint-p1-60", "checkpoint-p1-90")
    }
    week = found["card-b@plans.community-workbench"]
    assert (week["dtstart"].dt, week["dtend"].dt) == (date(2026, 5, 18), date(2026, 5, 23))  # type: ignore[index]  # an event


def test_a_later_export_updates_the_same_entries_and_cancels_what_was_archived() -> None:
    card = a_card("Call", card_id="a")
    first = a_plan(card)
    later = a_plan(replace(card, due_on=date(2026, 6, 2)), as_of=first.as_of + timedelta(hours=1))
    gone = a_plan(archived=(card,), as_of=first.as_of + timedelta(hours=2))
    uid = "card-a@plans.community-workbench"
    numbers = [int(events(each)[uid]["sequence"]) for each in (first, later, gone)]  # type: ignore[index]  # an event
    assert numbers == sorted(set(numbers))
    assert events(later)[uid]["dtstart"].dt == date(2026, 6, 2)  # type: ignore[index]  # an event
    assert str(events(gone)[uid]["status"]) == "CANCELLED"  # type: ignore[index]  # an event


def test_titles_with_line_breaks_commas_and_any_script_come_back_as_they_were() -> None:
    title = "Ask, then listen; \\ مياه 安全\nsecond line"
    found = events(a_plan(a_card(title, card_id="a")))
    assert str(found["card-a@plans.community-workbench"]["summary"]) == title  # type: ignore[index]  # an event
