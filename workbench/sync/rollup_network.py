"""Sums above the days, of the whole network and of communities: its people, their stays, totals and weeks.

Statements only; `rollups.py` runs them on its temporary tables of what was touched.
"""

from workbench.models.moments import BEFORE_ALL, WEEK_OF_THREAD

ALWAYS = -(1 << 62)
STILL = 1 << 62

OFTEN = 4
"""So many acts in a week are often; `networkpeople` says why."""

# Of `did` the last bit says whether they contributed, the others are the number of acts; there are `more` now.
TEMPORARY_WEEKS = f"""
CREATE TEMP TABLE IF NOT EXISTS week_person (week INTEGER, person_id INTEGER, did INTEGER, after INTEGER, more INTEGER,
  before INTEGER AS (did & 1), was_often INTEGER AS (ifnull(did >> 1, 0) >= {OFTEN}),
  is_often INTEGER AS (ifnull(did >> 1, 0) + more >= {OFTEN}),
  differs INTEGER AS (before IS NOT after OR was_often <> is_often), PRIMARY KEY (week, person_id)) WITHOUT ROWID
"""

# Of everybody whose week is another than before: their bit goes, and comes back as what they have done now.
CHANGE_BITS = (
    """
    UPDATE networkpeople SET wrote = wrote & ~c.bits, acted = acted & ~c.bits, often = often & ~c.bits
    FROM (SELECT week, person_id / 56 AS block, sum(1 << person_id % 56) AS bits
          FROM temp.week_person WHERE differs GROUP BY 1, 2) c
    WHERE networkpeople.week = c.week AND networkpeople.block = c.block
    """,
    """
    INSERT INTO networkpeople (week, block, wrote, acted, often)
    SELECT week, person_id / 56, sum(after << person_id % 56), sum(1 << person_id % 56), sum(is_often << person_id % 56)
    FROM temp.week_person WHERE differs AND after IS NOT NULL GROUP BY 1, 2
    ON CONFLICT (week, block) DO UPDATE SET wrote = wrote | excluded.wrote, acted = acted | excluded.acted,
      often = often | excluded.often
    """,
    """
    DELETE FROM networkpeople
    WHERE acted = 0 AND (week, block) IN (SELECT week, person_id / 56 FROM temp.week_person WHERE differs)
    """,
)

ALL_BITS = f"""
SELECT week, person_id / 56, sum(wrote << person_id % 56), sum(1 << person_id % 56),
  sum((acts >= {OFTEN}) << person_id % 56)
FROM (
  SELECT day - (day + 7000003) % 7 AS week, person_id, max(posts + replies > 0) AS wrote,
    sum(posts + replies + reactions + mentions) AS acts
  FROM personday WHERE {{where}} GROUP BY 1, 2
) GROUP BY 1, 2
"""  # noqa: S608 - our own constant
"""(week, block, wrote, acted, often) of the days that `where` names."""
WRITE_BITS = "INSERT INTO networkpeople (week, block, wrote, acted, often)" + ALL_BITS

# What each community's threads add up to: those whose beginning is here, questions by what became of them, and lanes.
SUMS_OF_THREADS = f"""
sum(t.started_at > {BEFORE_ALL}) AS threads,
sum(t.is_question AND (t.first_reply_at IS NOT NULL OR t.accepted_id IS NOT NULL)) AS answered,
sum(t.is_question AND t.first_reply_at IS NULL AND t.accepted_id IS NULL) AS unanswered,
sum(t.people >= 2) AS talks, sum(iif(t.people >= 2, t.messages, 0)) AS talk_messages,
sum(t.people < 2) AS notices, sum(iif(t.people < 2, t.messages, 0)) AS notice_messages
"""
_THREADS = f"""
SELECT t.community_id, {SUMS_OF_THREADS} FROM temp.touched_root r CROSS JOIN thread t ON t.id = r.id GROUP BY 1
"""  # noqa: S608 - our own constant
MONDAY_OF_THREAD = f"{WEEK_OF_THREAD} * 7 - 719162"
_WEEKS = f"""
SELECT {MONDAY_OF_THREAD} AS week, count(*) AS threads, count(t.first_reply_at) AS replied
FROM temp.touched_root r CROSS JOIN thread t ON t.id = r.id WHERE t.started_at > {BEFORE_ALL} GROUP BY 1
"""  # noqa: S608 - our own constants
# Before the touched threads are written anew, and after it: what a community and a week hold changes by the difference.
THREADS_BEFORE = (
    f"""
    UPDATE communitytotal SET threads = communitytotal.threads - c.threads,
      answered = communitytotal.answered - c.answered, unanswered = communitytotal.unanswered - c.unanswered,
      talks = communitytotal.talks - c.talks, talk_messages = communitytotal.talk_messages - c.talk_messages,
      notices = communitytotal.notices - c.notices, notice_messages = communitytotal.notice_messages - c.notice_messages
    FROM ({_THREADS}) c WHERE communitytotal.community_id = c.community_id
    """,  # noqa: S608 - our own constant
    f"""
    UPDATE networkweek SET threads = networkweek.threads - c.threads, replied = networkweek.replied - c.replied
    FROM ({_WEEKS}) c WHERE networkweek.week = c.week
    """,  # noqa: S608 - our own constant
)

