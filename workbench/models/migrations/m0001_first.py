"""First form: every table of version 1 and the full-text index over messages.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0001"
down_revision = None

_STATEMENTS = (
    """
    CREATE TABLE account (
      id INTEGER NOT NULL,
      kind VARCHAR NOT NULL,
      name VARCHAR NOT NULL,
      base_url VARCHAR,
      settings VARCHAR NOT NULL,
      is_paused BOOLEAN NOT NULL,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (id),
      UNIQUE (name)
    )
    """,
    "CREATE INDEX ix_account_kind ON account (kind)",
    """
    CREATE TABLE activityday (
      community_id INTEGER NOT NULL,
      day INTEGER NOT NULL,
      posts INTEGER NOT NULL,
      replies INTEGER NOT NULL,
      reactions INTEGER NOT NULL,
      mentions INTEGER NOT NULL,
      questions INTEGER NOT NULL,
      PRIMARY KEY (community_id, day)
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE communityweek (
      week INTEGER NOT NULL,
      community_id INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      PRIMARY KEY (week, community_id)
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE networkpeople (
      week INTEGER NOT NULL,
      block INTEGER NOT NULL,
      wrote BIGINT NOT NULL,
      acted BIGINT NOT NULL,
      PRIMARY KEY (week, block)
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE networkperson (
      person_id INTEGER NOT NULL,
      first_message_at BIGINT NOT NULL,
      PRIMARY KEY (person_id)
    )
    """,
    "CREATE INDEX network_person_first ON networkperson (first_message_at)",
    """
    CREATE TABLE networkstay (
      person_id INTEGER NOT NULL,
      joined_us BIGINT NOT NULL,
      left_us BIGINT NOT NULL,
      PRIMARY KEY (person_id, joined_us)
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE networkweek (
      week INTEGER NOT NULL,
      contributors INTEGER NOT NULL,
      interactive INTEGER NOT NULL,
      PRIMARY KEY (week)
    )
    """,
    """
    CREATE TABLE person (
      id INTEGER NOT NULL,
      name VARCHAR NOT NULL,
      name_key VARCHAR NOT NULL,
      named_at BIGINT,
      office VARCHAR,
      is_bot BOOLEAN NOT NULL,
      address_key VARCHAR,
      PRIMARY KEY (id),
      UNIQUE (address_key)
    )
    """,
    "CREATE INDEX ix_person_name ON person (name)",
    "CREATE INDEX ix_person_name_key ON person (name_key)",
    "CREATE INDEX person_bot ON person (id) WHERE is_bot",
    """
    CREATE TABLE planfile (
      id VARCHAR NOT NULL,
      document BLOB NOT NULL,
      updated_at BIGINT NOT NULL,
      revision VARCHAR NOT NULL,
      PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE preference (
      "key" VARCHAR NOT NULL,
      value VARCHAR NOT NULL,
      PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE community (
      id INTEGER NOT NULL,
      account_id INTEGER NOT NULL,
      remote_id VARCHAR NOT NULL,
      name VARCHAR NOT NULL,
      description VARCHAR NOT NULL,
      type VARCHAR,
      url VARCHAR,
      address VARCHAR,
      is_followed BOOLEAN NOT NULL,
      created_at BIGINT NOT NULL,
      removed_at BIGINT,
      PRIMARY KEY (id),
      UNIQUE (account_id, remote_id),
      FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
      UNIQUE (name)
    )
    """,
    "CREATE INDEX ix_community_account_id ON community (account_id)",
    """
    CREATE TABLE handle (
      id INTEGER NOT NULL,
      account_id INTEGER NOT NULL,
      remote_id VARCHAR NOT NULL,
      person_id INTEGER NOT NULL,
      name VARCHAR NOT NULL,
      PRIMARY KEY (id),
      UNIQUE (account_id, remote_id),
      FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
      FOREIGN KEY(person_id) REFERENCES person (id)
    )
    """,
    "CREATE INDEX ix_handle_person_id ON handle (person_id)",
    """
    CREATE TABLE personnote (
      person_id INTEGER NOT NULL,
      text VARCHAR NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (person_id),
      FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE persontag (
      person_id INTEGER NOT NULL,
      tag VARCHAR NOT NULL,
      PRIMARY KEY (person_id, tag),
      FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_persontag_tag ON persontag (tag)",
    """
    CREATE TABLE "plan" (
      id VARCHAR NOT NULL,
      name VARCHAR NOT NULL,
      purpose VARCHAR NOT NULL,
      owner VARCHAR NOT NULL,
      community_id INTEGER,
      community_name VARCHAR NOT NULL,
      starts_on DATE NOT NULL,
      is_archived BOOLEAN NOT NULL,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (id),
      FOREIGN KEY(id) REFERENCES planfile (id) ON DELETE CASCADE,
      UNIQUE (name)
    )
    """,
    """
    CREATE TABLE card (
      id VARCHAR NOT NULL,
      plan_id VARCHAR NOT NULL,
      "column" VARCHAR NOT NULL,
      position VARCHAR NOT NULL,
      title VARCHAR NOT NULL,
      pillar VARCHAR,
      owner VARCHAR NOT NULL,
      due_on DATE,
      hours FLOAT,
      notes VARCHAR NOT NULL,
      done_on DATE,
      is_archived BOOLEAN NOT NULL,
      has_conflict BOOLEAN NOT NULL,
      PRIMARY KEY (id),
      FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_card_plan_id ON card (plan_id)",
    """
    CREATE TABLE checkpoint (
      plan_id VARCHAR NOT NULL,
      day INTEGER NOT NULL,
      falls_on DATE NOT NULL,
      PRIMARY KEY (plan_id, day),
      FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE communitytotal (
      community_id INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      threads INTEGER NOT NULL,
      first_message_at BIGINT,
      last_message_at BIGINT,
      PRIMARY KEY (community_id),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE coverage (
      community_id INTEGER NOT NULL,
      first_day INTEGER NOT NULL,
      last_day INTEGER NOT NULL,
      PRIMARY KEY (community_id, first_day),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE event (
      id INTEGER NOT NULL,
      community_id INTEGER NOT NULL,
      person_id INTEGER NOT NULL,
      kind SMALLINT NOT NULL,
      at BIGINT NOT NULL,
      at_is_guess BOOLEAN NOT NULL,
      root_id INTEGER,
      parent_id INTEGER,
      target_person_id INTEGER,
      remote_id VARCHAR NOT NULL,
      remote_key BLOB NOT NULL,
      is_question BOOLEAN NOT NULL,
      length INTEGER NOT NULL,
      content_key BLOB,
      removed_at BIGINT,
      PRIMARY KEY (id),
      UNIQUE (community_id, remote_key),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE,
      FOREIGN KEY(person_id) REFERENCES person (id)
    )
    """,
    "CREATE INDEX event_person ON event (person_id, at)",
    "CREATE INDEX event_presence ON event (person_id, community_id, at) WHERE kind IN (1, 2)",
    "CREATE INDEX event_root ON event (root_id, at)",
    "CREATE INDEX event_when ON event (community_id, at)",
    """
    CREATE TABLE member (
      community_id INTEGER NOT NULL,
      person_id INTEGER NOT NULL,
      is_listed BOOLEAN NOT NULL,
      role VARCHAR,
      joined_at BIGINT,
      left_at BIGINT,
      messages INTEGER NOT NULL,
      first_message_at BIGINT,
      last_message_at BIGINT,
      PRIMARY KEY (community_id, person_id),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE,
      FOREIGN KEY(person_id) REFERENCES person (id)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX member_person ON member (person_id)",
    "CREATE INDEX member_present ON member (community_id, left_at, last_message_at)",
    """
    CREATE TABLE objective (
      id VARCHAR NOT NULL,
      plan_id VARCHAR NOT NULL,
      position VARCHAR NOT NULL,
      title VARCHAR NOT NULL,
      measure VARCHAR NOT NULL,
      target FLOAT,
      baseline_value FLOAT,
      baseline_numerator FLOAT,
      baseline_denominator FLOAT,
      baseline_coverage FLOAT,
      baseline_at BIGINT,
      is_archived BOOLEAN NOT NULL,
      PRIMARY KEY (id),
      FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_objective_plan_id ON objective (plan_id)",
    """
    CREATE TABLE personday (
      community_id INTEGER NOT NULL,
      day INTEGER NOT NULL,
      person_id INTEGER NOT NULL,
      posts INTEGER NOT NULL,
      replies INTEGER NOT NULL,
      reactions INTEGER NOT NULL,
      mentions INTEGER NOT NULL,
      questions INTEGER NOT NULL,
      PRIMARY KEY (community_id, day, person_id),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX person_day_day ON personday (day, person_id, posts, replies)",
    "CREATE INDEX person_day_person ON personday (person_id, community_id, day)",
    """
    CREATE TABLE quarantine (
      id INTEGER NOT NULL,
      community_id INTEGER NOT NULL,
      source VARCHAR NOT NULL,
      position INTEGER NOT NULL,
      code VARCHAR NOT NULL,
      reason VARCHAR NOT NULL,
      seen_at BIGINT NOT NULL,
      PRIMARY KEY (id),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
    """,
    "CREATE UNIQUE INDEX quarantine_item ON quarantine (community_id, source, position)",
    """
    CREATE TABLE streamcursor (
      community_id INTEGER NOT NULL,
      stream VARCHAR NOT NULL,
      value VARCHAR NOT NULL,
      rows INTEGER NOT NULL,
      updated_at BIGINT NOT NULL,
      PRIMARY KEY (community_id, stream),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE syncrun (
      id INTEGER NOT NULL,
      community_id INTEGER NOT NULL,
      state VARCHAR NOT NULL,
      started_at BIGINT NOT NULL,
      ended_at BIGINT,
      added INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      unchanged INTEGER NOT NULL,
      rejected INTEGER NOT NULL,
      requests INTEGER NOT NULL,
      bytes_in INTEGER NOT NULL,
      bytes_out INTEGER NOT NULL,
      error_code VARCHAR,
      error_reason VARCHAR,
      PRIMARY KEY (id),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_syncrun_community_id ON syncrun (community_id)",
    """
    CREATE TABLE body (
      event_id INTEGER NOT NULL,
      subject VARCHAR NOT NULL,
      text VARCHAR NOT NULL,
      html VARCHAR,
      raw VARCHAR,
      PRIMARY KEY (event_id),
      FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE orphan (
      id INTEGER NOT NULL,
      community_id INTEGER NOT NULL,
      event_id INTEGER NOT NULL,
      rank INTEGER NOT NULL,
      reference_key BLOB NOT NULL,
      PRIMARY KEY (id),
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE,
      FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_orphan_event_id ON orphan (event_id)",
    "CREATE INDEX orphan_reference ON orphan (community_id, reference_key)",
    """
    CREATE TABLE opening (
      event_id INTEGER NOT NULL,
      community_id INTEGER NOT NULL,
      subject_key BLOB NOT NULL,
      at BIGINT NOT NULL,
      is_reply BOOLEAN NOT NULL,
      PRIMARY KEY (event_id),
      FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE,
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX opening_subject ON opening (community_id, subject_key, at)",
    """
    CREATE TABLE thread (
      id INTEGER NOT NULL,
      community_id INTEGER NOT NULL,
      author_id INTEGER NOT NULL,
      subject VARCHAR NOT NULL,
      started_at BIGINT NOT NULL,
      last_at BIGINT NOT NULL,
      messages INTEGER NOT NULL,
      people INTEGER NOT NULL,
      reactions INTEGER NOT NULL,
      is_question BOOLEAN NOT NULL,
      first_reply_at BIGINT,
      first_replier_id INTEGER,
      first_response_at BIGINT,
      PRIMARY KEY (id),
      FOREIGN KEY(id) REFERENCES event (id) ON DELETE CASCADE,
      FOREIGN KEY(community_id) REFERENCES community (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX thread_last ON thread (community_id, last_at)",
    "CREATE INDEX thread_newest ON thread (last_at, started_at)",
    "CREATE INDEX thread_open ON thread (community_id, is_question, first_reply_at, started_at)",
    "CREATE INDEX thread_started ON thread (community_id, started_at)",
    "CREATE INDEX thread_when ON thread (started_at, is_question, first_reply_at, first_response_at)",
    """
    CREATE TABLE threadmark (
      thread_id INTEGER NOT NULL,
      is_starred BOOLEAN NOT NULL,
      read_at BIGINT,
      PRIMARY KEY (thread_id),
      FOREIGN KEY(thread_id) REFERENCES event (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE VIRTUAL TABLE message_fts USING fts5(
      scope, subject, body, content='', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    # Deleted words leave no trace in the index (they would otherwise stay readable in the file).
    "INSERT INTO message_fts (message_fts, rank) VALUES ('secure-delete', 1)",
)


def upgrade() -> None:
    """Makes the tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
