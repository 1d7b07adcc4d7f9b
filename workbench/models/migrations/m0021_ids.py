"""Twenty-first form: ids of what is gone are never given again, and a plan names its community as its platform does.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0021"
down_revision = "0020"

_STATEMENTS = (
    "CREATE TABLE lastid (name VARCHAR NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (name))",
    # What still points at somebody who is gone counts as well: that number was given once.
    """
    INSERT INTO lastid SELECT * FROM (VALUES
      ('account', (SELECT ifnull(max(id), 0) FROM account)),
      ('community', max(
        (SELECT ifnull(max(id), 0) FROM community), (SELECT ifnull(max(community_id), 0) FROM plan),
        (SELECT ifnull(max(CAST(j.value AS INTEGER)), 0) FROM preference p, json_each(p.value) j
          WHERE p."key" GLOB 'comparison.columns.*'),
        (SELECT ifnull(max(CAST(j."key" AS INTEGER)), 0) FROM preference p, json_each(p.value) j
          WHERE p."key" = 'sync.kept_gone'))),
      ('person', max(
        (SELECT ifnull(max(id), 0) FROM person),
        (SELECT ifnull(max(CAST(value AS INTEGER)), 0) FROM preference WHERE "key" = 'me'))),
      ('event', max(
        (SELECT ifnull(max(id), 0) FROM event), (SELECT ifnull(max(seen_id), 0) FROM listening),
        (SELECT ifnull(max(routed_id), 0) FROM thread_care)))
    ) WHERE column2 > 0
    """,
    "ALTER TABLE plan ADD COLUMN community_place VARCHAR DEFAULT '[]' NOT NULL",
    # A community that bears another name was renamed, or is a later one that was given the number of one that is gone.
    """
    UPDATE plan SET community_id = NULL WHERE community_name <> '' AND NOT EXISTS (
      SELECT 1 FROM community c WHERE c.id = plan.community_id
        AND (c.name = plan.community_name OR c.created_at <= plan.created_at))
    """,
    """
    UPDATE plan SET community_id = (SELECT id FROM community WHERE name = plan.community_name)
    WHERE community_id IS NULL AND community_name <> ''
    """,
    """
    UPDATE plan SET community_place = (
      SELECT json_array(a.kind, ifnull(a.base_url, ''), c.remote_id)
      FROM community c JOIN account a ON a.id = c.account_id WHERE c.id = plan.community_id)
    WHERE community_id IN (SELECT id FROM community)
    """,
)


def upgrade() -> None:
    """Adds the table and the column, and fills both from what is here."""
    for statement in _STATEMENTS:
        op.execute(statement)
