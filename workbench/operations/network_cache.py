"""Drawn networks kept between openings: sealed files in the profile's cache folder, which may be deleted at any time.

Who stands beside whom says who works with whom, so the files are sealed like the database, with a key made from its
key. They are no part of a backup.
"""

import json
import os
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from workbench.ids import PersonId
from workbench.metrics.network_layout import Place
from workbench.metrics.ties import Edges
from workbench.models.keeping import CACHE, DRAWN
from workbench.operations.network_work import Worked, packed, unpacked
from workbench.queries.scope import Scope
from workbench.workspace import Workspace

FOLDER: Final = CACHE
KEPT_OF_A_SCOPE: Final = 3
"""Periods of one scope whose pictures are kept: going back and forth between two needs no work."""
KEPT_FILES: Final = 24
_NONCE: Final = 12
_SAME_PEOPLE: Final = 0.7


@dataclass(frozen=True, slots=True)
class Drawn:
    """A network as it was worked out: `mark` tells equal ones, `people` are its nodes in order."""

    mark: str
    people: tuple[PersonId, ...]
    worked: Worked


def mark_of(people: Sequence[PersonId], edges: Edges) -> str:
    """The same for the same people with the same ties, and for no others."""
    return blake2b(json.dumps([people, edges]).encode(), digest_size=16).hexdigest()


class DrawnNetworks:
    """What was drawn of one scope. Reading never fails: a file that is gone, damaged or of another key is no file."""

    def __init__(self, workspace: Workspace, scope: Scope) -> None:
        self._folder = workspace.profile / FOLDER
        name = blake2b(json.dumps(sorted(scope)).encode(), digest_size=12).hexdigest()
        self._path = self._folder / f"network-{name}.bin"
        self._key = sealing_key(workspace)
        self._drawn = self._read()

    def find(self, mark: str) -> Drawn | None:
        """What was worked out for exactly this network."""
        return next((one for one in self._drawn if one.mark == mark), None)

    def places_for(self, people: Sequence[PersonId]) -> dict[int, Place]:
        """Where these people, by their place in the list, were drawn last; empty where too few of them were."""
        for one in self._drawn:
            known = dict(zip(one.people, one.worked.places, strict=True))
            found = {node: known[person] for node, person in enumerate(people) if person in known}
            if len(found) >= _SAME_PEOPLE * len(people):
                return found
        return {}

    def keep(self, drawn: Drawn) -> None:
        """Keeps this one as the newest; a disk that is full, or may not be written, keeps nothing."""
        self._drawn = [drawn, *(one for one in self._drawn if one.mark != drawn.mark)][:KEPT_OF_A_SCOPE]
        rows = [{"mark": one.mark, "people": one.people, "worked": packed(one.worked)} for one in self._drawn]
        write_sealed(self._path, self._key, rows)
        tidy(self._folder, DRAWN, most=KEPT_FILES)

    def _read(self) -> list[Drawn]:
        rows = read_sealed(self._path, self._key) or []
        try:
            return [Drawn(row["mark"], tuple(row["people"]), unpacked(row["worked"])) for row in rows]
        except (ValueError, KeyError, TypeError):
            return []  # a cache: what cannot be read is worked out again


def sealing_key(workspace: Workspace) -> bytes:
    """What files in the cache folder are sealed with."""
    return blake2b(b"drawn networks", key=workspace.database.key, digest_size=32).digest()


def read_sealed(path: Path, key: bytes) -> Any:
    """What `write_sealed` wrote; None for a file that is gone, damaged or sealed with another key."""
    try:
        return json.loads(zlib.decompress(_opened(path.read_bytes(), key)))
    except (OSError, ValueError, zlib.error):
        return None


def write_sealed(path: Path, key: bytes, content: object) -> None:
    """Keeps content (JSON) whole or not at all; a disk that is full, or may not be written, keeps nothing."""
    sealed = _sealed(zlib.compress(json.dumps(content).encode(), 1), key)
    half = path.with_suffix(".part")
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            half.touch(mode=0o600)
            half.write_bytes(sealed)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)


def tidy(folder: Path, names: str, *, most: int) -> None:
    """Leaves the files of these names that were written last."""
    with suppress(OSError):
        files = sorted(folder.glob(names), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[most:]:
            path.unlink(missing_ok=True)


def _sealed(plain: bytes, key: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - 20 ms nobody else needs

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, None)


def _opened(sealed: bytes, key: bytes) -> bytes:
    """ValueError for what was not sealed with this key."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except InvalidTag as error:
        message = "not sealed with this key"
        raise ValueError(message) from error
