"""Preferences: settings of this profile, kept as JSON text by key."""

import json

from workbench.ids import PersonId
from workbench.models.database import Reader

ME = "me"
"""Key of the person the coordinator is: a person id, or null."""
MY_NAME = "my_name"
"""Key of the name the coordinator gives as owner of plans and cards: JSON text."""


def preference(reader: Reader, key: str) -> str | None:
    """The JSON text of a setting; None where it was never set."""
    value: str | None = reader.scalar("SELECT value FROM preference WHERE key = ?", (key,))
    return value


def preferences(reader: Reader) -> dict[str, str]:
    """Every setting: {key: JSON text}."""
    return dict(reader.rows("SELECT key, value FROM preference ORDER BY key"))


def me(reader: Reader) -> PersonId | None:
    """Which person the coordinator is; None while they have not said."""
    text = preference(reader, ME)
    value = None if text is None else json.loads(text)
    return PersonId(value) if isinstance(value, int) else None


def my_name(reader: Reader) -> str:
    """The name the coordinator plans under: the one they gave, else that of the person they are; "" for neither."""
    said, person = preference(reader, MY_NAME), me(reader)
    if said is not None:
        return str(json.loads(said))
    return str(reader.scalar("SELECT name FROM person WHERE id = ?", (person,)) or "") if person is not None else ""
