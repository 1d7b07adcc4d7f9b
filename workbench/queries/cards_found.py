"""Cards found: by the words of their title, and by the conversation they name as evidence."""

from dataclasses import dataclass

from workbench.ids import CardId, EventId, PlanId
from workbench.models.database import Reader
from workbench.models.kinds import CardColumn, EvidenceKind
from workbench.models.people_keys import plain_key
from workbench.models.plan_parts import read_evidence
from workbench.queries.evidence import thread_name, thread_named
from workbench.queries.scope import sql

_CARDS = """
SELECT p.id, c.id, c.title, p.name, c."column", c.evidence FROM card c JOIN plan p ON p.id = c.plan_id
WHERE NOT c.is_archived AND NOT p.is_archived
"""


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card that is not archived, with the plan it stands in."""

    plan_id: PlanId
    card_id: CardId
    title: str
    plan: str
    is_done: bool


def cards_called(reader: Reader, text: str, *, limit: int) -> list[FoundCard]:
    """Cards whose title holds every word of `text`, whatever its case and accents: by title, none without a word."""
    words = plain_key(text).split()
    rows = reader.rows(_CARDS) if words else []
    found = [_card(row) for row in rows if all(word in plain_key(row[2]) for word in words)]
    return sorted(found, key=lambda card: (card.is_done, card.title.casefold(), card.card_id))[:limit]


def cards_about(reader: Reader, thread_id: EventId) -> list[FoundCard]:
    """Cards that name a conversation, or a message in it, as evidence: by title; none where it is gone."""
    named = thread_name(reader, thread_id)
    if named is None:
        return []
    found = []
    for row in reader.rows(sql(_CARDS, "AND c.evidence <> '[]'")):
        names = {each.value for each in read_evidence(row[5]) if each.kind is EvidenceKind.THREAD}
        if named in names or any(thread_named(reader, name) == thread_id for name in names):
            found.append(_card(row))
    return sorted(found, key=lambda card: (card.title.casefold(), card.card_id))


def _card(row: tuple[str, str, str, str, str, str]) -> FoundCard:
    plan_id, card_id, title, plan, column, _evidence = row
    return FoundCard(PlanId(plan_id), CardId(card_id), title, plan, column == CardColumn.DONE)
