"""Steps: what may happen next in the life of a rig; each draws on a seed of its own, so that any order can be replayed."""

import random
import resource
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from tests.builders import a_key_file
from tests.platforms.google_analytics import GoogleAnalytics
from tests.rig.faults import Group
from tests.rig.invariants import AT_THE_END, hold
from tests.rig.rig import NAME, Broken, Crash, Rig
from workbench.errors import BadInputError, ProfileBusyError
from workbench.ids import EventId, PersonId
from workbench.models.kinds import OutboxState, PostKind
from workbench.operations.outbox import add_topic, queue_like, queue_reply, sends
from workbench.operations.sync import sync_accounts
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.queries.outbox import OutboxRow, list_outbox
from workbench.queries.plans import list_plans
from workbench.workspace import Workspace

ROUNDS_AT_THE_END: Final = 12
Step = Callable[[Rig, random.Random], None]


# The schedule, the line and the process


def sync(rig: Rig, rng: random.Random) -> None:
    """A sync, with up to three of the forty faults."""
    _befall(rig, rng, (0, 1, 1, 2, 3))
    rig.sync()


def storm(rig: Rig, rng: random.Random) -> None:
    """A sync over a line that breaks again and again."""
    line = [fault for fault in rig.faults if fault.group is Group.LINE]
    rig.plan(rng.choices(line, k=8) if line else [])
    rig.sync()


def _befall(rig: Rig, rng: random.Random, counts: tuple[int, ...]) -> None:
    rig.plan(rng.sample(rig.faults, min(len(rig.faults), rng.choice(counts))))


def check(rig: Rig, rng: random.Random) -> None:
    """A check for completeness, with up to two faults."""
    _befall(rig, rng, (0, 0, 1, 2))
    rig.check()


def crash(rig: Rig, rng: random.Random) -> None:
    """A sync in which the process dies, perhaps under a fault."""
    what = rng.choice(("commit", "committed", "request", "answer"))
    _befall(rig, rng, (0, 0, 1))
    rig.crash_at(what, rng.randint(1, 14))
    rig.sync()


def wait(rig: Rig, rng: random.Random) -> None:
    """Time goes by: minutes, hours, days, once in a while more than a platform remembers."""
    rig.wait(timedelta(minutes=rng.choice((3, 3, 30, 300, 1_440, 4_320, 14_400))))


def line_goes(rig: Rig, rng: random.Random) -> None:
    """No line, or a line again."""
    _ = rng
    rig.net.is_online = not rig.net.is_online


def restart(rig: Rig, rng: random.Random) -> None:
    """The program is closed and opened again."""
    _ = rng
    rig.reopen()


def disk_full(rig: Rig, rng: random.Random) -> None:
    """A sync while no file may grow beyond a little more than the log is long."""
    _befall(rig, rng, (0, 0, 1))
    log = rig.folder / "profile" / "workbench.db-wal"
    room = (log.stat().st_size if log.exists() else 0) + rng.choice((4_000, 60_000, 200_000))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        rig.sync()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def second_instance(rig: Rig, rng: random.Random) -> None:
    """Somebody opens the same profile a second time."""
    _ = rng
    with suppress(ProfileBusyError):
        Workspace.open(rig.folder / "profile", key=a_key_file(rig.folder), clock=rig.clock).close()
        raise Broken(6, "two writers opened the same profile")


def clone(rig: Rig, rng: random.Random) -> None:
    """The profile is copied, the copy syncs, and is thrown away; the outbox of the copy waits for a person."""
    _ = rng
    twin = rig.folder / "twin"
    rig.close()
    shutil.copytree(rig.folder / "profile", twin)
    other = Workspace.open(twin, key=a_key_file(rig.folder), clock=rig.clock)
    before = len(rig.world.said)
    with suppress(Crash), rig.saved.shared():
        sync_accounts(other, name=NAME, line=rig.line)
    with other.database.read() as reader:
        moving = list_outbox(reader, states=[OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN])
    other.close()
    shutil.rmtree(twin)
    rig.open()
    if moving or len(rig.world.said) != before:
        raise Broken(5, "a copy of the profile sends what the profile sends")


