"""What else two people are besides events: name and facts, note, tags, and all that the coordinator keeps of them.

Each thing is remembered as it was before and as it was after a merge. Taking the merge back restores what nobody has
changed since; what somebody changed stays with the one who kept the name.
"""

import json
from typing import Any

from sqlalchemy import Connection

from workbench.models.people_keys import FACTS, find_key, plain_key
from workbench.sync.lookups import driver

_NAMED = ("name", "named_at", *FACTS)
_FACT = (
    "office", "region", "organisation", "role", "languages", "time_zone", "is_sponsor", "is_leaving", "leaves_on",
    "level",
)  # fmt: skip
_STEPS = ("spotted_on", "asked_on", "agreed_on", "active_on", "note")
_ROWS = {"personfact": (*_FACT, "is_bot", "find_key"), "advocate": _STEPS, "personnote": ("text", "updated_at")}
_MOVED = (
    ("contact", "person_id"),
    ("thanks", "person_id"),
    ("nudge", "person_id"),
    ("thread_care", "owner_id"),
    ("listening", "owner_id"),
)

Kept = dict[str, Any]


def snapshot(connection: Connection, person_id: int) -> Kept:
    """What of a person a merge changes."""
    execute = driver(connection).execute
    shown: Kept = {"person": _row(connection, "person", _NAMED, person_id)}
    for table, columns in _ROWS.items():
        shown[table] = _row(connection, table, columns, person_id)
    tags = execute("SELECT tag FROM persontag WHERE person_id = ? ORDER BY tag", (person_id,))
    shown["tags"] = [row[0] for row in tags.fetchall()]
    return shown


def join(connection: Connection, into: int, own: int, *, before: Kept) -> Kept:
    """Gives `into` what both have; what undoing it needs."""
    other = snapshot(connection, own)
    mine, theirs = before["person"], other["person"]
    person = [value if value is not None else theirs[place] for place, value in enumerate(mine)]
    _write_person(connection, into, [*mine[:2], *person[2:]])
    _write(connection, "personnote", into, _notes(before["personnote"], other["personnote"]))
    _write(connection, "personfact", into, _facts(before["personfact"], other["personfact"]))
    _write(connection, "advocate", into, before["advocate"] or other["advocate"])
    _write_tags(connection, into, sorted({*before["tags"], *other["tags"]}))
    moved = {f"{table}.{column}": _move(connection, table, column, own, into) for table, column in _MOVED}
    was_me = _is_me(connection, own)
    if was_me:
        _set_me(connection, into)
    return {"before": before, "after": snapshot(connection, into), "moved": moved, "me": was_me}


def part(connection: Connection, into: int, own: int, kept: Kept) -> None:
    """Gives back what nobody changed since, and to each their own name. The other's things never went away."""
    before, after, now = kept["before"], kept["after"], snapshot(connection, into)
    person = [
        was if is_ == became else is_
        for was, became, is_ in zip(before["person"], after["person"], now["person"], strict=True)
    ]
    names = _names(connection, into)
    if names and person[0] not in names:
        person[:2] = before["person"][:2]
    _write_person(connection, into, person)
    for table in _ROWS:
        if now[table] == after[table]:
            _write(connection, table, into, before[table])
    since, gone = set(now["tags"]) - set(after["tags"]), set(after["tags"]) - set(now["tags"])
    _write_tags(connection, into, sorted((set(before["tags"]) | since) - gone))
    for place, ids in kept["moved"].items():
        table, _, column = place.partition(".")
        driver(connection).executemany(
            f"UPDATE {table} SET {column} = ? WHERE id = ? AND {column} = ?",  # noqa: S608 - our own constant names
            [(own, one, into) for one in ids],
        )
    if kept["me"] and _is_me(connection, into):
        _set_me(connection, own)
    # Their name was kept as it is used; what they are found by follows now.
    _write_person(connection, own, _row(connection, "person", _NAMED, own) or [])


def _row(connection: Connection, table: str, columns: tuple[str, ...], person_id: int) -> list[Any] | None:
    key = "id" if table == "person" else "person_id"
    statement = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ?"  # noqa: S608 - our own constant names
    row = driver(connection).execute(statement, (person_id,)).fetchone()
    return None if row is None else list(row)


def _write(connection: Connection, table: str, person_id: int, row: list[Any] | None) -> None:
    execute = driver(connection).execute
    execute(f"DELETE FROM {table} WHERE person_id = ?", (person_id,))  # noqa: S608 - our own constant names
    if row is not None:
        columns = _ROWS[table]
        marks = ", ".join("?" * (len(columns) + 1))
        statement = f"INSERT INTO {table} (person_id, {', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - as above
        execute(statement, (person_id, *row))


def _write_person(connection: Connection, person_id: int, values: list[Any]) -> None:
    name, named_at, *facts = values
    assigned = ", ".join(f"{fact} = ?" for fact in FACTS)
    driver(connection).execute(
        f"UPDATE person SET name = ?, name_key = ?, named_at = ?, {assigned}, find_key = ? WHERE id = ?",  # noqa: S608 - as above
        (name, plain_key(name), named_at, *facts, find_key(name, *facts[:-1]), person_id),
    )


def _write_tags(connection: Connection, person_id: int, tags: list[str]) -> None:
    driver(connection).execute("DELETE FROM persontag WHERE person_id = ?", (person_id,))
    rows = [(person_id, tag) for tag in tags]
    driver(connection).executemany("INSERT INTO persontag (person_id, tag) VALUES (?, ?)", rows)


def _notes(one: list[Any] | None, other: list[Any] | None) -> list[Any] | None:
    if one is None or other is None:
        return one or other
    # A merge that is made again, after a later one was taken back, finds the text there already.
    text = one[0] if other[0] in one[0] else f"{one[0]}\n\n{other[0]}"
    return [text, max(one[1], other[1])]


def _facts(one: list[Any] | None, other: list[Any] | None) -> list[Any] | None:
    if one is None or other is None:
        return one or other
    joined = [value if value not in (None, 0) else other[place] for place, value in enumerate(one[:-2])]
    # Whether they count as a program: "no" is a word as well.
    is_bot = other[-2] if one[-2] is None else one[-2]
    return [*joined, is_bot, find_key(*joined[:5])]


def _names(connection: Connection, person_id: int) -> list[str]:
    rows = driver(connection).execute("SELECT name FROM handle WHERE person_id = ? AND name <> ''", (person_id,))
    return sorted({row[0] for row in rows.fetchall()})


def _move(connection: Connection, table: str, column: str, own: int, into: int) -> list[Any]:
    execute = driver(connection).execute
    rows = execute(f"SELECT id FROM {table} WHERE {column} = ? ORDER BY id", (own,)).fetchall()  # noqa: S608 - our own constant names
    execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (into, own))  # noqa: S608 - as above
    return [row[0] for row in rows]


def _is_me(connection: Connection, person_id: int) -> bool:
    row = driver(connection).execute("SELECT value FROM preference WHERE \"key\" = 'me'").fetchone()
    return row is not None and json.loads(row[0]) == person_id


def _set_me(connection: Connection, person_id: int) -> None:
    driver(connection).execute("UPDATE preference SET value = ? WHERE \"key\" = 'me'", (json.dumps(person_id),))
