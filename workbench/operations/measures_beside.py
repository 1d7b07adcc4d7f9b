"""Measures beside: what a window shows of many messages is worked out in a child process, which keeps its own lock.

Counting hundreds of thousands of people is done in single calls of some hundredths of a second each, during which no
other thread of Python runs; a window would wait for one of them after the other.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from workbench.cancel import CancelToken
from workbench.ids import CommunityId
from workbench.metrics.compute import measure_all
from workbench.metrics.packing import pack, unpack
from workbench.metrics.value import Value
from workbench.metrics.window import Window
from workbench.models.database import Database, Reader
from workbench.paths import database_file
from workbench.progress import silent
from workbench.queries.kept import Marks, digest, marks, messages_in
from workbench.queries.scope import Scope

MEASURES_ORDER: Final = "measures"
BESIDE_FROM: Final = 2_000_000
"""From so many messages on single calls take long enough to be felt; below, a child would take longer to start."""


class Worked(NamedTuple):
    """The values of each measure, and the marks of the transaction they were read in."""

    values: dict[str, list[Value]]
    marks: Marks


def worked_out(
    database: Database,
    reader: Reader,
    keys: Sequence[str],
    *,
    scope: Scope,
    windows: Sequence[Window],
    as_of: datetime,
    at_least: int = BESIDE_FROM,
) -> Worked:
    """As `measure_all`, by a child where a window would wait; then it blocks, and refuses as `ask_child` does."""
    beside: dict[str, list[Value]] = {}
    now = marks(reader)
    if database.window is not None and messages_in(reader, scope) >= at_least:
        order = {
            "keys": list(keys),
            "scope": list(scope),
            "windows": [[window.start_on.isoformat(), window.end_on.isoformat()] for window in windows],
            "as_of": as_of.isoformat(),
            "around": digest(reader, None),
        }
        told = _asked(database, order, cancel=database.window)
        beside = {key: unpack(text, windows) for key, text in told["values"].items()}
        now = Marks(*told["marks"]) if beside else now
    here = [key for key in keys if key not in beside]
    if here:
        beside |= measure_all(reader, here, scope=scope, windows=windows, as_of=as_of)
    return Worked(beside, now)


def _asked(database: Database, order: Mapping[str, Any], *, cancel: CancelToken) -> dict[str, Any]:
    """What `measures_packed` says in a child."""
    from workbench.operations.worker import ask_child  # noqa: PLC0415 - it brings the importers, which the child needs

    whose = {"profile": str(database.path.parent.absolute()), "key": database.key.hex()}
    answer: dict[str, Any] = ask_child(whose | {MEASURES_ORDER: order}, report=silent, cancel=cancel, patience=0.0)
    told: dict[str, Any] = answer[MEASURES_ORDER]
    return told


def measures_packed(profile: Path, key: bytes, order: Mapping[str, Any]) -> dict[str, Any]:
    """The child's side: {"values": {measure: JSON text}, "marks"}. It only reads, so nobody has to hold the lock.

    With other settings than whoever asked, of which no mark tells, or from another program, there are no values. A
    measure whose details would not come back as they were is left out, and worked out by whoever asked.
    """
    windows = [Window.between(date.fromisoformat(start), date.fromisoformat(end)) for start, end in order["windows"]]
    scope, as_of = tuple(map(CommunityId, order["scope"])), datetime.fromisoformat(order["as_of"])
    database, packed = Database(database_file(profile), key, writable=False), dict[str, str]()
    try:
        with database.read() as reader:
            keys = order["keys"] if digest(reader, None) == order["around"] else ()
            worked = measure_all(reader, keys, scope=scope, windows=windows, as_of=as_of)
            now = marks(reader)
    finally:
        database.close()
    for name, values in worked.items():
        with suppress(TypeError):
            packed[name] = pack(values)
    return {"values": packed, "marks": list(now)}
