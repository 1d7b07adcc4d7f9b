"""Eighth form: what a leader writes beside a community's numbers.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

_STATEMENTS = (
    """
    CREATE TABLE annotation (
      id VARCHAR NOT NULL,
      account_kind VARCHAR NOT NULL,
      community_remote_id VARCHAR NOT NULL,
      day DATE NOT NULL,
      words VARCHAR NOT NULL,
      made_at BIGINT NOT NULL,
      PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_annotation_day ON annotation (day)",
    """
    CREATE TABLE community_card (
      id INTEGER NOT NULL,
      community_id INTEGER,
      account_kind VARCHAR NOT NULL,
      site VARCHAR NOT NULL,
      community_remote_id VARCHAR NOT NULL,
      type VARCHAR,
      level VARCHAR,
      purpose VARCHAR NOT NULL,
      themes VARCHAR NOT NULL,
      spaces VARCHAR NOT NULL,
      policies VARCHAR NOT NULL,
      partners VARCHAR NOT NULL,
      asked_by VARCHAR,
      coordinator VARCHAR NOT NULL,
      PRIMARY KEY (id),
      UNIQUE (community_id),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX community_card_lost ON community_card (community_remote_id) WHERE community_id IS NULL",
    """
    CREATE TABLE benchmark (
      measure VARCHAR NOT NULL,
      type VARCHAR NOT NULL,
      value FLOAT NOT NULL,
      source VARCHAR NOT NULL,
      day DATE NOT NULL,
      PRIMARY KEY (measure, type)
    )
    """,
    # A type chosen before there were cards is the coordinator's as well, and outlives its account from now on.
    """
    INSERT INTO community_card (community_id, account_kind, site, community_remote_id, type, purpose, themes, spaces,
      policies, partners, coordinator)
    SELECT c.id, a.kind, ifnull(a.base_url, ''), c.remote_id, c.type, '', '', '', '', '', ''
    FROM community c JOIN account a ON a.id = c.account_id WHERE c.type IS NOT NULL
    """,
)


def upgrade() -> None:
    """Adds the tables and columns."""
    for statement in _STATEMENTS:
        op.execute(statement)
