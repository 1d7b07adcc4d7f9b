"""FrailDisk: what a power cut leaves of a database, from a record of every write, truncation and sync below SQLite.

A thin VFS is laid over the system's own one inside the driver's library, so that the program under test runs as it
always does. Afterwards any moment of the record can be turned into the files a machine would find again: what was
synced is there, and of what was not, each write is there, missing, or torn at a sector.
"""

import ctypes
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_int64, c_void_p, cast, string_at
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import _sqlite3

SECTOR = 512
OK = 0

_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)
_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)


class _Methods(Structure):
    """sqlite3_io_methods, version 3, as sqlite3.h has it."""

    _fields_ = [
        ("version", c_int),
        *((name, c_void_p) for name in ("close", "read")),
        ("write", _Write),
        ("truncate", _Truncate),
        ("sync", _Sync),
        *((f"other_{number}", c_void_p) for number in range(13)),
    ]


class _File(Structure):
    _fields_ = [("methods", POINTER(_Methods))]


class _Vfs(Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("path_size", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _Open),
        ("delete", _Delete),
        *((f"other_{number}", c_void_p) for number in range(14)),
    ]


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes that were handed to the system."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file was made this long."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What was written to a file before this is on the disk; with `is_gone` the file is not."""

    file: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Promised:
    """The program was told that this step is stored."""

    step: int


Deed = Written | Cut | Synced | Promised


@dataclass(slots=True)
class FrailDisk:
    """The record: what lay in the folder when it began, and every deed since, in order."""

    folder: Path
    before: dict[str, bytes] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)

    def promise(self, step: int) -> None:
        """Notes that the program was told so."""
        self.deeds.append(Promised(step))

    def after_power_loss(self, seed: int, into: Path) -> int:
        """Writes into `into` what is found after a cut at a moment of the seed's choosing; the last step promised."""
        rng = random.Random(seed)
        moment = rng.randrange(len(self.deeds) + 1)
        past = self.deeds[:moment]
        last = {deed.file: number for number, deed in enumerate(past) if isinstance(deed, Synced)}
        # Disks empty their queues at their own pace: now nearly all of it, now hardly anything.
        luck = rng.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        files = {name: bytearray(data) for name, data in self.before.items()}
        for number, deed in enumerate(past):
            if isinstance(deed, Promised):
                continue
            if isinstance(deed, Synced):
                if deed.is_gone:
                    files.pop(deed.file, None)
                continue
            is_safe = number < last.get(deed.file, -1)
            image = files.setdefault(deed.file, bytearray())
            for change in (deed,) if is_safe else _left_of(deed, rng, luck):
                _apply(change, image)
        into.mkdir(parents=True, exist_ok=True)
        for name, image in files.items():
            (into / name).write_bytes(image)
        return max((deed.step for deed in past if isinstance(deed, Promised)), default=0)


def _left_of(deed: Written | Cut, rng: random.Random, luck: float) -> list[Written | Cut]:
    """What came to the disk of something that was not synced."""
    if isinstance(deed, Cut):
        return [deed] if rng.random() < luck else []
    chance = rng.random()
    if chance < 0.2:  # torn: each of its sectors by itself
        parts = range(0, len(deed.data), SECTOR)
        return [
            Written(deed.file, deed.offset + at, deed.data[at : at + SECTOR]) for at in parts if rng.random() < luck
        ]
    return [deed] if rng.random() < luck else []


def _apply(deed: Written | Cut, image: bytearray) -> None:
    if isinstance(deed, Cut):
        del image[deed.size :]
        return
    if len(image) < deed.offset:
        image.extend(bytes(deed.offset - len(image)))
    image[deed.offset : deed.offset + len(deed.data)] = deed.data


@contextmanager
def recorded(folder: Path) -> Iterator[FrailDisk]:
    """Records what every database opened in the meantime does to files in `folder`; close them before the end."""
    disk = FrailDisk(folder, {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()})
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    library.sqlite3_vfs_find.argtypes = [c_char_p]
    library.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
    library.sqlite3_vfs_unregister.argtypes = [c_void_p]
    usual = library.sqlite3_vfs_find(None)
    layer = _Layer(disk, usual.contents)
    assert library.sqlite3_vfs_register(byref(layer.vfs), 1) == OK
    try:
        yield disk
    finally:
        library.sqlite3_vfs_unregister(byref(layer.vfs))
        library.sqlite3_vfs_register(usual, 1)
        assert not layer.failures, layer.failures


class _Layer:
    """Our VFS, which does what the usual one does and notes it. Lives as long as any file opened through it."""

    def __init__(self, disk: FrailDisk, usual: _Vfs) -> None:
        self._disk, self._usual = disk, usual
        self._names: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        self._changed: dict[int, _Methods] = {}
        self.failures: list[BaseException] = []
        self.vfs = _Vfs()
        ctypes.pointer(self.vfs)[0] = usual
        self.vfs.name = b"frail"
        self._kept = (
            _Open(self._open),
            _Delete(self._delete),
            _Write(self._write),
            _Truncate(self._truncate),
            _Sync(self._sync),
        )
        self.vfs.open, self.vfs.delete = self._kept[:2]

    def _note(self, file: int, deed: Callable[[str], Deed]) -> None:
        try:
            name = self._names.get(file)
            if name is not None:
                self._disk.deeds.append(deed(name))
        except BaseException as error:  # noqa: BLE001 - nothing may pass through the library's frames; told at the end
            self.failures.append(error)

    def _usual_of(self, file: int) -> Any:
        return self._methods[file]

    def _open(self, vfs: int, path: int | None, file: int, flags: int, out: int) -> int:
        status = int(self._usual.open(vfs, path, file, flags, out))
        where = None if path is None else Path(string_at(path).decode())
        if status == OK and where is not None and where.parent == self._disk.folder:
            opened = cast(file, POINTER(_File)).contents
            usual = opened.methods.contents
            address = ctypes.addressof(usual)
            if address not in self._changed:
                changed = _Methods()
                ctypes.pointer(changed)[0] = usual
                changed.write, changed.truncate, changed.sync = self._kept[2:]
                self._changed[address] = changed
            self._names[file], self._methods[file] = where.name, usual
            opened.methods = ctypes.pointer(self._changed[address])
        else:
            self._names.pop(file, None)
        return status

    def _delete(self, vfs: int, path: bytes, sync_folder: int) -> int:
        status = int(self._usual.delete(vfs, path, sync_folder))
        where = Path(path.decode())
        if status == OK and where.parent == self._disk.folder:
            self._disk.deeds.append(Synced(where.name, is_gone=True))
        return status

    def _write(self, file: int, data: int, size: int, offset: int) -> int:
        self._note(file, lambda name: Written(name, offset, string_at(data, size)))
        return int(self._usual_of(file).write(file, data, size, offset))

    def _truncate(self, file: int, size: int) -> int:
        self._note(file, lambda name: Cut(name, size))
        return int(self._usual_of(file).truncate(file, size))

    def _sync(self, file: int, flags: int) -> int:
        status = int(self._usual_of(file).sync(file, flags))
        self._note(file, Synced)
        return status
