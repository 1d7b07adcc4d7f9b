"""Fifth form: files that hang on messages, and what of them was fetched.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

_STATEMENTS = (
    "ALTER TABLE account ADD COLUMN file_limit INTEGER",
    """
    CREATE TABLE attachment (
      id INTEGER NOT NULL,
      event_id INTEGER NOT NULL,
      remote_id VARCHAR NOT NULL,
      position INTEGER NOT NULL,
      name VARCHAR NOT NULL,
      media_type VARCHAR NOT NULL,
      size INTEGER,
      address VARCHAR,
      fetched_at BIGINT,
      reason VARCHAR,
      content BLOB,
      PRIMARY KEY (id),
      UNIQUE (event_id, remote_id),
      FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX attachment_waiting ON attachment (event_id)"
    " WHERE content IS NULL AND reason IS NULL AND address IS NOT NULL",
)


def upgrade() -> None:
    """Adds the tables and columns."""
    for statement in _STATEMENTS:
        op.execute(statement)
