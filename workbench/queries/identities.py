"""Who may be one person, as far as stored rows say it: everybody's name, shared addresses, who is not one with whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.ids import PersonId
from workbench.models.database import Reader
from workbench.models.people_keys import plain_key


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody who can be compared with others."""

    person_id: PersonId
    name: str
    office: str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """What a merge would join: everything that hangs on a person, in short."""

    person_id: PersonId
    name: str
    office: str | None
    handles: tuple[str, ...]
    communities: int
    messages: int
    tags: tuple[str, ...]
    has_note: bool


@dataclass(frozen=True, slots=True)
class MergeRow:
    """Two who were made one: who was joined, and with whom."""

    person_id: PersonId
    name: str
    into_id: PersonId
    into: str


_SHOWN = "NOT p.is_bot AND EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id)"
_NAMED = f"""
SELECT p.id, p.name, coalesce(f.office, p.office) FROM person p LEFT JOIN personfact f ON f.person_id = p.id
WHERE {_SHOWN} ORDER BY p.id
"""  # noqa: S608 - our own constant
_SAME_ADDRESS = """
SELECT DISTINCT min(h.person_id, p.person_id), max(h.person_id, p.person_id)
FROM handle h INDEXED BY handle_address
CROSS JOIN (SELECT address_key, id AS person_id FROM person WHERE address_key IS NOT NULL
            UNION SELECT address_key, person_id FROM handle WHERE address_key IS NOT NULL) p
  ON p.address_key = h.address_key
WHERE h.address_key IS NOT NULL AND h.person_id <> p.person_id
  AND NOT EXISTS (SELECT 1 FROM personmerge x WHERE x.person_id = p.person_id)
ORDER BY 1, 2
"""
_IDENTITY = """
SELECT p.id, p.name, coalesce(f.office, p.office),
  (SELECT group_concat(words, char(31)) FROM (
    SELECT a.name || ': ' || h.name AS words FROM handle h JOIN account a ON a.id = h.account_id
    WHERE h.person_id = p.id ORDER BY 1)),
  (SELECT count(*) FROM member m WHERE m.person_id = p.id),
  (SELECT ifnull(sum(m.messages), 0) FROM member m WHERE m.person_id = p.id),
  (SELECT group_concat(tag, char(31)) FROM (SELECT tag FROM persontag t WHERE t.person_id = p.id ORDER BY tag)),
  EXISTS (SELECT 1 FROM personnote n WHERE n.person_id = p.id)
FROM person p LEFT JOIN personfact f ON f.person_id = p.id WHERE p.id = ?
"""
_MERGES = """
SELECT p.id, p.name, i.id, i.name FROM personmerge m CROSS JOIN person p ON p.id = m.person_id
CROSS JOIN person i ON i.id = m.into_id ORDER BY p.name_key, p.id
"""


def named_people(reader: Reader) -> Iterator[NamedPerson]:
    """Everybody in a community, in the order of their ids; bots and those joined to others are left out."""
    return (NamedPerson(*row) for row in reader.iterate(_NAMED))


def named_like(reader: Reader, words: Sequence[str]) -> list[NamedPerson]:
    """Everybody whose name, or what else is told of them, holds one of `words` (as `plain_key` spells them)."""
    if not words:
        return []
    found = " OR ".join(f"instr(p.find_key, :w{number})" for number in range(len(words)))
    statement = (
        "SELECT p.id, p.name, coalesce(f.office, p.office) FROM person p INDEXED BY person_find"  # noqa: S608 - parameters only
        f" LEFT JOIN personfact f ON f.person_id = p.id WHERE ({found}) AND {_SHOWN} ORDER BY p.id"
    )
    return [NamedPerson(*row) for row in reader.rows(statement, {f"w{n}": word for n, word in enumerate(words)})]


def same_address(reader: Reader) -> list[tuple[PersonId, PersonId]]:
    """Pairs of whom platforms told the same address, the smaller id first."""
    return [(PersonId(low), PersonId(high)) for low, high in reader.rows(_SAME_ADDRESS)]


def told_apart(reader: Reader) -> set[tuple[PersonId, PersonId]]:
    """Pairs of whom somebody said that they are not one person, the smaller id first."""
    return {(PersonId(low), PersonId(high)) for low, high in reader.rows("SELECT low_id, high_id FROM notsame")}


def identity(reader: Reader, person_id: PersonId) -> Identity | None:
    """What a merge would join of this person; None where there is none."""
    row = reader.one(_IDENTITY, (person_id,))
    if row is None:
        return None
    id_, name, office, handles, communities, messages, tags, has_note = row
    return Identity(
        id_, name, office, tuple((handles or "").split("\x1f")) if handles else (), communities, messages,
        tuple(tags.split("\x1f")) if tags else (), bool(has_note),
    )  # fmt: skip


def merges(reader: Reader) -> list[MergeRow]:
    """Every merge, by the name of who was joined."""
    return [MergeRow(*row) for row in reader.rows(_MERGES)]


def root_of(reader: Reader, person_id: PersonId) -> PersonId:
    """Who stands for this person now: themselves, unless they were made one with somebody."""
    while (into := reader.scalar("SELECT into_id FROM personmerge WHERE person_id = ?", (person_id,))) is not None:
        person_id = PersonId(into)
    return person_id


def people_named(reader: Reader, name: str) -> list[NamedPerson]:
    """Everybody here of this name, whatever its case and accents; those joined to others are left out."""
    key = plain_key(name)
    statement = (
        "SELECT p.id, p.name, p.office FROM person p INDEXED BY person_find"
        " WHERE p.find_key >= ? AND p.find_key < ? AND p.name_key = ?"
        " AND NOT EXISTS (SELECT 1 FROM personmerge x WHERE x.person_id = p.id) ORDER BY p.id"
    )
    return [NamedPerson(*row) for row in reader.rows(statement, (key, key + "\U0010ffff", key))]
