"""Third form: what plans hold: charters, objectives, activities, checkpoints, commitments.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

_STATEMENTS = (
    "ALTER TABLE plan ADD COLUMN problem VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE plan ADD COLUMN value_for_organisation VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE plan ADD COLUMN value_for_members VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE plan ADD COLUMN sponsor VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE plan ADD COLUMN roles VARCHAR DEFAULT '[]' NOT NULL",
    "ALTER TABLE plan ADD COLUMN risks VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE plan ADD COLUMN alignment VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE plan ADD COLUMN weekly_hours FLOAT DEFAULT '5.0' NOT NULL",
    "ALTER TABLE plan ADD COLUMN holidays VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE plan ADD COLUMN follows VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE plan ADD COLUMN worked VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE plan ADD COLUMN did_not_work VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE plan ADD COLUMN lessons VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE objective ADD COLUMN kind VARCHAR",
    "ALTER TABLE objective ADD COLUMN problem VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE objective ADD COLUMN tags VARCHAR DEFAULT '[]' NOT NULL",
    "ALTER TABLE objective ADD COLUMN alignment VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE objective ADD COLUMN horizon VARCHAR",
    "ALTER TABLE objective ADD COLUMN due DATE",
    "ALTER TABLE objective ADD COLUMN due_day INTEGER",
    "ALTER TABLE objective ADD COLUMN hand_unit VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE objective ADD COLUMN readings VARCHAR DEFAULT '[]' NOT NULL",
    "ALTER TABLE card ADD COLUMN kind VARCHAR DEFAULT 'activity' NOT NULL",
    "ALTER TABLE card ADD COLUMN focus VARCHAR",
    "ALTER TABLE card ADD COLUMN channel VARCHAR",
    "ALTER TABLE card ADD COLUMN starts_on DATE",
    "ALTER TABLE card ADD COLUMN starts_day INTEGER",
    "ALTER TABLE card ADD COLUMN due_day INTEGER",
    "ALTER TABLE card ADD COLUMN objective_id VARCHAR",
    "ALTER TABLE card ADD COLUMN promised_to VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE card ADD COLUMN checklist VARCHAR DEFAULT '[]' NOT NULL",
    "ALTER TABLE card ADD COLUMN evidence VARCHAR DEFAULT '[]' NOT NULL",
    "ALTER TABLE card ADD COLUMN every_days INTEGER",
    "ALTER TABLE card ADD COLUMN until_day INTEGER",
    "ALTER TABLE card ADD COLUMN series_id VARCHAR",
    "ALTER TABLE card ADD COLUMN occurrence INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE card ADD COLUMN own VARCHAR DEFAULT '[]' NOT NULL",
    "ALTER TABLE checkpoint ADD COLUMN measures VARCHAR DEFAULT '[]' NOT NULL",
    "ALTER TABLE checkpoint ADD COLUMN what_worked VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE checkpoint ADD COLUMN decisions VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE checkpoint ADD COLUMN next_steps VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE checkpoint ADD COLUMN locked_at BIGINT",
    "ALTER TABLE checkpoint ADD COLUMN locked_by VARCHAR DEFAULT '' NOT NULL",
    # The rows of plans from before know less than their documents: the next save writes all of them.
    "UPDATE planfile SET revision = ''",
)


def upgrade() -> None:
    """Adds columns; what plans hold stays in their documents."""
    for statement in _STATEMENTS:
        op.execute(statement)
