"""Fourth form: envelopes sent and received, and what offices sent to headquarters.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

_ENVELOPES = (
    """
    CREATE TABLE profileidentity (
      id INTEGER NOT NULL,
      name VARCHAR NOT NULL,
      instance VARCHAR NOT NULL,
      copy_mark VARCHAR NOT NULL,
      age_secret VARCHAR NOT NULL,
      signer_secret BLOB NOT NULL,
      made_at BIGINT NOT NULL,
      PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE partner (
      signer VARCHAR NOT NULL,
      name VARCHAR NOT NULL,
      recipient VARCHAR NOT NULL,
      trusted_at BIGINT NOT NULL,
      way VARCHAR NOT NULL,
      folder VARCHAR,
      PRIMARY KEY (signer),
      UNIQUE (name)
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE envelopelog (
      instance VARCHAR NOT NULL,
      stream VARCHAR NOT NULL,
      sequence INTEGER NOT NULL,
      digest VARCHAR NOT NULL,
      is_sent BOOLEAN NOT NULL,
      kind VARCHAR NOT NULL,
      signer VARCHAR NOT NULL,
      sha256 VARCHAR NOT NULL,
      previous VARCHAR NOT NULL,
      created_at BIGINT NOT NULL,
      seen_at BIGINT NOT NULL,
      PRIMARY KEY (instance, stream, sequence, digest)
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE planauthor (
      author VARCHAR NOT NULL,
      name VARCHAR NOT NULL,
      PRIMARY KEY (author)
    )
     WITHOUT ROWID
    """,
    """
    CREATE TABLE plancopy (
      id VARCHAR NOT NULL,
      plan_id VARCHAR NOT NULL,
      plan_name VARCHAR NOT NULL,
      reason VARCHAR NOT NULL,
      made_at BIGINT NOT NULL,
      document BLOB NOT NULL,
      PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_plancopy_plan_id ON plancopy (plan_id)",
)

_ROLLUP = (
    """
    CREATE TABLE office (
      office_id TEXT NOT NULL,
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      country TEXT,
      is_expected BOOLEAN NOT NULL,
      added_at BIGINT NOT NULL,
      heard_at BIGINT,
      last_week DATE,
      known_until DATE,
      PRIMARY KEY (office_id, id),
      UNIQUE (office_id)
    )
    """,
    """
    CREATE TABLE office_envelope (
      office_id TEXT NOT NULL,
      id TEXT NOT NULL,
      instance TEXT NOT NULL,
      sequence BIGINT NOT NULL,
      previous TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      signer TEXT NOT NULL,
      created BIGINT NOT NULL,
      received_at BIGINT NOT NULL,
      first_week DATE NOT NULL,
      last_week DATE NOT NULL,
      counts JSON NOT NULL,
      PRIMARY KEY (office_id, id),
      UNIQUE (office_id, instance, sequence, sha256)
    )
    """,
    "CREATE INDEX office_envelope_signer ON office_envelope (signer)",
    """
    CREATE TABLE office_plan (
      office_id TEXT NOT NULL,
      id TEXT NOT NULL,
      instance TEXT NOT NULL,
      plan_id TEXT NOT NULL,
      name TEXT NOT NULL,
      community_key TEXT NOT NULL,
      community TEXT NOT NULL,
      community_type TEXT,
      starts_on DATE NOT NULL,
      day INTEGER NOT NULL,
      is_archived BOOLEAN NOT NULL,
      todo INTEGER NOT NULL,
      doing INTEGER NOT NULL,
      done INTEGER NOT NULL,
      late INTEGER NOT NULL,
      hours_planned FLOAT NOT NULL,
      hours_done FLOAT NOT NULL,
      as_of BIGINT NOT NULL,
      PRIMARY KEY (office_id, id)
    )
    """,
    "CREATE INDEX office_plan_same ON office_plan (office_id, plan_id)",
    """
    CREATE TABLE office_week (
      office_id TEXT NOT NULL,
      id TEXT NOT NULL,
      instance TEXT NOT NULL,
      week DATE NOT NULL,
      community_key TEXT NOT NULL,
      community TEXT NOT NULL,
      community_type TEXT,
      known_days INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      contributors INTEGER,
      is_withheld BOOLEAN NOT NULL,
      threads INTEGER NOT NULL,
      replied_threads INTEGER NOT NULL,
      first_reply_hours FLOAT,
      as_of BIGINT NOT NULL,
      PRIMARY KEY (office_id, id)
    )
    """,
    "CREATE INDEX office_week_when ON office_week (office_id, instance, week)",
    """
    CREATE TABLE office_checkpoint (
      office_id TEXT NOT NULL,
      id TEXT NOT NULL,
      plan_row_id TEXT NOT NULL,
      day INTEGER NOT NULL,
      falls_on DATE NOT NULL,
      is_locked BOOLEAN NOT NULL,
      decisions INTEGER NOT NULL,
      PRIMARY KEY (office_id, id),
      FOREIGN KEY(office_id, plan_row_id) REFERENCES office_plan (office_id, id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX office_checkpoint_plan ON office_checkpoint (office_id, plan_row_id)",
    """
    CREATE TABLE office_objective (
      office_id TEXT NOT NULL,
      id TEXT NOT NULL,
      plan_row_id TEXT NOT NULL,
      position INTEGER NOT NULL,
      measure TEXT NOT NULL,
      unit TEXT NOT NULL,
      is_by_hand BOOLEAN NOT NULL,
      target FLOAT,
      standing TEXT NOT NULL,
      baseline FLOAT,
      baseline_numerator FLOAT,
      baseline_denominator FLOAT,
      baseline_coverage FLOAT,
      baseline_is_withheld BOOLEAN NOT NULL,
      baseline_on DATE,
      now FLOAT,
      now_numerator FLOAT,
      now_denominator FLOAT,
      now_coverage FLOAT,
      now_is_withheld BOOLEAN NOT NULL,
      PRIMARY KEY (office_id, id),
      FOREIGN KEY(office_id, plan_row_id) REFERENCES office_plan (office_id, id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX office_objective_plan ON office_objective (office_id, plan_row_id)",
)
_STATEMENTS: tuple[str, ...] = (*_ENVELOPES, *_ROLLUP)


def upgrade() -> None:
    """Adds the tables and columns."""
    for statement in _STATEMENTS:
        op.execute(statement)
