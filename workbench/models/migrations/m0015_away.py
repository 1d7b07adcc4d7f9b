"""Fifteenth form: who is in no community now, kept current by the database itself.

Frozen text: later changes of the models never reach this file. A later step that makes `person` or `member` anew has to
make these triggers anew as well.
"""

from alembic import op

revision = "0015"
down_revision = "0014"

_NOWHERE = "NOT EXISTS (SELECT 1 FROM member m WHERE m.person_id = {0} AND m.left_at IS NULL)"

_STATEMENTS = (
    """
    CREATE TABLE personaway (
      person_id INTEGER NOT NULL,
      PRIMARY KEY (person_id),
      FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
    )
    """,
    f"INSERT INTO personaway SELECT id FROM person WHERE {_NOWHERE.format('person.id')}",  # noqa: S608 - our own constant
    f"""
    CREATE TRIGGER person_known AFTER INSERT ON person WHEN {_NOWHERE.format("NEW.id")}
    BEGIN INSERT OR IGNORE INTO personaway VALUES (NEW.id); END
    """,  # noqa: S608 - our own constant
    """
    CREATE TRIGGER member_came AFTER INSERT ON member WHEN NEW.left_at IS NULL
    BEGIN DELETE FROM personaway WHERE person_id = NEW.person_id; END
    """,
    """
    CREATE TRIGGER member_back AFTER UPDATE OF left_at ON member WHEN NEW.left_at IS NULL AND OLD.left_at IS NOT NULL
    BEGIN DELETE FROM personaway WHERE person_id = NEW.person_id; END
    """,
    f"""
    CREATE TRIGGER member_left AFTER UPDATE OF left_at ON member WHEN NEW.left_at IS NOT NULL AND OLD.left_at IS NULL
    BEGIN INSERT OR IGNORE INTO personaway SELECT NEW.person_id WHERE {_NOWHERE.format("NEW.person_id")}; END
    """,
    f"""
    CREATE TRIGGER member_gone AFTER DELETE ON member WHEN OLD.left_at IS NULL
    BEGIN INSERT OR IGNORE INTO personaway SELECT id FROM person
      WHERE id = OLD.person_id AND {_NOWHERE.format("OLD.person_id")}; END
    """,  # noqa: S608 - our own constant
)


def upgrade() -> None:
    """Adds the table, fills it from who is a member now, and adds the triggers."""
    for statement in _STATEMENTS:
        op.execute(statement)
