"""Sixteenth form: what happened somewhere names the site too; numbers of categories repeat from forum to forum.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0016"
down_revision = "0015"

_STATEMENTS = (
    "ALTER TABLE annotation ADD COLUMN site VARCHAR DEFAULT '' NOT NULL",
    """
    UPDATE annotation SET site = ifnull((
      SELECT a.base_url FROM account a JOIN community c ON c.account_id = a.id
      WHERE a.kind = annotation.account_kind AND c.remote_id = annotation.community_remote_id
      ORDER BY a.id LIMIT 1), '')
    WHERE account_kind <> ''
    """,
)


def upgrade() -> None:
    """Adds the column and fills it from the account that is here, the first one where several know such a community."""
    for statement in _STATEMENTS:
        op.execute(statement)
