"""The eight invariants: each looks at a rig between two steps and raises Broken where it does not hold."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from tests.rig.rig import Broken, Rig
from workbench.models.check import full_check, quick_check
from workbench.models.database import Reader
from workbench.models.kinds import OutboxState, PostKind, RunState
from workbench.models.moments import from_day
from workbench.queries.outbox import list_outbox
from workbench.queries.plans import list_plans, plan_cards
from workbench.queries.sync_status import list_accounts, list_runs
from workbench.sync.gone import MOST, SHARE
from workbench.sync.outbox_steps import Reason
from workbench.sync.reconcile import CHECK
from workbench.sync.rollup_check import differences

_NOT_FOUND: Final = Reason.NOT_FOUND.value
_NOT_LEFT: Final = frozenset({OutboxState.DRAFT, OutboxState.QUEUED, OutboxState.REFUSED, OutboxState.EXPIRED})
_MESSAGES = """
SELECT c.remote_id, e.remote_id, e.removed_at, ifnull(b.text, '') FROM event e JOIN community c ON c.id = e.community_id
LEFT JOIN body b ON b.event_id = e.id WHERE e.kind IN (3, 4)
"""
_VIEWS = "SELECT c.remote_id, p.day, p.views FROM pageday p JOIN community c ON c.id = p.community_id WHERE p.page = ''"
_DOUBLED = """
SELECT c.name, b.text, count(*) FROM event e JOIN body b ON b.event_id = e.id JOIN community c ON c.id = e.community_id
WHERE e.kind IN (3, 4) AND e.removed_at IS NULL GROUP BY e.community_id, e.person_id, b.text HAVING count(*) > 1
"""


def no_duplicate(rig: Rig) -> None:
    """1. Nothing stands twice in the mirror that stands once on the platform."""
    with rig.workspace.database.read() as reader:
        doubled = reader.rows(_DOUBLED)
    there = Counter(_flat(said.text) for said in rig.world.said.values())
    for community, text, count in doubled:
        if count > max(1, sum(number for words, number in there.items() if words and words in _flat(text))):
            raise Broken(1, f"{count} times in {community}: {text[:40]}")


def none_missing(rig: Rig) -> None:
    """2. What the platform shows is not thrown away in numbers, and no broken answer is taken for a whole one."""
    _, gone = _mirrored(rig)
    for community, standing in rig.place.messages(rig.platform).items():
        lost = gone.get(community, set()) & standing.keys()
        if len(lost) > MOST and len(lost) >= SHARE * len(standing):
            raise Broken(2, f"{len(lost)} of {len(standing)} messages that stand on the platform were removed")
    if rig.taken_broken:
        raise Broken(2, f"an answer that was not whole was taken: {rig.taken_broken}")


def nothing_missing_at_the_end(rig: Rig) -> None:
    """2, after a check: the mirror holds what the platform shows, in its words, and nothing else."""
    alive, _ = _mirrored(rig)
    for community, standing in rig.place.messages(rig.platform).items():
        held = alive.get(community, {})
        missing, ghosts = standing.keys() - held.keys(), held.keys() - standing.keys()
        if rig.place.keeps_removed:
            ghosts -= rig.ledger.ever.get(community, set())
        if missing or ghosts:
            raise Broken(
                2,
                f"{community}: {len(missing)} missing {sorted(missing)[:3]}, {len(ghosts)} ghosts {sorted(ghosts)[:3]}",
            )
        stale = [
            id_ for id_, said in standing.items() if _flat(said.text) not in _flat(held[id_]) and rig.is_looked_at(said)
        ]
        if stale:
            raise Broken(2, f"{community}: old words in {stale[:3]}")
    if rig.place.views is not None and not rig.has_doubts:
        with rig.workspace.database.read() as reader:
            stored = {(community, from_day(day)): views for community, day, views in reader.rows(_VIEWS)}
        for community, days in rig.place.views(rig.platform).items():
            wrong = {day: views for day, views in days.items() if stored.get((community, day)) != views}
            if wrong:
                raise Broken(2, f"{community}: other views on {sorted(wrong)[:3]}")


def cursors_keep_their_promises(rig: Rig) -> None:
    """3. Everything a stored cursor promises is stored."""
    with rig.workspace.database.read() as reader:
        # What a check may leave there, nobody ever goes on from.
        cursors = reader.rows("SELECT community_id, stream, value FROM streamcursor WHERE stream <> ?", (CHECK,))
        stored = set(reader.rows("SELECT community_id, remote_id FROM event"))
    for community_id, stream, value in cursors:
        promised = rig.ledger.promised.get((community_id, stream), {}).get(value)
        if promised is None:
            raise Broken(3, f"a cursor of {stream} that no source ever gave")
        missing = [id_ for id_ in promised if (community_id, id_) not in stored]
        if missing:
            raise Broken(3, f"the cursor of {stream} promises {len(missing)} messages that are not there")


def each_item_in_one_state(rig: Rig) -> None:
    """4. Every item of the outbox is there, in one of its states, and so is everything else a person did here."""
    with rig.workspace.database.read() as reader:
        rows = {row.id: row for row in list_outbox(reader)}
        work = _work(reader)
        # A thread whose beginning comes to light later takes its star along.
        roots = dict(reader.rows("SELECT id, root_id FROM event"))
    for item_id, wanted in rig.items.items():
        row = rows.get(item_id)
        if row is None or (row.kind is not PostKind.LIKE and row.text != wanted):
            raise Broken(4, f"an item of the outbox is lost: {wanted}")
        if row.state is OutboxState.SENDING and not rig.unwritten:
            raise Broken(4, f"nobody sends it, and it says so: {wanted}")
    expected = (rig.work.notes, {roots.get(id_) for id_ in rig.work.stars}, sorted(rig.work.cards))
    if work != expected:
        raise Broken(4, f"what a person did here changed: {work} instead of {expected}")


def none_sent_twice(rig: Rig) -> None:
    """5. What was queued once stands there at most once; what stands there is found, and not said not to have left.

    A platform that says what is not so may hide it, and one that was asked before it shows what is new.
    """
    mine = [said for said in rig.world.said.values() if said.author == rig.world.me and said.removed_at is None]
    there = Counter(_flat(said.text) for said in mine)  # what was taken back does not stand there
    for wanted in rig.items.values():
        times = _times(there, wanted)
        if times > 1:
            raise Broken(5, f"sent {times} times: {wanted}")
    with rig.workspace.database.read() as reader:
        rows = [row for row in list_outbox(reader) if row.text and _times(there, row.text)]
    for row in rows if not rig.has_lied else ():
        if row.state is OutboxState.UNKNOWN and row.reason_code == _NOT_FOUND and row.needs_decision:
            raise Broken(5, f"it stands there, and was not found by two looks: {row.text}")
        if row.state in _NOT_LEFT:
            raise Broken(5, f"it stands there, and is said not to have arrived ({row.state.value}): {row.text}")


def _times(there: Counter[str], words: str) -> int:
    return sum(count for text, count in there.items() if words and text.endswith(words))


def database_is_sound(rig: Rig) -> None:
    """6. Structure, rows that belong together, and roll-ups."""
    bad: list[object] = [*quick_check(rig.workspace.database).problems]
    with rig.workspace.database.read() as reader:
        bad += [*reader.rows("PRAGMA foreign_key_check"), *differences(reader)]
    if bad:
        raise Broken(6, f"the database is not sound: {bad[:2]}")


def database_is_sound_at_the_end(rig: Rig) -> None:
    """6, with every page's seal."""
    found = full_check(rig.workspace.database)
    if not found.is_sound:
        raise Broken(6, f"the database is not sound: {found.problems[:2]}")


