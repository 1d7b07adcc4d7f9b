"""Nineteenth form: what is watched and why, what was made out of threads, where ideas went, what came of a card.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0019"
down_revision = "0018"

_STATEMENTS = (
    """
    CREATE TABLE thread_watch (
      id VARCHAR NOT NULL,
      thread VARCHAR NOT NULL,
      note VARCHAR DEFAULT '' NOT NULL,
      look_on DATE,
      done VARCHAR DEFAULT '' NOT NULL,
      made_at BIGINT NOT NULL,
      closed_at BIGINT,
      PRIMARY KEY (id),
      UNIQUE (thread)
    )
    """,
    """
    CREATE TABLE output (
      id VARCHAR NOT NULL,
      title VARCHAR NOT NULL,
      kind VARCHAR NOT NULL,
      link VARCHAR DEFAULT '' NOT NULL,
      day DATE NOT NULL,
      threads VARCHAR DEFAULT '[]' NOT NULL,
      made_at BIGINT NOT NULL,
      PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE idea (
      id VARCHAR NOT NULL,
      words VARCHAR NOT NULL,
      unit VARCHAR DEFAULT '' NOT NULL,
      handed_on DATE,
      outcome VARCHAR DEFAULT 'open' NOT NULL,
      outcome_on DATE,
      outcome_words VARCHAR DEFAULT '' NOT NULL,
      threads VARCHAR DEFAULT '[]' NOT NULL,
      made_at BIGINT NOT NULL,
      PRIMARY KEY (id)
    )
    """,
    "ALTER TABLE card ADD COLUMN came_of VARCHAR DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    """Adds the tables, and the column of cards."""
    for statement in _STATEMENTS:
        op.execute(statement)