def clock_set(rig: Rig, rng: random.Random) -> None:
    """Somebody sets the date of this computer."""
    rig.clock.jump(timedelta(seconds=rng.choice((-86_400 * 30, 86_400 * 2, -3_600, 3_600))))


def signs_in(rig: Rig, rng: random.Random) -> None:
    """A person signs in again where the platform ended the sign-in."""
    _ = rng
    if rig.saved.ended_by_platform:
        rig.saved.sign_in(rig.workspace, rig.account_id)


# The platform


def said(rig: Rig, rng: random.Random) -> None:
    """New topics and answers, or visits."""
    world = rig.world
    for number in range(rng.randint(1, 6)):
        group = rng.choice(sorted(world.groups))
        roots = [one.id for one in world.shown(group) if one.id == one.root]
        parent = rng.choice(roots) if roots and rng.random() < 0.6 else None
        subject = "" if parent is not None else f"News {rng.random()}"
        world.say(group, rng.randint(2, 8), f"Said {number} {rng.random()}", subject=subject, parent=parent)
        world.pass_time(seconds=rng.choice((0, 0, 1, 60)))
    if isinstance(rig.platform, GoogleAnalytics):
        rig.platform.visit(rig.platform.today, "/", rng.randint(1, 40))


def edited(rig: Rig, rng: random.Random) -> None:
    """Somebody changes what they said."""
    rig.world.edit(rng.choice(_others(rig)), f"Other words {rng.random()}")


def removed(rig: Rig, rng: random.Random) -> None:
    """An answer is deleted."""
    answers = [number for number in _others(rig) if rig.world.said[number].parent is not None]
    if answers:
        rig.world.remove(rng.choice(answers))


def liked(rig: Rig, rng: random.Random) -> None:
    """Somebody likes something."""
    rig.world.like(rng.choice(_others(rig)), rng.randint(2, 8))


def came_or_left(rig: Rig, rng: random.Random) -> None:
    """Somebody joins or leaves a group."""
    group, person = rng.choice(sorted(rig.world.groups)), rng.randint(2, 8)
    (rig.world.leave if person in rig.world.groups[group].members else rig.world.join)(group, person)


def _others(rig: Rig) -> list[int]:
    return [one.id for one in rig.world.shown() if one.author != rig.world.me]


# A person


def replies(rig: Rig, rng: random.Random) -> None:
    """A person answers something that is mirrored."""
    message = _mirrored(rig, rng)
    if message is not None:
        text = f"Answer {len(rig.items)} of seed {rig.seed}"
        rig.items[queue_reply(rig.workspace, message_id=message, text=text)] = text


def opens(rig: Rig, rng: random.Random) -> None:
    """A person opens a topic, where that can be sent."""
    if not sends(rig.place.kind, PostKind.TOPIC):
        return
    name = rng.choice(rig.states()).name
    text = f"Topic {len(rig.items)} of seed {rig.seed}"
    item = add_topic(rig.workspace, community=name, subject=f"Subject {len(rig.items)}", text=text)
    rig.items[item] = text


def likes(rig: Rig, rng: random.Random) -> None:
    """A person likes something that is mirrored."""
    message = _mirrored(rig, rng)
    if message is not None and sends(rig.place.kind, PostKind.LIKE):
        rig.items.setdefault(queue_like(rig.workspace, message_id=message), "")


def works(rig: Rig, rng: random.Random) -> None:
    """A person writes a note, stars a thread, adds a card."""
    with rig.workspace.database.read() as reader:
        people = [id_ for (id_,) in reader.rows("SELECT id FROM person ORDER BY name")]
        threads = [id_ for (id_,) in reader.rows("SELECT id FROM thread ORDER BY id")]
        plans = list_plans(reader)
    if people:
        person, text = rng.choice(people), f"Note {rng.random()}"
        rig.workspace.notes.set_note(PersonId(person), text)
        rig.work.notes[person] = text
    if threads:
        thread = rng.choice(threads)
        rig.workspace.notes.star_thread(EventId(thread))
        rig.work.stars.add(thread)
    if not plans:
        rig.workspace.plans.create(
            name="Plan",
            purpose="Answers come sooner",
            owner="Amina Example",
            starts_on=date(2026, 3, 1),
            objectives=[ObjectiveDraft("More answers", "reply_rate")],
        )
        return
    card = f"Card {len(rig.work.cards)}"
    rig.workspace.plans.open(plans[0].id).add_card(CardDraft(card))
    rig.work.cards.append(card)