def secrets_stay_at_home(rig: Rig) -> None:
    """7. No secret at another host, in a log, in the history; and nobody is signed out by anything but the platform."""
    told = [f"{asked.headers} {asked.query} {asked.path} {asked.body!r}" for asked in rig.elsewhere.asked]
    told += [record.getMessage() for record in rig.logged]
    with rig.workspace.database.read() as reader:
        told += [str(row) for row in reader.rows("SELECT error_reason, trace FROM syncrun")]
    for secret in rig.saved.issued:
        if any(secret in text for text in told):
            raise Broken(7, "a secret is where it does not belong")
    if rig.saved.stolen or not rig.saved.are_kept(rig.workspace, rig.account_id):
        if rig.saved.ended_by_platform:
            return
        raise Broken(7, "signed out, and nobody ended the sign-in")


def never_says_synced_too_early(rig: Rig) -> None:
    """8. Who reads "synced" may believe it: it is all there, no later day is promised, and no error is passed over."""
    alive, gone = _mirrored(rig)
    standing = rig.place.messages(rig.platform)
    with rig.workspace.database.read() as reader:
        known_until = reader.scalar("SELECT max(last_day) FROM coverage")
        account = next(row for row in list_accounts(reader) if row.id == rig.account_id)
        runs = {}
        for run in list_runs(reader, account_id=rig.account_id):
            runs.setdefault(run.community_id, run)
    if known_until is not None and from_day(known_until) > rig.world.now.date():
        raise Broken(8, f"known until {from_day(known_until)}, and on the platform it is {rig.world.now.date()}")
    for row in rig.states():
        run = runs.get(row.community_id)
        is_said = row.synced_at is not None and row.synced_at != rig.synced_before.get(row.community_id)
        if is_said and not rig.has_doubts:
            missing = rig.ledger.seen_at_start.get(row.remote_id, frozenset()) & standing[row.remote_id].keys()
            missing -= alive.get(row.remote_id, {}).keys() | gone.get(row.remote_id, set())
            if missing:
                raise Broken(
                    8,
                    f"{row.name} is said to be synced, and {len(missing)} messages are not there: {sorted(missing)[:3]}",
                )
        error = rig.errors.get(row.community_id)
        if error and run is not None and run.state is RunState.DONE:
            raise Broken(8, f"the last run of {row.name} is said to be done, and it ended with {error}")
    if rig.errors and account.last_state is RunState.DONE and account.last_error is None:
        raise Broken(8, f"the account is said to be well, and its last sync ended with {sorted(rig.errors.values())}")


