"""Thirteenth form: results that took long are kept, with the mark of the rows they were made from.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0013"
down_revision = "0012"

_STATEMENTS = (
    """
    CREATE TABLE keptmark (
        name VARCHAR NOT NULL,
        mark INTEGER NOT NULL,
        CONSTRAINT pk_keptmark PRIMARY KEY (name)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE keptresult (
        id INTEGER NOT NULL,
        asked VARCHAR NOT NULL,
        mirror_mark INTEGER NOT NULL,
        own_mark INTEGER,
        as_of BIGINT NOT NULL,
        body VARCHAR NOT NULL,
        CONSTRAINT pk_keptresult PRIMARY KEY (id),
        CONSTRAINT uq_keptresult_asked UNIQUE (asked)
    )
    """,
)


def upgrade() -> None:
    """Adds the two tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
