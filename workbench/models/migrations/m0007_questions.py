"""Seventh form: accepted answers, hashtags, who looks after a thread, and what is listened for.

Frozen text: later changes of the models never reach this file; only the rules of hashtags are those of the day, as with
everything that is stored from then on.
"""

import re

from alembic import op

from workbench.models.hashtags import hashtags_in

revision = "0007"
down_revision = "0006"

_STATEMENTS = (
    "ALTER TABLE event ADD COLUMN is_accepted BOOLEAN DEFAULT '0' NOT NULL",
    "ALTER TABLE thread ADD COLUMN accepted_id INTEGER",
    "CREATE INDEX thread_accepted ON thread (accepted_id) WHERE accepted_id IS NOT NULL",
    """
    CREATE TABLE event_tag (
      event_id INTEGER NOT NULL,
      tag VARCHAR NOT NULL,
      at BIGINT NOT NULL,
      community_id INTEGER NOT NULL,
      PRIMARY KEY (event_id, tag),
      FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX event_tag_tag ON event_tag (tag, at, community_id)",
    """
    CREATE TABLE thread_care (
      id INTEGER NOT NULL,
      thread_id INTEGER,
      account_kind VARCHAR NOT NULL,
      account VARCHAR DEFAULT '' NOT NULL,
      community_remote_id VARCHAR NOT NULL,
      root_remote_id VARCHAR NOT NULL,
      owner_id INTEGER,
      owner_name VARCHAR NOT NULL,
      routed_id INTEGER NOT NULL,
      routed_at BIGINT,
      outcome VARCHAR,
      closed_at BIGINT,
      urgent_at BIGINT,
      PRIMARY KEY (id),
      FOREIGN KEY(thread_id) REFERENCES event (id) ON DELETE SET NULL,
      UNIQUE (thread_id),
      FOREIGN KEY(owner_id) REFERENCES person (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX thread_care_lost ON thread_care (root_remote_id) WHERE thread_id IS NULL",
    "CREATE INDEX ix_thread_care_owner_id ON thread_care (owner_id)",
    """
    CREATE TABLE listening (
      id INTEGER NOT NULL,
      words VARCHAR NOT NULL,
      filters VARCHAR NOT NULL,
      owner_id INTEGER,
      owner_name VARCHAR NOT NULL,
      seen_id INTEGER NOT NULL,
      looked_at BIGINT,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (id),
      FOREIGN KEY(owner_id) REFERENCES person (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_listening_owner_id ON listening (owner_id)",
)

_MARKED = (
    "SELECT b.event_id, e.at, e.community_id, CASE WHEN e.kind = 3 THEN b.subject ELSE '' END, b.text"
    " FROM body b JOIN event e ON e.id = b.event_id"
    " WHERE e.removed_at IS NULL AND (instr(b.text, '#') OR instr(b.subject, '#'))"
)
_SIZE = 2000
_FOREIGN_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)


def upgrade() -> None:
    """Adds the tables and columns, and finds the hashtags of what is mirrored already."""
    for statement in _STATEMENTS:
        op.execute(statement)
    raw = op.get_bind().connection.cursor()
    raw.execute(_MARKED)
    rows = []
    while page := raw.fetchmany(_SIZE):
        rows += [(*key, tag) for *key, subject, text in page for tag in _tags(f"{subject}\n{text}")]
    raw.close()
    insert = "INSERT INTO event_tag (event_id, at, community_id, tag) VALUES (?, ?, ?, ?)"
    if rows:
        op.get_bind().exec_driver_sql(insert, rows)


def _tags(text: str) -> tuple[str, ...]:
    return hashtags_in(_FOREIGN_LINE.sub("", text))
