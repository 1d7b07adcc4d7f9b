"""Sixth form: what is known of people beyond their names, what is kept about them, and how two became one.

Frozen text: later changes of the models never reach this file.
"""

import unicodedata
from typing import Any

from alembic import op

revision = "0006"
down_revision = "0005"

_STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE person ADD COLUMN region VARCHAR",
    "ALTER TABLE person ADD COLUMN organisation VARCHAR",
    "ALTER TABLE person ADD COLUMN languages VARCHAR",
    "ALTER TABLE person ADD COLUMN time_zone VARCHAR",
    "ALTER TABLE person ADD COLUMN find_key VARCHAR DEFAULT '' NOT NULL",
    "UPDATE person SET find_key = name_key || char(10) || plain(coalesce(office, ''))",
    "DROP INDEX ix_person_name_key",
    "CREATE INDEX person_find ON person (find_key, is_bot)",
    "CREATE INDEX person_external ON person (organisation) WHERE organisation IS NOT NULL",
    "ALTER TABLE handle ADD COLUMN own_id INTEGER",
    "ALTER TABLE handle ADD COLUMN address_key VARCHAR",
    "CREATE INDEX handle_address ON handle (address_key) WHERE address_key IS NOT NULL",
    "CREATE INDEX member_here ON member (person_id, left_at) WHERE left_at IS NULL",
    "CREATE INDEX event_aimed ON event (target_person_id)"
    " WHERE target_person_id IS NOT NULL AND (kind = 6 OR root_id IS NULL)",
    """
    CREATE TABLE personmerge (
      person_id INTEGER NOT NULL,
      into_id INTEGER NOT NULL,
      merged_at BIGINT NOT NULL,
      kept VARCHAR NOT NULL,
      PRIMARY KEY (person_id),
      FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
      FOREIGN KEY(into_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_personmerge_into_id ON personmerge (into_id)",
    """
    CREATE TABLE mergedevent (
      event_id INTEGER NOT NULL,
      author_id INTEGER,
      target_id INTEGER,
      PRIMARY KEY (event_id),
      FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE notsame (
      low_id INTEGER NOT NULL,
      high_id INTEGER NOT NULL,
      PRIMARY KEY (low_id, high_id),
      FOREIGN KEY(low_id) REFERENCES person (id) ON DELETE CASCADE,
      FOREIGN KEY(high_id) REFERENCES person (id) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_notsame_high_id ON notsame (high_id)",
    """
    CREATE TABLE kepthandle (
      kind VARCHAR NOT NULL,
      place VARCHAR NOT NULL,
      remote_id VARCHAR NOT NULL,
      person_id INTEGER NOT NULL,
      PRIMARY KEY (kind, place, remote_id),
      FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_kepthandle_person_id ON kepthandle (person_id)",
    """
    CREATE TABLE personfact (
      person_id INTEGER NOT NULL,
      office VARCHAR,
      region VARCHAR,
      organisation VARCHAR,
      role VARCHAR,
      languages VARCHAR,
      time_zone VARCHAR,
      is_sponsor BOOLEAN NOT NULL,
      is_leaving BOOLEAN NOT NULL,
      leaves_on DATE,
      find_key VARCHAR NOT NULL,
      PRIMARY KEY (person_id),
      FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE advocate (
      person_id INTEGER NOT NULL,
      spotted_on DATE,
      asked_on DATE,
      agreed_on DATE,
      active_on DATE,
      note VARCHAR NOT NULL,
      PRIMARY KEY (person_id),
      FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE contact (
      id VARCHAR NOT NULL,
      person_id INTEGER NOT NULL,
      kind VARCHAR NOT NULL,
      day DATE NOT NULL,
      note VARCHAR NOT NULL,
      PRIMARY KEY (id),
      FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_contact_person_id ON contact (person_id)",
    """
    CREATE TABLE thanks (
      id VARCHAR NOT NULL,
      person_id INTEGER NOT NULL,
      day DATE NOT NULL,
      given_by VARCHAR NOT NULL,
      reason VARCHAR NOT NULL,
      thread_id INTEGER,
      PRIMARY KEY (id),
      FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
      FOREIGN KEY(thread_id) REFERENCES event (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_thanks_person_id ON thanks (person_id)",
    "CREATE INDEX ix_thanks_thread_id ON thanks (thread_id)",
    """
    CREATE TABLE nudge (
      id VARCHAR NOT NULL,
      person_id INTEGER NOT NULL,
      at BIGINT NOT NULL,
      is_sent BOOLEAN NOT NULL,
      PRIMARY KEY (id),
      FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_nudge_person_id ON nudge (person_id)",
)


def upgrade() -> None:
    """Adds the tables and columns, and spells what the directory is searched by."""
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("plain", 1, _plain)
    for statement in _STATEMENTS:
        op.execute(statement)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
