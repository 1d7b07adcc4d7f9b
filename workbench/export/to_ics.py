"""The plan's days as a calendar file whose entries keep their ids: a new export updates them and never doubles one."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from workbench.export.fit_text import fit
from workbench.export.summary import CardLine, CheckpointLine, PlanSummary
from workbench.plans.horizon import counted_day

_DOMAIN = "plans.community-workbench"
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


class IcsExporter:
    """Cards with a day and the three checkpoints as all-day entries that block no time (RFC 5545)."""

    key = "ics"
    title = "Calendar (ICS)"
    suffix = ".ics"

    def render(self, summary: PlanSummary) -> bytes:
        """UTF-8 bytes; cards taken off the plan are told as cancelled, so that calendars that had them drop them."""
        calendar = Calendar()
        calendar.add("prodid", f"-//{summary.program}//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", fit(summary.plan))
        for column in summary.columns:
            for card in column.cards:
                _add_card(calendar, card, summary, is_cancelled=False)
        for card in summary.archived:
            _add_card(calendar, card, summary, is_cancelled=True)
        for checkpoint in summary.checkpoints:
            calendar.add_component(_checkpoint(checkpoint, summary))
        document: bytes = calendar.to_ical()
        return document


def _add_card(calendar: Calendar, card: CardLine, summary: PlanSummary, *, is_cancelled: bool) -> None:
    if card.due_on is None:
        return
    event = _event(f"card-{card.card_id}", summary)
    done = "Done: " if card.done_on is not None else ""
    event.add("summary", fit(f"{done}{card.title}"))
    first = card.starts_on if card.starts_on is not None and card.starts_on <= card.due_on else card.due_on
    event.add("dtstart", first)
    # The end of an all-day entry is the first day that no longer belongs to it.
    event.add("dtend", card.due_on + _DAY)
    if card.pillar:
        event.add("categories", [card.pillar])
    about = " · ".join(part for part in (summary.plan, card.objective, card.owner) if part)
    event.add("description", fit(about))
    if is_cancelled:
        event.add("status", "CANCELLED")
    calendar.add_component(event)


def _checkpoint(checkpoint: CheckpointLine, summary: PlanSummary) -> Event:
    event = _event(f"checkpoint-{summary.plan_id}-{checkpoint.day}", summary)
    event.add("summary", fit(f"Checkpoint, day {checkpoint.day}: {summary.plan}"))
    event.add("dtstart", checkpoint.falls_on)
    event.add("dtend", checkpoint.falls_on + _DAY)
    event.add("description", fit(f"Day {checkpoint.day} is {counted_day(summary.starts_on, checkpoint.day)}."))
    return event


def _event(name: str, summary: PlanSummary) -> Event:
    event = Event()
    event.add("uid", f"{name}@{_DOMAIN}")
    event.add("dtstamp", summary.as_of)
    # Calendars take an entry for newer when this number is higher (RFC 5545, 3.8.7.4): minutes since 2020 fit 32 bits.
    event.add("sequence", int((summary.as_of - _FIRST).total_seconds() // 60))
    event.add("transp", "TRANSPARENT")
    return event
