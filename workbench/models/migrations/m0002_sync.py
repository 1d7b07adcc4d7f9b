"""Second form: sign-ins, line traffic, the state of communities at their platform, the outbox, web traffic.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

_STATEMENTS = (
    "ALTER TABLE account ADD COLUMN history_from INTEGER",
    "ALTER TABLE account ADD COLUMN is_text_only BOOLEAN DEFAULT '0' NOT NULL",
    "ALTER TABLE account ADD COLUMN daily_cap INTEGER",
    "ALTER TABLE account ADD COLUMN every_minutes INTEGER",
    "ALTER TABLE account ADD COLUMN not_before BIGINT",
    "ALTER TABLE account ADD COLUMN pace VARCHAR",
    "ALTER TABLE account ADD COLUMN tried_at BIGINT",
    "ALTER TABLE account ADD COLUMN error_code VARCHAR",
    "ALTER TABLE account ADD COLUMN error_reason VARCHAR",
    "ALTER TABLE syncrun ADD COLUMN gone INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE syncrun ADD COLUMN trace VARCHAR",
    "ALTER TABLE event ADD COLUMN version VARCHAR",
    """
    CREATE TABLE secret (
      account_id INTEGER NOT NULL,
      name VARCHAR NOT NULL,
      value VARCHAR NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (account_id, name),
      FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE trafficday (
      account_id INTEGER NOT NULL,
      day INTEGER NOT NULL,
      requests INTEGER NOT NULL,
      bytes_in INTEGER NOT NULL,
      bytes_out INTEGER NOT NULL,
      PRIMARY KEY (account_id, day),
      FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE communitystate (
      community_id INTEGER NOT NULL,
      mark VARCHAR,
      synced_at BIGINT,
      platform_messages INTEGER,
      platform_members INTEGER,
      counted_at BIGINT,
      checked_at BIGINT,
      checked_gap INTEGER,
      held VARCHAR,
      PRIMARY KEY (community_id),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE outboxitem (
      id VARCHAR NOT NULL,
      account_id INTEGER,
      community_id INTEGER,
      community_remote_id VARCHAR NOT NULL,
      community_name VARCHAR NOT NULL,
      kind VARCHAR NOT NULL,
      root_id INTEGER,
      parent_id INTEGER,
      root_remote_id VARCHAR,
      parent_remote_id VARCHAR,
      subject VARCHAR NOT NULL,
      text VARCHAR NOT NULL,
      state VARCHAR NOT NULL,
      "key" VARCHAR NOT NULL,
      remote_id VARCHAR,
      url VARCHAR,
      is_held BOOLEAN NOT NULL,
      reason_code VARCHAR,
      reason VARCHAR,
      attempts INTEGER NOT NULL,
      looks INTEGER NOT NULL,
      written_at BIGINT NOT NULL,
      changed_at BIGINT NOT NULL,
      queued_at BIGINT,
      tried_at BIGINT,
      not_before BIGINT,
      expires_at BIGINT,
      PRIMARY KEY (id),
      FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE SET NULL,
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE SET NULL,
      FOREIGN KEY(root_id) REFERENCES event (id) ON DELETE SET NULL,
      FOREIGN KEY(parent_id) REFERENCES event (id) ON DELETE SET NULL
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX ix_outboxitem_account_id ON outboxitem (account_id)",
    "CREATE INDEX ix_outboxitem_community_id ON outboxitem (community_id)",
    "CREATE INDEX ix_outboxitem_parent_id ON outboxitem (parent_id)",
    "CREATE INDEX ix_outboxitem_root_id ON outboxitem (root_id)",
    "CREATE INDEX outbox_state ON outboxitem (state, queued_at)",
    """
    CREATE TABLE pageday (
      community_id INTEGER NOT NULL,
      day INTEGER NOT NULL,
      page VARCHAR NOT NULL,
      views INTEGER NOT NULL,
      users INTEGER,
      sessions INTEGER,
      events INTEGER,
      is_partial BOOLEAN NOT NULL,
      PRIMARY KEY (community_id, day, page),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE pagerange (
      community_id INTEGER NOT NULL,
      first_day INTEGER NOT NULL,
      last_day INTEGER NOT NULL,
      page VARCHAR NOT NULL,
      views INTEGER NOT NULL,
      users INTEGER,
      events INTEGER,
      PRIMARY KEY (community_id, first_day, last_day, page),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE tablemapping (
      header_key VARCHAR NOT NULL,
      mapping VARCHAR NOT NULL,
      used_at BIGINT NOT NULL,
      PRIMARY KEY (header_key)
    )
     WITHOUT ROWID
    """,
)


def upgrade() -> None:
    """Adds columns and tables; nothing that is stored changes."""
    for statement in _STATEMENTS:
        op.execute(statement)
