"""Twentieth form: searches are kept by name, and people have a level.

Frozen text: later changes of the models never reach this file.
"""

import json
from typing import Any

from alembic import op

revision = "0020"
down_revision = "0019"

_STATEMENTS = (
    "ALTER TABLE listening ADD COLUMN name VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE person ADD COLUMN level VARCHAR",
    "ALTER TABLE personfact ADD COLUMN level VARCHAR",
)

_NOBODY = ("", "", "")
_PLACE = """
SELECT a.kind, ifnull(a.base_url, a.name), c.remote_id FROM community c JOIN account a ON a.id = c.account_id
WHERE c.id = ?
"""
_PERSON = """
SELECT a.kind, ifnull(a.base_url, a.name), h.remote_id FROM handle h JOIN account a ON a.id = h.account_id
WHERE h.person_id = ? ORDER BY h.id LIMIT 1
"""


def upgrade() -> None:
    """Adds the columns; merges get a place for the new one, kept searches the names that platforms use."""
    for statement in _STATEMENTS:
        op.execute(statement)
    driver = op.get_bind().connection.driver_connection
    widen(driver)
    name_what_is_searched(driver)


def name_what_is_searched(driver: Any) -> None:
    """Writes communities and people of kept searches as platforms call them; who is gone by now is nobody."""
    for listening, text in driver.execute("SELECT id, filters FROM listening").fetchall():
        told = json.loads(text)
        scope, person = told.pop("scope", None), told.pop("person_id", None)
        if scope:
            found = [driver.execute(_PLACE, (one,)).fetchone() or _NOBODY for one in scope]
            told["places"] = sorted(map(list, found))
        if person is not None:
            told["person"] = list(driver.execute(_PERSON, (person,)).fetchone() or _NOBODY)
        said = json.dumps(told, ensure_ascii=False, sort_keys=True)
        driver.execute("UPDATE listening SET filters = ? WHERE id = ?", (said, listening))


def widen(driver: Any) -> None:
    """Puts an empty level into what merges have kept, so that taking back finds what it wrote."""
    for person, text in driver.execute("SELECT person_id, kept FROM personmerge").fetchall():
        kept = json.loads(text)
        for state in (kept["before"], kept["after"]):
            state["person"].append(None)
            if state["personfact"] is not None:
                state["personfact"].insert(-2, None)
        said = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        driver.execute("UPDATE personmerge SET kept = ? WHERE person_id = ?", (said, person))