INVARIANTS: Final[tuple[Callable[[Rig], None], ...]] = (
    no_duplicate,
    none_missing,
    cursors_keep_their_promises,
    each_item_in_one_state,
    none_sent_twice,
    database_is_sound,
    secrets_stay_at_home,
    never_says_synced_too_early,
)
AT_THE_END: Final = (nothing_missing_at_the_end, database_is_sound_at_the_end)


def hold(rig: Rig) -> None:
    """All eight, as they have to hold between any two steps."""
    for invariant in INVARIANTS:
        invariant(rig)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _mirrored(rig: Rig) -> tuple[dict[str, dict[str, str]], dict[str, set[str]]]:
    """{community: {message: text}} of what stands in the mirror, {community: messages} of what is marked as gone."""
    alive: dict[str, dict[str, str]] = {}
    gone: dict[str, set[str]] = {}
    with rig.workspace.database.read() as reader:
        for community, message, removed_at, text in reader.rows(_MESSAGES):
            if removed_at is None:
                alive.setdefault(community, {})[message] = text
            else:
                gone.setdefault(community, set()).add(message)
    return alive, gone


def _work(reader: Reader) -> tuple[dict[int, str], set[int], list[str]]:
    notes = dict(reader.rows("SELECT person_id, text FROM personnote"))
    stars = {id_ for (id_,) in reader.rows("SELECT thread_id FROM threadmark WHERE is_starred")}
    cards = [card.title for plan in list_plans(reader) for card in plan_cards(reader, plan.id)]
    return notes, stars, sorted(cards)
