"""Network looks kept whole: a network nothing has changed in is neither read nor put in order again.

Names stand in them, so they are sealed like the pictures (`network_cache`) beside them, and go as soon as a network is
looked at after anything has changed; at once when an account is removed or people are joined, parted or counted
otherwise.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from itertools import starmap
from typing import TYPE_CHECKING, Any, Final

from workbench.ids import PersonId
from workbench.metrics.metric import Sight
from workbench.metrics.packing import pack, unpack
from workbench.metrics.roles import Role
from workbench.metrics.ties import Edges
from workbench.metrics.window import Window
from workbench.models.database import Reader
from workbench.models.keeping import LOOKS, forget_files
from workbench.models.moments import from_day, to_day, to_micros
from workbench.operations.network_cache import FOLDER, read_sealed, sealing_key, tidy, write_sealed
from workbench.operations.sight import Unseen
from workbench.queries.kept import digest, marks
from workbench.queries.roster import members_are
from workbench.queries.scope import Scope
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.operations.network import NetworkLook

KEPT_FILES: Final = 12


class KeptLook:
    """What was seen of one network on the day of `as_of`, while nothing it rests on has changed since.

    Made inside the transaction that the network is read in. Reading never fails: what is gone or damaged is no look.
    """

    def __init__(self, workspace: Workspace, reader: Reader, scope: Scope, window: Window, *, as_of: datetime) -> None:
        # How many members a platform tells moves no mark; what is told of silent members rests on it.
        known_by = members_are(reader, scope, before=window.end_on)
        asked = _short([sorted(scope), window.first_day, window.until_day, known_by.value])
        self._state = _short([digest(reader, FOLDER), marks(reader).mirror, to_day(as_of.date())])
        self._path = workspace.profile / FOLDER / f"look-{asked}-{self._state}.bin"
        self._key = sealing_key(workspace)
        self._may_write = workspace.database.writable
        self._window = window
        self._as_of = to_micros(as_of)

    def find(self) -> "NetworkLook | None":
        """The look that still holds; what does not hold any more is deleted."""
        if self._may_write:
            self._forget_others()
        kept = read_sealed(self._path, self._key)
        try:
            if kept is None or kept["as_of"] > self._as_of:
                return None
            return unpacked_look(kept["look"], self._window)
        except (KeyError, TypeError, ValueError, IndexError):
            return None  # a cache: what cannot be read is worked out again

    def keep(self, look: "NetworkLook") -> None:
        """Keeps this one in place of an older one of the same days; where it cannot be written, nothing is kept."""
        write_sealed(self._path, self._key, {"as_of": self._as_of, "look": packed_look(look)})
        tidy(self._path.parent, LOOKS, most=KEPT_FILES)

    def _forget_others(self) -> None:
        forget_files(self._path.parent.parent, but=self._state)


def packed_look(look: "NetworkLook") -> dict[str, Any]:
    """As it is kept: columns, because there are thousands of people and ties."""
    people, roles = look.people, tuple(Role)
    return {
        "name": look.name,
        "known": look.known,
        "known_until": None if look.known_until is None else to_day(look.known_until),
        "members": look.members,
        "ids": [one.person_id for one in people],
        "names": [one.name for one in people],
        "offices": [one.office for one in people],
        "clusters": [one.cluster for one in people],
        "places": [one.place for one in people],
        "roles_of": [[roles.index(role) for role in one.roles] for one in people],
        "edges": look.edges,
        "arcs": [[who for who, _ in look.arcs], [whom for _, whom in look.arcs], list(look.arcs.values())],
        "roles": [[role.value, [[one.node, one.reason] for one in held]] for role, held in look.roles.items()],
        "values": [[key, pack([value])] for key, value in look.values.items()],
        "is_sampled": look.is_sampled,
        "has_topics": look.has_topics,
        "unseen": [[[sight.value, places] for sight, places in look.unseen.where.items()], sorted(look.unseen.nowhere)],
    }


def unpacked_look(kept: Mapping[str, Any], window: Window) -> "NetworkLook":
    """The look that `packed_look` made of this window."""
    from workbench.operations.network import Held, NetworkLook, Somebody  # noqa: PLC0415 - it asks here first

    roles = tuple(Role)
    who, whom, acts = kept["arcs"]
    where, nowhere = kept["unseen"]
    rows: Sequence[tuple[Any, ...]] = list(
        zip(*(kept[name] for name in ("ids", "names", "offices", "clusters", "places", "roles_of")), strict=True)
    )
    return NetworkLook(
        name=kept["name"],
        window=window,
        known=kept["known"],
        known_until=_day(kept["known_until"]),
        members=kept["members"],
        people=tuple(
            Somebody(PersonId(id_), name, office, cluster, (x, y), tuple(roles[role] for role in held))
            for id_, name, office, cluster, (x, y), held in rows
        ),
        edges=Edges(*kept["edges"]),
        arcs=dict(zip(zip(who, whom, strict=True), acts, strict=True)),
        roles={Role(role): tuple(starmap(Held, held)) for role, held in kept["roles"]},
        values={key: unpack(text, [window])[0] for key, text in kept["values"]},
        is_sampled=kept["is_sampled"],
        has_topics=kept["has_topics"],
        unseen=Unseen({Sight(sight): tuple(places) for sight, places in where}, frozenset(map(Sight, nowhere))),
    )


def _short(content: object) -> str:
    return blake2b(json.dumps(content).encode(), digest_size=12).hexdigest()


def _day(number: int | None) -> date | None:
    return None if number is None else from_day(number)
