"""Places: where people belong, their office or organisation, as a table to ask; what the coordinator typed wins."""

from enum import Enum

from workbench.models.database import Reader
from workbench.queries.scope import Scope, sql, within


class Place(Enum):
    """What kind of place: who has one told by a source, whether anybody has, and who has one typed."""

    OFFICE = (
        "FROM person p INDEXED BY person_office WHERE p.office <> ''",
        """
        SELECT p.id AS id, p.office AS place FROM person p WHERE p.office <> '' AND NOT p.is_bot
          AND p.id NOT IN (SELECT f.person_id FROM personfact f WHERE f.office IS NOT NULL)
        """,
        """
        SELECT p.id AS id, f.office AS place FROM personfact f CROSS JOIN person p ON p.id = f.person_id
        WHERE f.office <> '' AND NOT p.is_bot
        """,
    )
    ORGANISATION = (
        "FROM person p INDEXED BY person_external WHERE p.organisation IS NOT NULL AND p.organisation <> ''",
        """
        SELECT p.id AS id, p.organisation AS place FROM person p
        WHERE p.organisation IS NOT NULL AND p.organisation <> '' AND NOT p.is_bot
          AND p.id NOT IN (SELECT f.person_id FROM personfact f WHERE f.organisation IS NOT NULL)
        """,
        """
        SELECT p.id AS id, f.organisation AS place FROM personfact f CROSS JOIN person p ON p.id = f.person_id
        WHERE f.organisation <> '' AND NOT p.is_bot
        """,
    )


def places(reader: Reader, scope: Scope, what: Place) -> str:
    """A statement for (id, place) of everybody in the scope (parameter `scope`) of whom one is known; bots left out.

    In many networks no source tells any: then the members are not looked through for theirs.
    """
    known, told, typed = what.value
    members = sql("SELECT m.person_id FROM member m WHERE", within("m.community_id", scope))
    here = sql("p.id IN (", members, ")") if scope else "TRUE"
    # Of somebody whose account went what was typed stays here, and they are nowhere.
    anywhere = here if scope else "EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id)"
    # Few are typed: the sign keeps SQLite from going through the members for them.
    ways = [sql(typed, "AND +", anywhere)]
    if reader.scalar(sql("SELECT EXISTS (SELECT 1", known, ")")):
        ways.append(sql(told, "AND", here))
    return "\nUNION ALL\n".join(ways)
