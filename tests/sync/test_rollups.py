"""Roll-ups: kept current batch by batch they equal what a rebuild gives, and what plain arithmetic says."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import NOW
from tests.sync.mirrored import Mirrored, a_message, a_mirror, a_person, an_act, in_batches, snapshot
from workbench.models.kinds import EventKind
from workbench.models.moments import BEFORE_ALL, DAY_MICROSECONDS
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, GoneRecord, MemberRecord
from workbench.sync.rollup_check import differences
from workbench.sync.rollups import DERIVATION, Touched, rebuild, refresh

PEOPLE = ("amina", "bruno", "chen", "daemon")
MESSAGES = frozenset({EventKind.POST, EventKind.REPLY})
WEIGHTS = {EventKind.REPLY: 3, EventKind.REACTION: 1, EventKind.MENTION: 2}
COLUMNS = {EventKind.POST: 0, EventKind.REPLY: 1, EventKind.REACTION: 2, EventKind.MENTION: 3}


@st.composite
def happenings(draw):
    """Records for two communities, with late parents, edits, removals and people who turn out to be bots."""
    number = draw(st.integers(0, 11))
    by = draw(st.sampled_from(PEOPLE))
    kind = draw(
        st.sampled_from(
            ("message", "message", "message", "reaction", "mention", "gone", "bot", "listed", "joined", "left")
        )
    )
    hours = draw(st.sampled_from((-24 * 365 * 60, 0, 3, 25, 26, 170, 171, 900)))
    if kind == "message":
        parent = draw(st.integers(0, 11))
        text = draw(st.sampled_from(("Yes", "Why?")))
        record = a_message(f"m{number}", by=by, hours=hours, text=text, references=(f"m{parent}",))
    elif kind == "gone":
        record = GoneRecord(f"m{number}", "water")
    elif kind == "bot":
        record = a_person("daemon", is_bot=True)
    elif kind == "listed":
        came = draw(st.sampled_from((None, NOW - timedelta(days=900), NOW - timedelta(days=30))))
        went = draw(st.sampled_from((None, NOW - timedelta(days=400))))
        record = MemberRecord("water", a_person(by), joined_at=came, left_at=went)
    elif kind in {"joined", "left"}:
        act = EventKind.JOIN if kind == "joined" else EventKind.LEAVE
        record = an_act(f"{kind}{number}", act, by=by, hours=hours)
    else:
        act = EventKind.REACTION if kind == "reaction" else EventKind.MENTION
        record = an_act(f"a{number}", act, by=by, hours=hours, target=f"m{draw(st.integers(0, 11))}")
    return draw(st.booleans()), record


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(happenings(), min_size=1, max_size=40), st.lists(st.integers(0, 40), max_size=10))
def test_kept_current_equals_rebuilt_and_reckoned(tmp_path_factory, happened, cuts):
    mirrored = a_mirror(tmp_path_factory.mktemp("rollups"))
    other = mirrored.mirror.ensure_community(mirrored.account_id, CommunityRecord("wells", "Wells"))
    for batch in in_batches(happened, cuts):
        mirrored.apply(*(record for is_other, record in batch if not is_other))
        there = tuple(record for is_other, record in batch if is_other)
        mirrored.mirror.apply(other, "messages", Batch(records=there))
    assert stored(mirrored) == reckoned(mirrored)
    with mirrored.database.read() as reader:
        assert differences(reader) == []
    kept = snapshot(mirrored)
    with mirrored.database.write() as session:
        rebuild(session)
    assert snapshot(mirrored) == kept
    mirrored.database.close()


def stored(mirrored: Mirrored) -> dict[str, object]:
    """The roll-ups as they stand."""
    days = mirrored.rows(
        "SELECT community_id, day, person_id, posts, replies, reactions, mentions, questions FROM personday"
    )
    activity = mirrored.rows(
        "SELECT community_id, day, posts, replies, reactions, mentions, questions FROM activityday"
    )
    members = mirrored.rows("SELECT community_id, person_id, messages, first_message_at, last_message_at FROM member")
    threads = mirrored.rows(
        "SELECT id, author_id, started_at, last_at, messages, people, reactions, is_question, first_reply_at,"
        " first_replier_id, first_response_at, warmth FROM thread"
    )
    return {
        "days": {row[:3]: row[3:] for row in days},
        "activity": {row[:2]: row[2:] for row in activity},
        "weeks": {row[0]: row[1:] for row in mirrored.rows("SELECT * FROM networkweek")},
        "members": {row[:2]: row[2:] for row in members if row[2]},
        "threads": {row[0]: row[1:] for row in threads},
        "bits": {
            row[:2]: row[2:] for row in mirrored.rows("SELECT week, block, wrote, acted, often FROM networkpeople")
        },
        "trends": {row[:2]: row[2] for row in mirrored.rows("SELECT week, community_id, messages FROM communityweek")},
        "totals": {row[0]: row[1:] for row in mirrored.rows("SELECT * FROM communitytotal")},
        "firsts": dict(mirrored.rows("SELECT person_id, first_message_at FROM networkperson")),
        "stays": sorted(mirrored.rows("SELECT person_id, joined_us, left_us FROM networkstay")),
        "acts": dict(mirrored.rows("SELECT person_id, first_day FROM networkact")),
        "pairs": {
            row[:3]: row[3] for row in mirrored.rows("SELECT community_id, low_id, high_id, first_at FROM pairfirst")
        },
    }


def reckoned(mirrored: Mirrored) -> dict[str, object]:
    """The same by plain arithmetic over all events."""
    events = mirrored.rows(
        "SELECT e.community_id, e.person_id, e.kind, e.at, e.id, e.root_id, e.parent_id, e.is_question, e.remote_key,"
        " (SELECT t.id FROM person t WHERE t.id = e.target_person_id AND NOT t.is_bot)"
        " FROM event e JOIN person p ON p.id = e.person_id"
        " WHERE e.kind BETWEEN 3 AND 6 AND e.removed_at IS NULL AND NOT p.is_bot"
    )
    days: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0] * 5)
    activity: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * 5)
    weeks: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    busy: Counter[tuple[int, int]] = Counter()
    written = defaultdict(list)
    for community, person, kind, at, *_, asks, _, _ in events:
        day = at // DAY_MICROSECONDS
        week = day - (day + 3) % 7
        for row in (days[community, day, person], activity[community, day], activity[0, day]):
            row[COLUMNS[kind]] += 1
            row[4] += asks
        weeks[week][1].add(person)
        busy[week, person] += 1
        if kind in MESSAGES:
            weeks[week][0].add(person)
            written[community, person].append(at)
    threads = reckoned_threads(events)
    return {
        "days": {key: tuple(row) for key, row in days.items()},
        "activity": {key: tuple(row) for key, row in activity.items()},
        "weeks": reckoned_weeks(weeks, events, threads),
        "members": {key: (len(ats), min(ats), max(ats)) for key, ats in written.items()},
        "threads": threads,
        "bits": reckoned_bits(weeks, busy),
        "trends": Counter(
            ((at // DAY_MICROSECONDS + 3) // 7 * 7 - 3, community)
            for (community, _), ats in written.items()
            for at in ats
        ),
        "totals": reckoned_totals(mirrored, written, events, threads),
        "firsts": {p: min(min(ats) for (_, q), ats in written.items() if p == q) for _, p in written},
        "acts": {p: min(d for _, d, q in days if p == q) for _, _, p in days},
        "pairs": reckoned_pairs(events),
        "stays": reckoned_stays(mirrored, {(c, p): min(d for a, d, b in days if (a, b) == (c, p)) for c, _, p in days}),
    }


def reckoned_pairs(events):
    pairs: dict[tuple[int, int, int], int] = {}
    for community, person, _, at, *_, target in events:
        if target is not None and target != person:
            for where in (0, community):
                key = (where, min(person, target), max(person, target))
                pairs[key] = min(at, pairs.get(key, at))
    return pairs


def reckoned_bits(weeks, busy):
    bits = defaultdict(lambda: [0, 0, 0])
    for week, both in weeks.items():
        often = {person for (monday, person), acts in busy.items() if monday == week and acts >= 4}
        for place, people in enumerate((*both, often)):
            for person in people:
                bits[week, person // 56][place] |= 1 << person % 56
    return {key: tuple(row) for key, row in bits.items()}


def reckoned_weeks(weeks, events, threads):
    begun = [(event[3] // DAY_MICROSECONDS, threads[event[4]]) for event in events if event[4] in threads]
    begun = [(day - (day + 3) % 7, thread) for day, thread in begun if thread[1] > -(1 << 62)]
    replied = [(week, thread) for week, thread in begun if thread[7] is not None]
    return {
        week: (len(writers), len(all_), sum(w == week for w, _ in begun), sum(w == week for w, _ in replied))
        for week, (writers, all_) in weeks.items()
    }


def reckoned_totals(mirrored, written, events, threads):
    begun = Counter(event[0] for event in events if event[4] in threads and event[2] == EventKind.POST)
    accepted = {root for (root,) in mirrored.rows("SELECT id FROM thread WHERE accepted_id IS NOT NULL")}
    ats = defaultdict(list)
    for (community, _), moments in written.items():
        ats[community] += moments
    sums = {community: [0] * 6 for community in ats}
    places = {event[4]: event[0] for event in events}
    for root, (_, _, _, messages, people, _, is_question, first_reply, *_) in threads.items():
        found = sums[places[root]]
        if is_question:
            found[first_reply is None and root not in accepted] += 1
        lane = 2 if people >= 2 else 4
        found[lane] += 1
        found[lane + 1] += messages
    return {
        community: (len(ats[community]), begun[community], min(ats[community]), max(ats[community]), *sums[community])
        for community in ats
    }


def reckoned_stays(mirrored, first_days):
    """Moment by moment: somebody is in where one of their memberships has begun and not ended."""
    always, still = -(1 << 62), 1 << 62
    spans = defaultdict(list)
    for community, person, is_listed, joined, left in mirrored.rows(
        "SELECT m.community_id, m.person_id, m.is_listed, m.joined_at, m.left_at FROM member m"
        " JOIN person p ON p.id = m.person_id WHERE NOT p.is_bot"
    ):
        day = first_days.get((community, person))
        seen = always if is_listed else still if day is None else day * DAY_MICROSECONDS
        span = (seen if joined is None else joined, still if left is None else left)
        if span[0] < span[1]:
            spans[person].append(span)
    stays = []
    for person, those in spans.items():
        edges = sorted({edge for span in those for edge in span})
        held = [any(a <= one and two <= b for a, b in those) for one, two in pairwise(edges)]
        for (one, two), is_in, before in zip(pairwise(edges), held, [False, *held], strict=False):
            if is_in and before:
                stays[-1] = (person, stays[-1][1], two)
            elif is_in:
                stays.append((person, one, two))
    return sorted(stays)


def reckoned_threads(events):
    by_root = defaultdict(list)
    for event in events:
        by_root[event[5]].append(event)
    threads = {}
    for event in events:
        _, author, kind, at, event_id, root_id, _, asks, *_ = event
        if kind not in MESSAGES or root_id != event_id:
            continue
        inside = by_root[event_id]
        told = [e for e in inside if e[2] in MESSAGES]
        replies = sorted((e[3], e[8], e[1]) for e in told if e[4] != event_id and e[1] != author)
        reactions = [e for e in inside if e[2] == EventKind.REACTION]
        first = [e[3] for e in reactions if e[6] == event_id and e[1] != author] + [r[0] for r in replies]
        is_begun = kind == EventKind.POST
        threads[event_id] = (
            author,
            at if is_begun else BEFORE_ALL,
            max(e[3] for e in told),
            len(told),
            len(Counter(e[1] for e in told)),
            len(reactions),
            asks and is_begun,
            replies[0][0] if replies and is_begun else None,
            replies[0][2] if replies and is_begun else None,
            min(first, default=None) if is_begun else None,
            reckoned_warmth(inside),
        )
    return threads


def reckoned_warmth(inside):
    """Halved with every two weeks before 2030, and no further than the numbers of a computer go."""
    answers = [(e[2], max(-1000, (e[3] / DAY_MICROSECONDS - 21_915) / 14)) for e in inside if e[2] in WEIGHTS]
    return pytest.approx(sum(WEIGHTS[kind] * 2.0**halvings for kind, halvings in answers)) if answers else None


def test_no_statement_walks_over_a_whole_table(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"))
    with mirrored.database.write() as session:
        execute = session.connection().exec_driver_sql
        tables = [row[0] for row in execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        plans = [row[3] for statement in DERIVATION for row in execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert plans
    scans = [step for step in plans if step.startswith("SCAN") and step.split()[1] in tables]
    assert [step for step in scans if not step.endswith("INDEX person_bot")] == [], "programs alone are few"


def test_refreshing_what_did_not_change_changes_nothing(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", by="bruno", hours=30, references=("m1",)))
    before = snapshot(mirrored)
    day = mirrored.scalar("SELECT min(day) FROM personday")
    root = mirrored.scalar("SELECT id FROM thread")
    with mirrored.database.write() as session:
        refresh(session.connection(), Touched(days={(mirrored.community_id, day)}, roots={root}))
        refresh(session.connection(), Touched())
    assert snapshot(mirrored) == before
