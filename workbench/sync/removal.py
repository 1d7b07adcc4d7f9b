"""Removal: takes an account and everything mirrored from it out of the profile, set by set."""

import json
from typing import Final

from sqlalchemy import Connection

from workbench.models.changes import Changes
from workbench.models.keeping import DRAWN, LOOKS, forget_kept
from workbench.models.kinds import OutboxState
from workbench.models.people_keys import find_key
from workbench.models.plans_kept import let_plans_go
from workbench.sync.kept_apart import forget_account
from workbench.sync.lookups import keep_ids
from workbench.sync.mirror_gone import remove_from_index
from workbench.sync.mirror_people import name_key
from workbench.sync.outbox_steps import Reason
from workbench.sync.rollup_network import WRITE_BITS
from workbench.sync.rollup_pairs import LEAVING_PAIRS
from workbench.sync.rollup_pairs import TEMPORARY as TEMPORARY_PAIRS
from workbench.sync.rollups import refresh_people

_CHUNK = 2000
# The index forgets words at once, by rewriting a page for each: 1 ms a message. For many it is forty times faster to
# note them as deleted and then write the index anew in one piece, which leaves no trace of them either.
_FEW = 200

_TEMPORARY = (
    "CREATE TEMP TABLE IF NOT EXISTS leaving_community (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS leaving_person (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS leaving_week (week INTEGER PRIMARY KEY)",
    *TEMPORARY_PAIRS,
)

# The sums of the whole network lose what the communities added to them.
_SUBTRACT = (
    """
    UPDATE activityday SET posts = activityday.posts - c.posts, replies = activityday.replies - c.replies,
      reactions = activityday.reactions - c.reactions, mentions = activityday.mentions - c.mentions,
      questions = activityday.questions - c.questions
    FROM (SELECT day, sum(posts) AS posts, sum(replies) AS replies, sum(reactions) AS reactions,
            sum(mentions) AS mentions, sum(questions) AS questions
          FROM activityday WHERE community_id IN (SELECT id FROM temp.leaving_community) GROUP BY day) c
    WHERE activityday.community_id = 0 AND activityday.day = c.day
    """,
    """
    INSERT INTO temp.leaving_week
    SELECT DISTINCT day - (day + 7000003) % 7 FROM activityday
    WHERE community_id IN (SELECT id FROM temp.leaving_community)
    """,
    "DELETE FROM activityday WHERE community_id IN (SELECT id FROM temp.leaving_community)",
    "DELETE FROM activityday WHERE community_id = 0 AND posts = 0 AND replies = 0 AND reactions = 0 AND mentions = 0",
    "DELETE FROM personday WHERE community_id IN (SELECT id FROM temp.leaving_community)",
    "DELETE FROM networkweek WHERE week IN (SELECT week FROM temp.leaving_week)",
    "DELETE FROM networkpeople WHERE week IN (SELECT week FROM temp.leaving_week)",
    WRITE_BITS.format(
        where="day IN (SELECT w.week + n.value FROM temp.leaving_week w CROSS JOIN json_each('[0,1,2,3,4,5,6]') n)"
    ),
    # Weeks that had only these communities come back as nothing, and stay away.
    """
    INSERT INTO networkweek (week, contributors, interactive)
    SELECT w.week, count(DISTINCT d.person_id) FILTER (WHERE d.posts + d.replies > 0), count(DISTINCT d.person_id)
    FROM temp.leaving_week w
    CROSS JOIN community c
    CROSS JOIN personday d ON d.community_id = c.id AND d.day BETWEEN w.week AND w.week + 6
    GROUP BY w.week
    """,
)