_MOMENT = """
(SELECT {edge}(e.at) FROM
  (SELECT d.day FROM activityday d WHERE d.community_id = communitytotal.community_id AND d.posts + d.replies > 0
   ORDER BY d.day {order} LIMIT 1) f
 CROSS JOIN event e INDEXED BY event_when ON e.community_id = communitytotal.community_id
   AND e.at >= f.day * 86400000000 AND e.at < (f.day + 1) * 86400000000
 CROSS JOIN person p ON p.id = e.person_id
 WHERE e.kind IN (3, 4) AND e.removed_at IS NULL AND NOT p.is_bot)
"""

CHANGE_TOTALS = (
    """
    INSERT INTO communityweek (week, community_id, messages)
    SELECT day - (day + 7000003) % 7, community_id, sum(posts + replies) FROM temp.cell_change WHERE TRUE GROUP BY 1, 2
    ON CONFLICT (week, community_id) DO UPDATE SET messages = messages + excluded.messages
    """,
    """
    DELETE FROM communityweek
    WHERE messages = 0
      AND (week, community_id) IN (SELECT day - (day + 7000003) % 7, community_id FROM temp.cell_change)
    """,
    f"""
    INSERT INTO communitytotal (community_id, threads, answered, unanswered, talks, talk_messages, notices,
      notice_messages, messages)
    SELECT *, 0 FROM ({_THREADS}) WHERE TRUE
    ON CONFLICT (community_id) DO UPDATE SET threads = threads + excluded.threads,
      answered = answered + excluded.answered, unanswered = unanswered + excluded.unanswered,
      talks = talks + excluded.talks, talk_messages = talk_messages + excluded.talk_messages,
      notices = notices + excluded.notices, notice_messages = notice_messages + excluded.notice_messages
    """,  # noqa: S608 - our own constant
    # Whose first message began a thread did something in that week, so that its row is there.
    f"""
    UPDATE networkweek SET threads = networkweek.threads + c.threads, replied = networkweek.replied + c.replied
    FROM ({_WEEKS}) c WHERE networkweek.week = c.week
    """,  # noqa: S608 - our own constant
    """
    INSERT INTO communitytotal (community_id, messages, threads)
    SELECT community_id, sum(posts + replies), 0 FROM temp.cell_change WHERE TRUE GROUP BY 1
    ON CONFLICT (community_id) DO UPDATE SET messages = messages + excluded.messages
    """,
    # The days come from the sums and the moments from those two days' events: no walk over a long history.
    f"""
    UPDATE communitytotal SET
      first_message_at = {_MOMENT.format(edge="min", order="ASC")},
      last_message_at = {_MOMENT.format(edge="max", order="DESC")}
    WHERE community_id IN (SELECT community_id FROM temp.touched_day)
    """,  # noqa: S608 - our own constants
    """
    DELETE FROM communitytotal
    WHERE messages = 0 AND threads = 0 AND community_id IN (SELECT community_id FROM temp.touched_day)
    """,
)

