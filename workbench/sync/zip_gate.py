"""Zip gate: what an archive must pass before anything in it is read; entries are streamed, never extracted by name."""

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Self

from typing_extensions import Buffer, override

from workbench.errors import SourceError

_DIRECTORY_BYTES = 8_000_000  # 20,000 entries with long names; zipfile takes the whole table into memory
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DRIVE = re.compile(r"[A-Za-z]:")
_BUFFER = 1 << 18
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, OverflowError)


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """What one archive may hold; the packed size counts the whole file, the ratio each entry and the whole."""

    entries: int = 20_000
    packed_bytes: int = 2_147_483_648
    unpacked_bytes: int = 20_000_000_000
    ratio: int = 200
    ratio_counts_from: int = 64_000_000  # a run of one letter packs better than 200:1 and is harmless when short


DEFAULT_LIMITS = ZipLimits()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the archive; `name` is what the archive calls it and is never a path of ours; sizes in bytes."""

    name: str
    size: int
    packed: int


class GatedZip:
    """An archive that passed the gate; close it, or use it in a `with`."""

    def __init__(self, archive: zipfile.ZipFile, file: io.FileIO, name: str) -> None:
        self._archive = archive
        self._file = file
        self._name = name
        self._infos = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        self.entries = tuple(Entry(name, info.file_size, info.compress_size) for name, info in self._infos.items())

    def stream(self, name: str) -> BinaryIO:
        """The plain bytes of the entry called exactly `name`: never more than its declared size, checked to its CRC.

        Refuses here or while it is read (SourceError, `details["fault"]`): `no_entry`, `method` for a way of packing
        other than none and deflate, `nested` for an archive in the archive, `truncated` and `damaged`.
        """
        info = self._infos.get(name)
        if info is None:
            raise _fault(self._name, "no_entry", "a file is not in the archive")
        if info.compress_type not in _METHODS:
            raise _fault(self._name, "method", "a file in the archive is packed in a way that is not read here")
        try:
            file = self._archive.open(info)
        except _BROKEN as error:
            raise _damaged(self._name) from error
        except OSError as error:
            raise _unreadable(self._name, error) from error
        return io.BufferedReader(_EntryStream(file, size=info.file_size, name=self._name), _BUFFER)

    def close(self) -> None:
        """Closes the file; harmless when it is closed."""
        self._archive.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_archive(path: Path, limits: ZipLimits = DEFAULT_LIMITS) -> GatedZip:
    """Opens `path` after a look at its table of contents; nothing is unpacked yet.

    Refuses (SourceError, `details["fault"]`): `unreadable`, `not_zip`, `truncated`, `damaged`, `too_many` entries,
    `too_large`, `bomb` (would unpack to too much), `overlap` (entries that share bytes), `encrypted`, `link` (and other
    special files), `unsafe_name` (leads out of a folder) and `twice` (one name for two entries).
    """
    try:
        file = _BoundedFile(path)
    except OSError as error:
        raise _unreadable(path.name, error) from error
    try:
        packed = _packed_size(file, limits, path.name)
        archive = _opened(file, path.name)
        _check(archive.infolist(), packed=packed, directory_at=archive.start_dir, limits=limits, name=path.name)
    except OSError as error:
        file.close()
        raise _unreadable(path.name, error) from error
    except BaseException:
        file.close()
        raise
    return GatedZip(archive, file, path.name)


class _BoundedFile(io.FileIO):
    """A file of which nobody takes more than a table of contents at once, whatever the archive says of its length."""

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _DIRECTORY_BYTES:
            message = "a table of contents that long belongs to no archive we read"
            raise zipfile.BadZipFile(message)
        return super().read(size) or b""


class _EntryStream(io.RawIOBase):
    """The bytes of one entry, every failure told as a SourceError."""

    def __init__(self, file: IO[bytes], *, size: int, name: str) -> None:
        super().__init__()
        self._file = file
        self._size = size
        self._name = name
        self._given = 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def tell(self) -> int:
        return self._given

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer)
        try:
            data = self._file.read(len(view))
        except EOFError as error:
            raise _fault(self._name, "truncated", "the archive ends before its data does") from error
        except _BROKEN as error:
            raise _damaged(self._name) from error
        except OSError as error:
            raise _unreadable(self._name, error) from error
        if not self._given and data.startswith(_ZIP):
            raise _fault(self._name, "nested", "there is an archive inside the archive; unpack it and import that")
        if not data and self._given < self._size:
            raise _fault(self._name, "damaged", "a file in the archive is shorter than announced")
        self._given += len(data)
        view[: len(data)] = data
        return len(data)

    @override
    def close(self) -> None:
        self._file.close()
        super().close()


def _opened(file: io.FileIO, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _BROKEN as error:
        file.seek(0)
        if file.read(4) not in _ZIP:
            raise _fault(name, "not_zip", "this is not a ZIP archive") from error
        reason = "the archive has no whole table of contents: it was cut or damaged on its way; fetch it again"
        raise _fault(name, "truncated", reason) from error


def _packed_size(file: io.FileIO, limits: ZipLimits, name: str) -> int:
    size = os.fstat(file.fileno()).st_size
    if size > limits.packed_bytes:
        raise _fault(name, "too_large", f"the archive is larger than {limits.packed_bytes // 1_000_000:,} MB")
    return size


def _check(infos: list[zipfile.ZipInfo], *, packed: int, directory_at: int, limits: ZipLimits, name: str) -> None:
    if len(infos) > limits.entries:
        raise _fault(name, "too_many", f"the archive holds more than {limits.entries:,} files")
    seen: set[str] = set()
    for info in infos:
        _check_entry(info, limits, name)
        key = info.filename.replace("\\", "/").casefold()
        if key in seen:
            raise _fault(name, "twice", "two files in the archive have one name")
        seen.add(key)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.unpacked_bytes or _is_dense(unpacked, packed, limits):
        raise _fault(name, "bomb", f"the archive would unpack to {unpacked // 1_000_000:,} MB")
    if _overlap(infos, directory_at):
        raise _fault(name, "overlap", "files in the archive share their bytes")


def _check_entry(info: zipfile.ZipInfo, limits: ZipLimits, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise _fault(name, "encrypted", "the archive is encrypted; unpack it with its password and pack it again")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _fault(name, "link", "the archive holds a link or a special file")
    spelled = info.orig_filename.replace("\\", "/")
    if spelled.startswith("/") or "\x00" in spelled or _DRIVE.match(spelled) or ".." in spelled.split("/"):
        raise _fault(name, "unsafe_name", "a name in the archive leads out of its folder")
    if _is_dense(info.file_size, info.compress_size, limits):
        raise _fault(name, "bomb", f"a file in the archive would unpack to {info.file_size // 1_000_000:,} MB")


def _is_dense(unpacked: int, packed: int, limits: ZipLimits) -> bool:
    return unpacked > limits.ratio_counts_from and unpacked > limits.ratio * packed


def _overlap(infos: Iterable[zipfile.ZipInfo], directory_at: int) -> bool:
    """Whether two entries, or an entry and the table of contents, lie on the same bytes."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        end = info.header_offset + _LOCAL_HEADER + info.compress_size
    return end > directory_at


def _fault(name: str, fault: str, reason: str) -> SourceError:
    return SourceError(reason, path=name, fault=fault)


def _damaged(name: str) -> SourceError:
    return _fault(name, "damaged", "a file in the archive is damaged")


def _unreadable(name: str, error: OSError) -> SourceError:
    return _fault(name, "unreadable", error.strerror or "the file cannot be read")
