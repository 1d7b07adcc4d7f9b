"""Several laptops with one plan and a bad post between them: files lost, doubled, late, cut, and profiles restored."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.builders import NOW, a_clock
from tests.operations.laptops import Laptop
from workbench.errors import EnvelopeDamagedError, ReplayedEnvelopeError
from workbench.models.kinds import CardColumn
from workbench.operations.exchange import receive_plan
from workbench.operations.partners import own_mark
from workbench.plans.document import PlanDocument
from workbench.plans.drafts import CardDraft
from workbench.plans.preview import preview
from workbench.plans.views import PlanView, RecordKind

FIELDS = ("title", "notes", "owner")
YEARS = (timedelta(), timedelta(days=365), timedelta(days=-365))

Typed = tuple[str, str, str]


@dataclass
class Memory:
    """A plain model of what a person may expect to see: what was typed, and what some later writing replaced."""

    known: frozenset[Typed] = frozenset()
    replaced: frozenset[Typed] = frozenset()

    def alive(self, card: str, name: str) -> set[str]:
        return {value for at, key, value in self.known - self.replaced if (at, key) == (card, name)}

    def typed(self, card: str, name: str, value: str) -> "Memory":
        old = {(card, name, each) for each in self.alive(card, name)}
        return Memory(self.known | {(card, name, value)}, self.replaced | old)

    def with_(self, other: "Memory") -> "Memory":
        return Memory(self.known | other.known, self.replaced | other.replaced)


@dataclass
class Desk:
    """A laptop, what its user has in mind, and its backups."""

    laptop: Laptop
    memory: Memory = field(default_factory=Memory)
    backups: list[tuple[Path, Memory]] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)


@dataclass
class Post:
    """All that happened."""

    deliveries: int = 0
    doubled: int = 0
    cut: int = 0
    restores: int = 0
    undone: int = 0
    conflicts: int = 0


def run(folder: Path, *, seed: int, steps: int, with_undo: bool) -> Post:
    """One story by chance; asserts on the way and at the end that nothing was lost and all desks are equal.

    With undo it is checked that nobody takes back what others wrote; without, that every typed value is to be seen.
    """
    chance, post = random.Random(seed), Post()
    desks = _desks(folder, 3 + seed % 3)
    sent: list[tuple[Path, Memory]] = []
    for step in range(steps):
        _step(chance, chance.choice(desks), desks, sent, post, folder=folder, step=step, with_undo=with_undo)
    for _ in range(2):
        for sender in desks:
            file = _send(sender, desks, None)
            for receiver in desks:
                if receiver is not sender:
                    _deliver(None, receiver, file, post, spoiled=folder)
    _all_equal(desks, with_undo=with_undo)
    post.conflicts = len(desks[0].laptop.view.conflicts)
    for desk in desks:
        desk.laptop.close()
    return post


def _step(
    chance: random.Random,
    desk: Desk,
    desks: list[Desk],
    sent: list[tuple[Path, Memory]],
    post: Post,
    *,
    folder: Path,
    step: int,
    with_undo: bool,
) -> None:
    act = chance.random()
    if act < 0.3:
        _type(chance, desk, f"value {step}", with_undo=with_undo)
    elif act < 0.4 and with_undo:
        post.undone += _undo(desk)
    elif act < 0.55:
        sent.append(_send(desk, desks, chance))
    elif act < 0.59:
        desk.backups.append((desk.laptop.back_up(folder / f"backup-{step}.db"), desk.memory))
    elif act < 0.62 and desk.backups:
        copy, desk.memory = chance.choice(desk.backups)
        desk.laptop.restore(copy)
        post.restores += 1
    elif sent:
        _deliver(chance, desk, chance.choice(sent), post, spoiled=folder / "spoiled.cwplan")


def _desks(folder: Path, number: int) -> list[Desk]:
    names = [f"{name} Example" for name in ("Amina", "Bo", "Cem", "Dara", "Edo")[:number]]
    laptops = [
        Laptop(folder / name, name, clock=a_clock(NOW + YEARS[index % len(YEARS)])) for index, name in enumerate(names)
    ]
    for laptop in laptops:
        laptop.trust(*(other for other in laptops if other is not laptop))
    first, *others = laptops
    first.start_plan("one", "two", "three")
    file = first.send(*others).path
    for other in others:
        other.receive(file)
    desks = [Desk(laptop) for laptop in laptops]
    for desk in desks:
        desk.marks.add(own_mark(desk.laptop.workspace))
    return desks


def _type(chance: random.Random, desk: Desk, value: str, *, with_undo: bool) -> None:
    editor = desk.laptop.editor
    desk.laptop.clock.advance(timedelta(seconds=chance.randrange(90)))
    if chance.random() < 0.1:
        editor.add_card(CardDraft(value))
        return
    card = chance.choice([card.id for card in desk.laptop.view.cards])
    if with_undo and chance.random() < 0.3:
        editor.move_card(card, to=chance.choice(list(CardColumn)), index=0)
        return
    name = chance.choice(FIELDS)
    editor.set_card(card, **{name: value})
    desk.memory = desk.memory.typed(card, name, value)


def _send(desk: Desk, desks: list[Desk], chance: random.Random | None) -> tuple[Path, Memory]:
    others = [other.laptop for other in desks if other is not desk]
    to = others if chance is None else chance.sample(others, chance.randint(1, len(others)))
    return desk.laptop.send(*to, into=desk.laptop.folder).path, desk.memory


def _deliver(chance: random.Random | None, desk: Desk, file: tuple[Path, Memory], post: Post, *, spoiled: Path) -> None:
    path, memory = file
    laptop = desk.laptop
    data = path.read_bytes()
    post.deliveries += 1
    if chance is not None and chance.random() < 0.15:
        place = chance.randrange(len(data))
        spoiled.write_bytes(chance.choice([data[:place], data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]]))
        before = laptop.editor.to_bytes()
        _refused(laptop, spoiled)
        assert laptop.editor.to_bytes() == before
        post.cut += 1
        return
    try:
        arrival = laptop.read(path)
    except ReplayedEnvelopeError:
        post.doubled += 1
        return
    except Exception as error:
        if getattr(error, "details", {}).get("cause") == "not_for_us":
            return
        raise
    before = laptop.view
    receive_plan(laptop.workspace, arrival, editor=laptop.editor)
    assert (laptop.view == before) == arrival.preview.is_same
    desk.memory = desk.memory.with_(memory)


def _refused(laptop: Laptop, spoiled: Path) -> None:
    try:
        laptop.read(spoiled)
    except Exception as error:
        is_told = isinstance(error, EnvelopeDamagedError) or error.__class__.__name__ in {
            "ForeignEnvelopeError", "OlderEnvelopeError", "NewerEnvelopeError",
        }  # fmt: skip
        if not is_told:
            raise
        return
    message = "a spoiled file was opened"
    raise AssertionError(message)


def _undo(desk: Desk) -> bool:
    before = set(_of_others(desk))
    has_undone = desk.laptop.editor.can_undo
    desk.laptop.editor.undo()
    assert before <= set(_of_others(desk)), "an undo took back what somebody else wrote"
    return has_undone


def _of_others(desk: Desk) -> Iterator[tuple[str, str, object]]:
    desk.marks.add(own_mark(desk.laptop.workspace))
    document = PlanDocument.from_bytes(desk.laptop.editor.to_bytes())
    for card in document.view().cards:
        for name, entries in document.registers(RecordKind.CARD, card.id).items():
            yield from ((card.id, name, entry.value) for entry in entries if entry.author not in desk.marks)


def _all_equal(desks: list[Desk], *, with_undo: bool) -> None:
    views: list[PlanView] = [desk.laptop.view for desk in desks]
    assert all(view == views[0] for view in views), "the desks differ"
    documents = [PlanDocument.from_bytes(desk.laptop.editor.to_bytes()) for desk in desks]
    assert all(preview(documents[0], other.to_bytes()).is_same for other in documents[1:])
    for conflict in views[0].conflicts:
        times = [each.at for each in conflict.candidates]
        assert times == sorted(times, reverse=True)
    if with_undo:
        return
    for desk, document in zip(desks, documents, strict=True):
        for card, name in {(card, name) for card, name, _ in desk.memory.known}:
            seen = {str(entry.value) for entry in document.registers(RecordKind.CARD, card)[name]}
            assert seen == desk.memory.alive(card, name), f"{name}: {seen} shown, {desk.memory.alive(card, name)} typed"