def decides(rig: Rig, rng: random.Random) -> None:
    """A person looks after every item that waits for one: on the platform, then here."""
    _ = rng
    outbox = rig.workspace.outbox
    for row in _items(rig):
        if not row.needs_decision:
            continue
        with suppress(BadInputError):
            if _stands(rig, row):
                outbox.mark_sent(row.id)
            elif row.state is OutboxState.UNKNOWN:
                outbox.send_again(row.id)
                rig.note(f"sent again: {row.text}")
            elif row.state is OutboxState.PAUSED:
                outbox.resume()
            elif row.state is OutboxState.EXPIRED:
                outbox.queue(row.id)


def _stands(rig: Rig, row: OutboxRow) -> bool:
    if row.kind is PostKind.LIKE:
        return False
    mine = (one for one in rig.world.said.values() if one.author == rig.world.me and one.removed_at is None)
    return any(one.text.endswith(row.text) for one in mine)


def _items(rig: Rig) -> list[OutboxRow]:
    with rig.workspace.database.read() as reader:
        return list_outbox(reader)


def _mirrored(rig: Rig, rng: random.Random) -> EventId | None:
    with rig.workspace.database.read() as reader:
        rows = reader.rows("SELECT id FROM event WHERE kind IN (3, 4) AND removed_at IS NULL ORDER BY remote_id")
    return EventId(rng.choice(rows)[0]) if rows else None


STEPS: Final[Mapping[str, tuple[Step, int]]] = {
    step.__name__: (step, weight)
    for step, weight in (
        (sync, 10), (storm, 2), (check, 3), (crash, 6), (disk_full, 2), (wait, 5), (line_goes, 2), (restart, 1), (second_instance, 1),
        (clone, 1), (clock_set, 1), (signs_in, 3), (said, 6), (edited, 2), (removed, 2), (liked, 2), (came_or_left, 2),
        (replies, 5), (opens, 2), (likes, 2), (works, 3), (decides, 2),
    )
}  # fmt: skip
"""{name: (what happens, how often beside the others)}."""


def take(rig: Rig, name: str, number: int) -> None:
    """One step by its name, drawn from `number`; afterwards the eight invariants hold, or Broken says which does not."""
    rig.note(f"{name} {number}")
    rig.clock.advance(timedelta(seconds=1))  # so that what is written has an order
    STEPS[name][0](rig, random.Random(f"{name} {number}"))
    rig.note(" ".join(f"{row.text}:{row.state.value}" for row in sorted(_items(rig), key=lambda row: row.text)))
    hold(rig)


def come_to_rest(rig: Rig) -> None:
    """All faults are over: syncs to the end, and what the platform shows is here, and what was written is there."""
    rig.net.is_online = True
    correct = rig.world.now - rig.clock.now()
    rig.clock.jump(correct)
    rng = random.Random(rig.seed)
    signs_in(rig, rng)
    for round_ in range(ROUNDS_AT_THE_END):
        rig.wait(timedelta(hours=7))
        rig.sync()
        rig.check(trusts_gone=True)
        decides(rig, rng)
        hold(rig)
        try:
            for invariant in AT_THE_END:
                invariant(rig)
            _nothing_waits(rig)
        except Broken:
            if round_ == ROUNDS_AT_THE_END - 1:
                raise
        else:
            return


def _nothing_waits(rig: Rig) -> None:
    for row in _items(rig):
        if row.state in {OutboxState.QUEUED, OutboxState.UNKNOWN, OutboxState.PAUSED} and row.kind is not PostKind.LIKE:
            message = f"after all faults it still waits ({row.state.value}, {row.reason_code}): {row.text}"
            raise Broken(4, message)


__all__ = ["STEPS", "come_to_rest", "take"]