# Only a change on the first day somebody wrote in a community, or before it, can change when they first wrote or when
# they came; `touched_member` knows those first days as they are now. And more of somebody who had written before that
# day, and stays for good since before it, changes neither: most who write in one more community.
FIND_PEOPLE = f"""
INSERT OR IGNORE INTO temp.touched_person
SELECT c.person_id FROM (
  SELECT community_id, person_id, min(day) AS day, min(min(posts, replies, reactions, mentions)) AS least
  FROM temp.cell_change GROUP BY 1, 2) c
CROSS JOIN temp.touched_member t ON t.community_id = c.community_id AND t.person_id = c.person_id
WHERE (t.first_day IS NULL OR c.day <= t.first_day) AND NOT (
  c.least >= 0
  AND EXISTS (SELECT 1 FROM networkstay s
    WHERE s.person_id = c.person_id AND s.joined_us < c.day * 86400000000 AND s.left_us = {STILL})
  AND EXISTS (SELECT 1 FROM networkperson n
    WHERE n.person_id = c.person_id AND n.first_message_at < c.day * 86400000000))
"""  # noqa: S608 - our own constants

# Someone only known from what they did is in from the first day they did it; someone a list names without a date has
# always been in. Ends where it begins: neither listed nor ever active, as when all they wrote was removed.
_STAYS = f"""
SELECT m.person_id, CASE
    WHEN m.joined_at IS NOT NULL THEN m.joined_at
    WHEN m.is_listed THEN {ALWAYS}
    ELSE coalesce((SELECT d.day * 86400000000 FROM personday d INDEXED BY person_day_person
      WHERE d.person_id = m.person_id AND d.community_id = m.community_id ORDER BY d.day LIMIT 1), {STILL})
  END AS joined, coalesce(m.left_at, {STILL}) AS left
FROM {{people}} WHERE NOT p.is_bot
"""  # noqa: S608 - our own constants

# A stay begins an island where everything before it ended earlier; what overlaps or touches is one.
_MERGED_STAYS = """
SELECT person_id, min(joined), max(left) FROM (
  SELECT person_id, joined, left, sum(begins) OVER (PARTITION BY person_id ORDER BY joined, left) AS island FROM (
    SELECT person_id, joined, left, joined > coalesce(max(left) OVER (PARTITION BY person_id ORDER BY joined, left
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), joined - 1) AS begins
    FROM ({stays}) WHERE joined < left
  )
) GROUP BY person_id, island
"""

_TOUCHED = """
temp.touched_person t CROSS JOIN person p ON p.id = t.id
CROSS JOIN member m INDEXED BY member_person ON m.person_id = t.id
"""
_EVERYBODY = "member m CROSS JOIN person p ON p.id = m.person_id"

ALL_STAYS = _MERGED_STAYS.format(stays=_STAYS.format(people=_EVERYBODY))
"""(person, joined, left) of everybody: what the stored stays have to be."""

CHANGE_PEOPLE = (
    "DELETE FROM networkperson WHERE person_id IN (SELECT id FROM temp.touched_person)",
    """
    INSERT INTO networkperson (person_id, first_message_at)
    SELECT t.id, min(m.first_message_at) FROM temp.touched_person t
    CROSS JOIN member m INDEXED BY member_person ON m.person_id = t.id
    WHERE m.first_message_at IS NOT NULL GROUP BY t.id
    """,
    "DELETE FROM networkact WHERE person_id IN (SELECT id FROM temp.touched_person)",
    """
    INSERT INTO networkact (person_id, first_day)
    SELECT id, min(day) FROM (
      SELECT t.id, (SELECT d.day FROM personday d INDEXED BY person_day_person
        WHERE d.person_id = m.person_id AND d.community_id = m.community_id ORDER BY d.day LIMIT 1) AS day
      FROM temp.touched_person t CROSS JOIN member m INDEXED BY member_person ON m.person_id = t.id
    ) WHERE day IS NOT NULL GROUP BY id
    """,
    "DELETE FROM networkstay WHERE person_id IN (SELECT id FROM temp.touched_person)",
    "INSERT INTO networkstay (person_id, joined_us, left_us) "
    + _MERGED_STAYS.format(stays=_STAYS.format(people=_TOUCHED)),
)