# Children first: then the foreign keys find nothing to walk to.
_DELETE = (
    "DELETE FROM attachment WHERE event_id IN (SELECT id FROM event WHERE community_id IN (SELECT id FROM"
    " temp.leaving_community))",
    "DELETE FROM body WHERE event_id IN (SELECT id FROM event WHERE community_id IN (SELECT id FROM"
    " temp.leaving_community))",
    "DELETE FROM thread WHERE community_id IN (SELECT id FROM temp.leaving_community)",
    # The weeks were written anew without their threads.
    """
    UPDATE networkweek SET (threads, replied) = (
      SELECT count(*), count(t.first_reply_at) FROM thread t
      WHERE t.started_at >= networkweek.week * 86400000000 AND t.started_at < (networkweek.week + 7) * 86400000000)
    WHERE week IN (SELECT week FROM temp.leaving_week)
    """,
    "DELETE FROM communityweek WHERE community_id IN (SELECT id FROM temp.leaving_community)",
    "DELETE FROM communitytotal WHERE community_id IN (SELECT id FROM temp.leaving_community)",
    "DELETE FROM orphan WHERE community_id IN (SELECT id FROM temp.leaving_community)",
    "DELETE FROM opening WHERE community_id IN (SELECT id FROM temp.leaving_community)",
    "DELETE FROM event WHERE community_id IN (SELECT id FROM temp.leaving_community)",
    "DELETE FROM member WHERE community_id IN (SELECT id FROM temp.leaving_community)",
)

# A person without any handle is nobody here, unless the coordinator keeps something about them.
_IS_KEPT = """
(EXISTS (SELECT 1 FROM personnote k WHERE k.person_id = {person})
  OR EXISTS (SELECT 1 FROM persontag k WHERE k.person_id = {person})
  OR EXISTS (SELECT 1 FROM personfact k WHERE k.person_id = {person})
  OR EXISTS (SELECT 1 FROM advocate k WHERE k.person_id = {person})
  OR EXISTS (SELECT 1 FROM contact k WHERE k.person_id = {person})
  OR EXISTS (SELECT 1 FROM thanks k WHERE k.person_id = {person})
  OR EXISTS (SELECT 1 FROM nudge k WHERE k.person_id = {person})
  OR EXISTS (SELECT 1 FROM notsame k WHERE k.low_id = {person})
  OR EXISTS (SELECT 1 FROM notsame k WHERE k.high_id = {person})
  OR EXISTS (SELECT 1 FROM personmerge k WHERE k.person_id = {person})
  OR EXISTS (SELECT 1 FROM personmerge k WHERE k.into_id = {person}))
"""
_PEOPLE = (
    "INSERT INTO temp.leaving_person SELECT person_id FROM handle WHERE account_id = ?1"
    " UNION SELECT own_id FROM handle WHERE account_id = ?1 AND own_id IS NOT NULL",
    # Added again, the account finds them by what it calls them.
    "INSERT OR REPLACE INTO kepthandle (kind, place, remote_id, person_id)"  # noqa: S608 - our own constant
    " SELECT a.kind, coalesce(a.base_url, a.name), h.remote_id, coalesce(h.own_id, h.person_id)"
    " FROM account a CROSS JOIN handle h ON h.account_id = a.id WHERE a.id = ?1 AND "
    + _IS_KEPT.format(person="coalesce(h.own_id, h.person_id)"),
    "DELETE FROM handle WHERE account_id = ?",
    "DELETE FROM account WHERE id = ?",
)
_FORGET_PEOPLE = f"""
DELETE FROM person WHERE id IN (SELECT id FROM temp.leaving_person)
  AND NOT EXISTS (SELECT 1 FROM handle h WHERE h.person_id = person.id)
  AND NOT {_IS_KEPT.format(person="person.id")}
"""  # noqa: S608 - our own constant

_NOT_OVER: Final = json.dumps([one.value for one in OutboxState if one not in {OutboxState.DRAFT, OutboxState.SENT}])
_LET_GO: Final = (
    "UPDATE outboxitem SET state = ?, reason_code = ?, reason = NULL, not_before = NULL, expires_at = NULL"
    " WHERE account_id = ? AND state IN (SELECT value FROM json_each(?))"
)

# Those who stay may have had their name from the account that goes.
_FORGOTTEN_NAMES = """
SELECT p.id, min(h.name), p.office, p.region, p.organisation, p.languages, p.time_zone FROM temp.leaving_person l
CROSS JOIN person p ON p.id = l.id
CROSS JOIN handle h ON h.person_id = p.id AND h.own_id IS NULL AND h.name <> ''
GROUP BY p.id HAVING max(h.name = p.name) = 0
"""


