"""What the palette finds in the profile while somebody types: people and cards; read in a job, and no Qt in here."""

from collections.abc import Callable
from functools import partial
from typing import Final

from workbench.models.database import Database
from workbench.models.people_keys import plain_key
from workbench.queries.cards_found import cards_called
from workbench.queries.members import list_members
from workbench.ui.pages.card_seed import CardPlace
from workbench.ui.widgets.palette import Entry

MOST: Final = 8


def found_entries(database: Database, text: str, open_page: Callable[[str, object], object]) -> list[Entry]:
    """Cards by their title, and people by all the directory knows of them; who is not found by name says so."""
    with database.read() as reader:
        cards = cards_called(reader, text, limit=MOST)
        people = list_members(reader, (), text=text, limit=MOST)
    words = plain_key(text).split()
    found = []
    for card in cards:
        kind = f"Card, {'done' if card.is_done else card.plan}"
        place = CardPlace(card.plan_id, card.card_id)
        found.append(Entry(card.title, kind, "note", partial(open_page, "plans", place), is_found=True))
    for row in people:
        is_called = all(word in plain_key(row.name) for word in words)
        kind = "Person" if is_called else "Person, by place, tag or hashtag"
        found.append(Entry(row.name, kind, "user", partial(open_page, "members", row.person_id), is_found=True))
    return found
