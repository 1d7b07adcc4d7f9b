"""Pairs: when two people first had to do with one another, in each community and anywhere.

Statements only; `rollups.py` runs them on its temporary tables of what was touched.
"""

TEMPORARY = (
    "CREATE TEMP TABLE IF NOT EXISTS met (low_id INTEGER, high_id INTEGER, community_id INTEGER, at INTEGER,"
    " is_touched INTEGER, PRIMARY KEY (low_id, high_id, community_id)) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS unmet (low_id INTEGER, high_id INTEGER, community_id INTEGER, after INTEGER,"
    " PRIMARY KEY (low_id, high_id, community_id)) WITHOUT ROWID",
)

# Nobody turns to themselves, what was removed did not happen, and a machine is nobody.
_DIRECTED = """
e.kind BETWEEN 3 AND 6 AND e.target_person_id <> e.person_id AND e.removed_at IS NULL
  AND e.person_id NOT IN (SELECT id FROM person INDEXED BY person_bot WHERE is_bot)
  AND e.target_person_id NOT IN (SELECT id FROM person INDEXED BY person_bot WHERE is_bot)
"""
_LATER = f"""
SELECT e.at FROM event e INDEXED BY event_person
WHERE e.person_id = u.{{one}} AND e.target_person_id = u.{{other}} AND e.at > u.after
  AND e.community_id = u.community_id AND {_DIRECTED} ORDER BY e.at LIMIT 1
"""  # noqa: S608 - our own constants

CHANGE_PAIRS = (
    f"""
    INSERT INTO temp.met
    SELECT min(e.person_id, e.target_person_id), max(e.person_id, e.target_person_id), e.community_id, min(e.at),
      max(e.root_id IS NULL OR e.root_id IN (SELECT id FROM temp.touched_root))
    FROM temp.touched_day t
    CROSS JOIN event e INDEXED BY event_when
      ON e.community_id = t.community_id AND e.at >= t.first_at AND e.at < t.next_at
    WHERE {_DIRECTED} GROUP BY 1, 2, 3
    """,  # noqa: S608 - our own constant
    # Whose first time lay on a touched day and does not any more: of the days after it, none was looked at yet.
    """
    INSERT INTO temp.unmet
    SELECT p.low_id, p.high_id, p.community_id, p.first_at
    FROM temp.touched_day t
    CROSS JOIN pairfirst p INDEXED BY pair_first_when
      ON p.community_id = t.community_id AND p.first_at >= t.first_at AND p.first_at < t.next_at
    LEFT JOIN temp.met m ON m.low_id = p.low_id AND m.high_id = p.high_id AND m.community_id = p.community_id
    WHERE m.at IS NULL OR m.at > p.first_at
    """,
    f"""
    INSERT INTO temp.met
    SELECT low_id, high_id, community_id, min(at), TRUE FROM (
      SELECT u.low_id, u.high_id, u.community_id, ({_LATER.format(one="low_id", other="high_id")}) AS at
      FROM temp.unmet u
      UNION ALL
      SELECT u.low_id, u.high_id, u.community_id, ({_LATER.format(one="high_id", other="low_id")})
      FROM temp.unmet u
    ) WHERE at IS NOT NULL GROUP BY 1, 2, 3
    ON CONFLICT (low_id, high_id, community_id) DO UPDATE SET at = min(at, excluded.at), is_touched = TRUE
    """,  # noqa: S608 - our own constants
    """
    DELETE FROM pairfirst
    WHERE (low_id, high_id, community_id) IN (SELECT low_id, high_id, community_id FROM temp.unmet)
    """,
    """
    DELETE FROM pairfirst
    WHERE (low_id, high_id, community_id) IN (SELECT low_id, high_id, 0 FROM temp.unmet)
    """,
    # All others met on these days as before.
    """
    INSERT INTO pairfirst (low_id, high_id, community_id, first_at)
    SELECT low_id, high_id, community_id, at FROM temp.met WHERE is_touched
    ON CONFLICT (low_id, high_id, community_id) DO UPDATE SET first_at = excluded.first_at
      WHERE excluded.first_at < first_at
    """,
    # What they share elsewhere counts for the whole network again where their first time here went away.
    """
    INSERT INTO pairfirst (low_id, high_id, community_id, first_at)
    SELECT low_id, high_id, 0, min(at) FROM (
      SELECT low_id, high_id, at FROM temp.met WHERE is_touched
      UNION ALL
      SELECT p.low_id, p.high_id, p.first_at
      FROM temp.unmet u CROSS JOIN pairfirst p ON p.low_id = u.low_id AND p.high_id = u.high_id
    ) WHERE TRUE GROUP BY 1, 2
    ON CONFLICT (low_id, high_id, community_id) DO UPDATE SET first_at = excluded.first_at
      WHERE excluded.first_at < first_at
    """,
)

ALL_PAIRS = f"""
SELECT low_id, high_id, community_id, min(at) FROM (
  SELECT min(e.person_id, e.target_person_id) AS low_id, max(e.person_id, e.target_person_id) AS high_id,
    e.community_id, e.at
  FROM event e WHERE {_DIRECTED}
  UNION ALL
  SELECT min(e.person_id, e.target_person_id), max(e.person_id, e.target_person_id), 0, e.at
  FROM event e WHERE {_DIRECTED}
) GROUP BY 1, 2, 3
"""  # noqa: S608 - our own constant
"""(low, high, community, first) of everybody: what is stored has to be."""

# When communities go, what two people share in those that stay is their first time.
LEAVING_PAIRS = (
    "DELETE FROM temp.unmet",
    """
    INSERT INTO temp.unmet SELECT low_id, high_id, 0, min(first_at) FROM pairfirst
    WHERE community_id IN (SELECT id FROM temp.leaving_community) GROUP BY 1, 2
    """,
    "DELETE FROM pairfirst WHERE community_id IN (SELECT id FROM temp.leaving_community)",
    """
    DELETE FROM pairfirst
    WHERE (low_id, high_id, community_id) IN (SELECT low_id, high_id, community_id FROM temp.unmet)
    """,
    """
    INSERT INTO pairfirst (low_id, high_id, community_id, first_at)
    SELECT p.low_id, p.high_id, 0, min(p.first_at)
    FROM temp.unmet u CROSS JOIN pairfirst p ON p.low_id = u.low_id AND p.high_id = u.high_id GROUP BY 1, 2
    """,
)

# What is aimed at somebody stands in the threads where they wrote, but for mentions and acts on what is not here.
AIMED_AT = """
SELECT community_id, at, root_id FROM event INDEXED BY event_aimed
WHERE target_person_id = :person AND (kind = 6 OR root_id IS NULL)
UNION
SELECT e.community_id, e.at, e.root_id FROM (SELECT DISTINCT root_id FROM event WHERE person_id = :person) m
CROSS JOIN event e INDEXED BY event_root ON e.root_id = m.root_id WHERE e.target_person_id = :person
"""
"""(community, moment, root) of what is aimed at :person."""
