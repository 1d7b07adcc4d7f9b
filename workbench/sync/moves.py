"""Moves stored events to another parent, with everything below them: roots, kinds, targets, stars and read marks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from workbench.models.kinds import EventKind
from workbench.sync.features import is_question, own_words
from workbench.sync.lookups import driver, select_among
from workbench.sync.rollups import Touched

Moves = dict[int, int | None]
"""Event id → its new parent, None for one that becomes a root."""

_MESSAGES = frozenset({EventKind.POST, EventKind.REPLY})


@dataclass(slots=True)
class _Node:
    """An event of a thread that is being moved."""

    id: int
    community_id: int
    parent_id: int | None
    root_id: int | None
    kind: int
    person_id: int
    target_person_id: int | None
    at: int
    is_question: bool


def move(connection: Connection, moves: Mapping[int, int | None], touched: Touched) -> None:
    """Gives each event of `moves` its new parent; the days and threads this changes are added to `touched`."""
    if not moves:
        return
    nodes = _load_threads(connection, moves)
    outside = _load_outside(connection, {p for p in moves.values() if p is not None and p not in nodes})
    parents = {node.id: moves.get(node.id, node.parent_id) for node in nodes.values()}
    roots = _new_roots(nodes, parents, outside)
    waiting = _waiting(connection, [event_id for event_id, parent in parents.items() if parent is None])
    kinds = {n.id: _kind(n, is_reply=parents[n.id] is not None or n.id in waiting) for n in nodes.values()}
    asking = _asking_again(connection, [node for node in nodes.values() if kinds[node.id] != node.kind])
    rows: list[tuple[object, ...]] = []
    for node in nodes.values():
        parent, kind, root = parents[node.id], kinds[node.id], roots[node.id]
        author = None if parent is None else nodes[parent].person_id if parent in nodes else outside[parent][1]
        target = _target(node, author)
        asks = asking.get(node.id, node.is_question)
        before = (node.parent_id, node.root_id, node.kind, node.target_person_id, node.is_question)
        if before != (parent, root, kind, target, asks):
            rows.append((parent, root, kind, target, asks, node.id))
            touched.event(node.community_id, node.at, root)
            if node.root_id is not None:
                touched.roots.add(node.root_id)
    if rows:
        driver(connection).executemany(
            "UPDATE event SET parent_id = ?, root_id = ?, kind = ?, target_person_id = ?, is_question = ? WHERE id = ?",
            rows,
        )
    _move_marks(connection, {n.id: roots[n.id] for n in nodes.values() if n.root_id == n.id and roots[n.id] != n.id})


def _load_threads(connection: Connection, moves: Mapping[int, int | None]) -> dict[int, _Node]:
    """The moved events and all that share a thread with them."""
    columns = (
        "SELECT id, community_id, parent_id, root_id, kind, person_id, target_person_id, at, is_question FROM event"
    )
    moved = [_Node(*row) for row in select_among(connection, columns + " WHERE id IN (?*)", sorted(moves))]
    roots = sorted({node.root_id for node in moved if node.root_id is not None})
    nodes = {node.id: node for node in moved}
    for row in select_among(connection, columns + " WHERE root_id IN (?*)", roots):
        nodes[row[0]] = _Node(*row)
    return nodes


def _load_outside(connection: Connection, events: Iterable[int]) -> dict[int, tuple[int | None, int]]:
    """Root and author of new parents whose own thread stays as it is."""
    statement = "SELECT id, root_id, person_id FROM event WHERE id IN (?*)"
    return {row[0]: (row[1], row[2]) for row in select_among(connection, statement, sorted(events))}


def _new_roots(
    nodes: Mapping[int, _Node], parents: Mapping[int, int | None], outside: Mapping[int, tuple[int | None, int]]
) -> dict[int, int | None]:
    roots: dict[int, int | None] = {}
    for event_id in nodes:
        path: list[int] = []
        current = event_id
        while current not in roots:
            path.append(current)
            parent = parents[current]
            if parent is None:
                # Only a message can be a root; an act whose target is not known belongs to no thread.
                roots[current] = current if nodes[current].kind in _MESSAGES else None
            elif parent in outside:
                roots[current] = outside[parent][0]
            else:
                current = parent
        for step in path:
            roots[step] = roots[current]
    return roots


def _waiting(connection: Connection, events: Iterable[int]) -> set[int]:
    """Those of the events that answer something which is not here."""
    statement = "SELECT DISTINCT event_id FROM orphan WHERE event_id IN (?*)"
    return {row[0] for row in select_among(connection, statement, sorted(events))}


def _kind(node: _Node, *, is_reply: bool) -> int:
    if node.kind not in _MESSAGES:
        return node.kind
    return EventKind.REPLY if is_reply else EventKind.POST


def _target(node: _Node, author: int | None) -> int | None:
    """Whom it goes to: a reply to the author of its parent, a mention only to the one it names."""
    if node.kind in _MESSAGES:
        return author
    return node.target_person_id or (None if node.kind == EventKind.MENTION else author)


def _asking_again(connection: Connection, nodes: Iterable[_Node]) -> dict[int, bool]:
    """Whether messages ask, now that they became roots (the subject counts) or replies (it does not)."""
    becomes_root = {node.id: node.kind == EventKind.REPLY for node in nodes}
    statement = "SELECT event_id, subject, text FROM body WHERE event_id IN (?*)"
    return {
        event_id: is_question(own_words(text)) or (becomes_root[event_id] and is_question(subject))
        for event_id, subject, text in select_among(connection, statement, sorted(becomes_root))
    }


def _move_marks(connection: Connection, merged: Mapping[int, int | None]) -> None:
    """Stars and read marks of threads that became part of another go to that one."""
    statement = "SELECT thread_id, is_starred, read_at FROM threadmark WHERE thread_id IN (?*)"
    marks = [tuple(row) for row in select_among(connection, statement, sorted(merged))]
    for thread_id, is_starred, read_at in marks:
        connection.exec_driver_sql("DELETE FROM threadmark WHERE thread_id = ?", (thread_id,))
        # Read is what was read in both: the earlier of two moments.
        connection.exec_driver_sql(
            "INSERT INTO threadmark (thread_id, is_starred, read_at) VALUES (?, ?, ?) ON CONFLICT (thread_id) DO UPDATE"
            " SET is_starred = max(is_starred, excluded.is_starred),"
            " read_at = min(coalesce(read_at, excluded.read_at), coalesce(excluded.read_at, read_at))",
            (merged[thread_id], is_starred, read_at),
        )
    # Who looks after a thread looks after the whole one; where that has an owner of its own, theirs stays.
    cared_for = select_among(connection, "SELECT thread_id FROM thread_care WHERE thread_id IN (?*)", sorted(merged))
    for (thread_id,) in cared_for:
        connection.exec_driver_sql(
            "UPDATE OR IGNORE thread_care SET thread_id = ?1,"
            " root_remote_id = (SELECT remote_id FROM event WHERE id = ?1) WHERE thread_id = ?2",
            (merged[thread_id], thread_id),
        )