def remove_account(connection: Connection, account_id: int) -> Changes:
    """Removes the account with its communities, events, index rows, members and people nobody else knows.

    What was written here for it keeps its text; nothing of it is on its way any more, and it says so.
    """
    execute = connection.exec_driver_sql
    if execute("SELECT 1 FROM account WHERE id = ?", (account_id,)).first() is None:
        return Changes.NOTHING
    for statement in _TEMPORARY:
        execute(statement)
    for name in ("leaving_community", "leaving_person", "leaving_week"):
        execute(f"DELETE FROM temp.{name}")  # noqa: S608 - our own constant names
    execute("INSERT INTO temp.leaving_community SELECT id FROM community WHERE account_id = ?", (account_id,))
    members = execute(
        "SELECT DISTINCT person_id FROM member WHERE community_id IN (SELECT id FROM temp.leaving_community)"
    ).all()
    forget_account(connection, account_id)
    let_plans_go(connection, account_id)
    keep_ids(connection)
    let_go = execute(_LET_GO, (OutboxState.PAUSED.value, Reason.ACCOUNT_GONE.value, account_id, _NOT_OVER)).rowcount
    _clear_index(connection)
    for statement in (*_SUBTRACT, *LEAVING_PAIRS, *_DELETE):
        execute(statement)
    refresh_people(connection, [person_id for (person_id,) in members])
    for statement in _PEOPLE:
        execute(statement, (account_id,))
    execute(_FORGET_PEOPLE)
    names = [
        (name, name_key(name), find_key(name, *facts), person_id)
        for person_id, name, *facts in execute(_FORGOTTEN_NAMES).all()
    ]
    if names:
        execute("UPDATE person SET name = ?, name_key = ?, find_key = ? WHERE id = ?", names)
    _forget_choices(connection)
    forget_kept(execute, names=(LOOKS, DRAWN))
    return (
        Changes.ACCOUNTS
        | Changes.COMMUNITIES
        | Changes.MEMBERS
        | Changes.EVENTS
        | Changes.COVERAGE
        | Changes.RUNS
        | Changes.QUARANTINE
        | Changes.MARKS
        | Changes.NOTES
        | Changes.VIEWS
        | Changes.FILES
        | Changes.PREFERENCES
        | Changes.PLANS
        | (Changes.OUTBOX if let_go else Changes.NOTHING)
    )


def _forget_choices(connection: Connection) -> None:
    """Takes out of settings who and what is gone."""
    execute = connection.exec_driver_sql
    execute("DELETE FROM preference WHERE \"key\" = 'me' AND CAST(value AS INTEGER) NOT IN (SELECT id FROM person)")
    here = {row[0] for row in execute("SELECT id FROM community")}
    chosen = execute('SELECT "key", value FROM preference WHERE "key" GLOB \'comparison.columns.*\'').all()
    for key, text in chosen:
        left = [community for community in json.loads(text) if community in here]
        execute('UPDATE preference SET value = ? WHERE "key" = ?', (json.dumps(left), key))


def _clear_index(connection: Connection) -> None:
    execute = connection.exec_driver_sql
    leaving = [
        row[0]
        for row in execute(
            "SELECT b.event_id FROM body b CROSS JOIN event e ON e.id = b.event_id"
            " WHERE e.community_id IN (SELECT id FROM temp.leaving_community)"
        )
    ]
    is_bulk = len(leaving) > _FEW
    if is_bulk:
        execute("INSERT INTO message_fts (message_fts, rank) VALUES ('secure-delete', 0)")
    for start in range(0, len(leaving), _CHUNK):
        remove_from_index(connection, leaving[start : start + _CHUNK])
    if is_bulk:
        execute("INSERT INTO message_fts (message_fts) VALUES ('optimize')")
        execute("INSERT INTO message_fts (message_fts, rank) VALUES ('secure-delete', 1)")
