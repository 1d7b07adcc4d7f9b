"""Own organisations: which of them are one's own, so that all others are external, and which it probably is."""

import json
from typing import Final

from workbench.models.database import Reader
from workbench.queries.preferences import preference

OWN_KEY: Final = "people.own_organisations"
"""Preference: a list of names; not there until somebody said so, empty where none is one's own."""
_OWN: Final = (
    "(SELECT lower(value) FROM json_each((SELECT value FROM preference WHERE key = 'people.own_organisations')))"
)
# What was typed wins over what a source tells.
EXTERNAL: Final = f"""
SELECT id FROM person INDEXED BY person_external WHERE organisation IS NOT NULL AND lower(organisation) NOT IN {_OWN}
  AND id NOT IN (SELECT person_id FROM personfact WHERE organisation IS NOT NULL)
UNION ALL SELECT person_id FROM personfact WHERE organisation IS NOT NULL AND lower(organisation) NOT IN {_OWN}
"""  # noqa: S608 - our own constant
"""Who has an organisation that is not one's own, as SQL; everybody with one until somebody said which is."""
_MOST: Final = """
SELECT organisation FROM (
  SELECT organisation, count(*) AS people FROM person WHERE organisation IS NOT NULL GROUP BY organisation
  UNION ALL SELECT organisation, 1 FROM personfact WHERE organisation IS NOT NULL)
GROUP BY organisation ORDER BY sum(people) DESC, organisation LIMIT 1
"""


def own_organisations(reader: Reader) -> tuple[str, ...] | None:
    """The organisations that are one's own, as they were typed; None until somebody said so."""
    said = preference(reader, OWN_KEY)
    return None if said is None else tuple(json.loads(said))


def most_told(reader: Reader) -> str | None:
    """The organisation told of most people, which is a proposal; None where none is told."""
    found: str | None = reader.scalar(_MOST)
    return found


def unsaid_words(reader: Reader) -> str:
    """What a list of external people has to say of itself while nobody said which organisations are one's own."""
    most = most_told(reader)
    if most is None or own_organisations(reader) is not None:
        return ""
    return f"Nobody said yet which organisation is yours, so everybody with one is here; most are of {most}"
