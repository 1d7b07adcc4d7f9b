"""Clip: cards as text, as a table and as our own form, and back: what copying and pasting carries."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from typing import Any, Final

from workbench.errors import BadInputError
from workbench.models.kinds import CardColumn, CardKind, Channel, Focus, Pillar
from workbench.plans.drafts import CardDraft
from workbench.plans.views import CardView
from workbench.queries.plans import CardRow

OWN_TYPE: Final = "application/x-community-workbench-cards+json"
"""The name of our own form among what a clipboard holds."""

HEADER: Final = ("Title", "Column", "Pillar", "Owner", "Due", "Hours", "Notes")
_MOST: Final = 2_000
_COLUMNS: Final = {"to do": CardColumn.TODO, "doing": CardColumn.DOING, "done": CardColumn.DONE}
_PILLARS: Final = {
    "billboard": Pillar.BILLBOARD, "u&i": Pillar.UI, "library": Pillar.LIBRARY, "dialogue": Pillar.DIALOGUE,
}  # fmt: skip


def as_table(cards: Sequence[CardView | CardRow]) -> str:
    """Tab-separated lines under a heading, as spreadsheets take them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerows([HEADER, *(_cells(card) for card in cards)])
    return buffer.getvalue()


def as_html(cards: Sequence[CardView | CardRow]) -> str:
    """A table for documents and mail."""

    def line(cells: Iterable[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    return "<table>" + line(HEADER, "th") + "".join(line(_cells(card), "td") for card in cards) + "</table>"


def as_own(cards: Sequence[CardView | CardRow]) -> bytes:
    """Everything a copy of a card keeps: evidence and what was done stay with the card itself."""
    return json.dumps([_kept(card) for card in cards], ensure_ascii=False).encode()


def drafts_as_own(drafts: Iterable[CardDraft]) -> bytes:
    """Cards that are not in a plan yet, in the same form."""
    return json.dumps([_kept_draft(draft) for draft in drafts], ensure_ascii=False).encode()


def from_own(data: bytes) -> list[CardDraft]:
    """The cards of `as_own`; BadInputError for anything else."""
    try:
        entries = json.loads(data)
        drafts = [_draft(entry) for entry in entries]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInputError(reason="The clipboard does not hold cards.") from error
    return _few(drafts)


def from_text(text: str) -> list[CardDraft]:
    """A table under our heading, or one card for every line that is not blank; BadInputError where there is none."""
    rows = [row for row in csv.reader(io.StringIO(text.replace("\0", "")), delimiter="\t") if any(map(str.strip, row))]
    names = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if "title" in names:
        drafts = [_from_cells(dict(zip(names, row, strict=False))) for row in rows[1:]]
    else:
        lines = (line.strip().lstrip("•*-–").strip() for line in text.splitlines())
        drafts = [CardDraft(line) for line in lines if line]
    drafts = [draft for draft in drafts if draft.title.strip()]
    if not drafts:
        raise BadInputError(reason="The clipboard holds no text to make cards of.")
    return _few(drafts)


def _few(drafts: list[CardDraft]) -> list[CardDraft]:
    if len(drafts) > _MOST:
        raise BadInputError(reason=f"More than {_MOST:,} cards at once are more than a plan can use.")
    return drafts


def _cells(card: CardView | CardRow) -> tuple[str, ...]:
    words = {column: name for name, column in _COLUMNS.items()}
    pillar = "" if card.pillar is None else next(name for name, each in _PILLARS.items() if each is card.pillar)
    return (
        card.title,
        words[card.column].capitalize(),
        "U&I" if card.pillar is Pillar.UI else pillar.capitalize(),
        card.owner,
        "" if card.due_on is None else card.due_on.isoformat(),
        "" if card.hours is None else f"{card.hours:g}",
        card.notes,
    )


def _from_cells(cells: dict[str, str]) -> CardDraft:
    return CardDraft(
        title=cells.get("title", "").strip(),
        column=_COLUMNS.get(cells.get("column", "").strip().casefold(), CardColumn.TODO),
        pillar=_PILLARS.get(cells.get("pillar", "").strip().casefold()),
        owner=cells.get("owner", "").strip(),
        due_on=_or_none(date.fromisoformat, cells.get("due", "")),
        hours=_or_none(float, cells.get("hours", "")),
        notes=cells.get("notes", ""),
    )


def _or_none(read: Callable[[str], Any], text: str) -> Any:
    """A cell that is not a day or a number is left out: the title is what counts, and the rest is seen at once."""
    try:
        return read(text.strip())
    except ValueError:
        return None


def _kept(card: CardView | CardRow) -> dict[str, object]:
    return {
        "title": card.title, "column": card.column, "pillar": card.pillar, "owner": card.owner, "hours": card.hours,
        "due_on": None if card.due_on is None or card.due_day is not None else card.due_on.isoformat(),
        "due_day": card.due_day, "notes": card.notes, "kind": card.kind, "focus": card.focus, "channel": card.channel,
        "starts_on": None if card.starts_on is None or card.starts_day is not None else card.starts_on.isoformat(),
        "starts_day": card.starts_day, "promised_to": card.promised_to,
        "checklist": [item.text for item in card.checklist],
    }  # fmt: skip


def _kept_draft(draft: CardDraft) -> dict[str, object]:
    days = {
        name: None if (day := getattr(draft, name)) is None else day.isoformat() for name in ("due_on", "starts_on")
    }
    names = (
        "title", "column", "pillar", "owner", "hours", "due_day", "notes", "kind", "focus", "channel", "starts_day",
        "promised_to",
    )  # fmt: skip
    return {name: getattr(draft, name) for name in names} | days | {"checklist": list(draft.checklist)}


def _draft(entry: dict[str, Any]) -> CardDraft:
    def read(name: str, make: Callable[[Any], Any]) -> Any:
        return None if entry.get(name) is None else make(entry[name])

    return CardDraft(
        title=str(entry["title"]),
        column=CardColumn(entry["column"]),
        pillar=read("pillar", Pillar),
        owner=str(entry.get("owner", "")),
        due_on=read("due_on", date.fromisoformat),
        due_day=read("due_day", int),
        hours=read("hours", float),
        notes=str(entry.get("notes", "")),
        kind=CardKind(entry.get("kind", CardKind.ACTIVITY)),
        focus=read("focus", Focus),
        channel=read("channel", Channel),
        starts_on=read("starts_on", date.fromisoformat),
        starts_day=read("starts_day", int),
        promised_to=str(entry.get("promised_to", "")),
        checklist=tuple(str(text) for text in entry.get("checklist", ())),
    )
