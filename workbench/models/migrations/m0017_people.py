"""Seventeenth form: memberships of people who were made one are told by who each was, and programs by hand as well.

Frozen text: later changes of the models never reach this file.
"""

import json
from collections.abc import Iterable
from typing import Any

from alembic import op

revision = "0017"
down_revision = "0016"

_STATEMENTS = (
    """
    CREATE TABLE memberword (
      community_id INTEGER NOT NULL,
      own_id INTEGER NOT NULL,
      is_listed BOOLEAN NOT NULL,
      role VARCHAR,
      joined_at BIGINT,
      left_at BIGINT,
      PRIMARY KEY (community_id, own_id),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE,
      FOREIGN KEY(own_id) REFERENCES person (id) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_memberword_own_id ON memberword (own_id)",
    "ALTER TABLE personfact ADD COLUMN is_bot BOOLEAN",
    "ALTER TABLE person ADD COLUMN is_told_bot BOOLEAN DEFAULT '0' NOT NULL",
    "UPDATE person SET is_told_bot = 1 WHERE is_bot",
)
_MERGES = "SELECT person_id, into_id, kept FROM personmerge ORDER BY merged_at"
_KNOWN = "SELECT community_id, is_listed, role, joined_at, left_at FROM member WHERE person_id = ?"
_AT_HOME = """
SELECT DISTINCT c.id, coalesce(h.own_id, h.person_id) FROM handle h JOIN community c ON c.account_id = h.account_id
WHERE h.person_id = ?
"""
_ACTIVE = """
SELECT DISTINCT e.community_id, coalesce(k.author_id, e.person_id)
FROM event e LEFT JOIN mergedevent k ON k.event_id = e.id WHERE e.person_id = ?
"""
_WRITE = """
INSERT OR IGNORE INTO memberword (community_id, own_id, is_listed, role, joined_at, left_at)
SELECT c.id, ?2, ?3, ?4, ?5, ?6 FROM community c WHERE c.id = ?1
"""

_Place = list[Any]


def upgrade() -> None:
    """Adds table and columns, and fills the table from what the merges that are there have kept."""
    for statement in _STATEMENTS:
        op.execute(statement)
    driver = op.get_bind().connection.driver_connection
    widen(driver)
    fill(driver)


def widen(driver: Any) -> None:
    """What merges have kept of typed facts gets a place for the new one, so that taking back finds what it wrote."""
    for person, text in driver.execute("SELECT person_id, kept FROM personmerge").fetchall():
        kept = json.loads(text)
        for facts in (kept[state]["personfact"] for state in ("before", "after")):
            if facts is not None:
                facts.insert(-1, None)
        said = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        driver.execute("UPDATE personmerge SET kept = ? WHERE person_id = ?", (said, person))


def fill(driver: Any) -> None:
    """What was said of each, as far as the merges have kept it."""
    merges = driver.execute(_MERGES).fetchall()
    into = {row[0]: row[1] for row in merges}
    words, latest = _at_the_merge(merges)
    for root in sorted(set(into.values()) - set(into)):
        group = {own for own in (*into, root) if _root(own, into) == root}
        _add_what_came_since(driver, root, group, words, latest.get(root, {}))
    rows = [(community, own, *place) for (community, own), place in sorted(words.items())]
    driver.executemany(_WRITE, rows)


def _root(person: int, into: dict[int, int]) -> int:
    while person in into:
        person = into[person]
    return person


def _at_the_merge(
    merges: Iterable[tuple[int, int, str]],
) -> tuple[dict[tuple[int, int], _Place], dict[int, dict[int, _Place]]]:
    """What was said of each by itself, by (community, person); and what the last merge into somebody made of it."""
    words: dict[tuple[int, int], _Place] = {}
    latest: dict[int, dict[int, _Place]] = {}
    seen: set[int] = set()
    for own, into, text in merges:
        kept = json.loads(text)["members"]
        for person, places in ((own, kept["own"]), (into, kept["before"])):
            if person not in seen:
                seen.add(person)
                words |= {(int(key), person): place for key, place in places.items()}
        latest[into] = {int(key): place for key, place in kept["after"].items()}
    return words, latest


def _add_what_came_since(
    driver: Any, root: int, group: set[int], words: dict[tuple[int, int], _Place], after: dict[int, _Place]
) -> None:
    """What a list said since goes to the one whose account it is; where two have one, the next list tells each."""
    at_home: dict[int, set[int]] = {}
    for community, own in driver.execute(_AT_HOME, (root,)).fetchall():
        at_home.setdefault(community, set()).add(own)
    # A number may stand for another community by now: whoever is a member has a handle in its account.
    for community, own in [key for key in words if key[1] in group and key[1] not in at_home.get(key[0], ())]:
        del words[community, own]
    for community, *place in driver.execute(_KNOWN, (root,)).fetchall():
        owners = at_home.get(community, set())
        known = {own for own in group if (community, own) in words}
        if list(place) != after.get(community) and (len(owners) == 1 or not known):
            words[community, min(owners or {root}, key=lambda own: (own != root, own))] = list(place)
    for community, own in driver.execute(_ACTIVE, (root,)).fetchall():
        words.setdefault((community, own), [0, None, None, None])
