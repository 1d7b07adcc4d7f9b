"""Eleventh form: when people first met and first did something; short ways to lists, roles, dates and lanes.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0011"
down_revision = "0010"

_STATEMENTS = (
    """
    CREATE TABLE pairfirst (
      low_id INTEGER NOT NULL,
      high_id INTEGER NOT NULL,
      community_id INTEGER NOT NULL,
      first_at BIGINT NOT NULL,
      PRIMARY KEY (low_id, high_id, community_id)
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO pairfirst
    SELECT min(person_id, target_person_id), max(person_id, target_person_id), community_id, min(at) FROM event
    WHERE kind BETWEEN 3 AND 6 AND target_person_id <> person_id AND removed_at IS NULL
      AND person_id NOT IN (SELECT id FROM person WHERE is_bot)
      AND target_person_id NOT IN (SELECT id FROM person WHERE is_bot)
    GROUP BY 1, 2, 3
    """,
    "INSERT INTO pairfirst SELECT low_id, high_id, 0, min(first_at) FROM pairfirst GROUP BY 1, 2",
    "CREATE INDEX pair_first_when ON pairfirst (community_id, first_at)",
    "CREATE TABLE networkact (person_id INTEGER NOT NULL, first_day INTEGER NOT NULL, PRIMARY KEY (person_id))",
    "INSERT INTO networkact SELECT person_id, min(day) FROM personday INDEXED BY person_day_person GROUP BY 1",
    "CREATE INDEX thread_lane ON thread (community_id, people, messages)",
    "DROP INDEX event_when",
    "CREATE INDEX event_when ON event (community_id, at, kind, person_id, root_id, target_person_id, is_question,"
    " removed_at)",
    "CREATE INDEX event_seldom ON event (community_id, at) WHERE kind >= 9",
    "DROP INDEX person_day_day",
    "CREATE INDEX person_day_day ON personday (day, person_id, posts, replies, reactions, mentions)",
    "DROP INDEX member_person",
    "CREATE INDEX member_person ON member (person_id, last_message_at)",
    "CREATE INDEX person_office ON person (id) WHERE office <> ''",
    "CREATE INDEX member_listed ON member (community_id) WHERE is_listed",
    "CREATE INDEX member_role ON member (community_id, person_id) WHERE role IS NOT NULL",
    "CREATE INDEX member_joined ON member (joined_at) WHERE joined_at IS NOT NULL",
)


def upgrade() -> None:
    """Adds the table, fills it from what is mirrored, and adds the indexes."""
    for statement in _STATEMENTS:
        op.execute(statement)
