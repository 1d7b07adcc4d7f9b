"""Files handed in for import: which of a folder are worth a look, and their bytes, unpacked and in chunks."""

import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from workbench.errors import BadInputError, SourceError
from workbench.sync.archives import MESSAGE_BYTES

SUFFIXES = (".mbox", ".mbx", ".txt", ".gz", "")
LOOKED_FOR = "files ending in .mbox, .txt (pipermail) or .gz, or with no ending, that begin with mail"
SNIFFED = 65_536
_CHUNK = 1 << 19
_EDGE = 4096
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source may cost; the defaults are far beyond any real list."""

    message_bytes: int = MESSAGE_BYTES
    inflated_bytes: int = 20_000_000_000
    ratio: int = 200
    ratio_counts_from: int = 64_000_000  # long lines of one letter pack better than 200:1 and are harmless when short


@dataclass(frozen=True, slots=True)
class Source:
    """One file; `name` is its path below what was handed in and names it in cursors and quarantine."""

    path: Path
    name: str
    size: int
    is_asked_for: bool  # named itself, not found in a folder


def find_sources(
    paths: Iterable[Path],
    *,
    suffixes: tuple[str, ...] = SUFFIXES,
    looked_for: str = LOOKED_FOR,
) -> list[Source]:
    """Every file below `paths` with one of `suffixes`, or named itself, by name; links to folders are not followed.

    Refuses paths that do not exist, and paths below which nothing is worth a look (BadInputError).
    """
    found: dict[Path, Source] = {}
    names: set[str] = set()
    for path in paths:
        if path.is_dir():
            candidates = [(file, file.relative_to(path)) for file in _files_below(path, suffixes)]
        elif path.is_file():
            candidates = [(path, Path(path.name))]
        else:
            what = "is neither a file nor a folder" if path.exists() else "is not there"
            reason = f"“{path.name}” {what}"
            raise BadInputError(reason, path=str(path))
        for file, relative in candidates:
            if file.resolve() not in found:
                name = _unused(os.fsencode(relative.as_posix()).decode("utf-8", "replace"), path, names)
                found[file.resolve()] = Source(file, name, file.stat().st_size, not path.is_dir())
    if not found:
        shown = ", ".join(str(path) for path in paths)
        reason = f"nothing found to import; looked for {looked_for}"
        raise BadInputError(reason, path=shown, looked_for=looked_for)
    return sorted(found.values(), key=lambda source: source.name)


def fingerprint(source: Source) -> str:
    """A digest of size, head and tail (a gzip's tail holds its checksum): unlike for any file that was added to.

    Refuses what cannot be opened (SourceError, `unreadable`).
    """
    try:
        with source.path.open("rb") as file:
            head = file.read(_EDGE)
            file.seek(max(0, source.size - _EDGE))
            tail = file.read(_EDGE)
    except OSError as error:
        raise _unreadable(source, error) from error
    return digest(b"%d\n%b\n%b" % (source.size, head, tail))


def digest(data: bytes) -> str:
    """A short digest to recognise bytes by."""
    return blake2b(data, digest_size=8).hexdigest()


class Inflater:
    """The bytes of one source in plain form, in chunks; says how many bytes of the file were read for them."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.read_bytes = 0
        self._limits = limits
        self._inflated = 0

    def head(self, size: int = SNIFFED) -> bytes:
        """The first `size` bytes, as many as there are; a cut or damaged file gives what can be had."""
        data = bytearray()
        try:
            for chunk in Inflater(self.source, self._limits).chunks(step=size):
                data += chunk
                if len(data) >= size:
                    break
        except SourceError:  # told again, with its place, when the file is read
            return bytes(data[:size])
        return bytes(data[:size])

    def chunks(self, start: int = 0, *, step: int = _CHUNK) -> Iterator[bytes]:
        """Plain bytes from offset `start` on; b"" now and then while nothing is due, so that a caller may stop.

        Refuses (SourceError, `details["fault"]`): `unreadable`, `truncated` and `damaged` gzip, and `bomb`: more bytes
        than a source may inflate to.
        """
        try:
            with self.source.path.open("rb") as file:
                is_gzip = file.read(2) == _GZIP
                file.seek(0 if is_gzip else start)
                if not is_gzip:
                    self.read_bytes = start
                    while chunk := file.read(step):
                        self.read_bytes += len(chunk)
                        yield chunk
                    return
                passed = 0
                for chunk in self._inflated_chunks(iter(lambda: file.read(step), b""), step):
                    passed += len(chunk)
                    yield chunk[max(0, start - (passed - len(chunk))) :] if passed > start else b""
        except OSError as error:
            raise _unreadable(self.source, error) from error

    def _inflated_chunks(self, packed: Iterator[bytes], step: int) -> Iterator[bytes]:
        unpack = zlib.decompressobj(wbits=31)
        for piece in packed:
            self.read_bytes += len(piece)
            rest = piece
            while rest:
                if unpack.eof:
                    if not rest.lstrip(b"\0"):  # padding of tapes and blocks
                        break
                    unpack = zlib.decompressobj(wbits=31)  # the next member: archives are often glued together
                try:
                    chunk = unpack.decompress(rest, step)
                except zlib.error as error:
                    raise self._fault(fault="damaged", reason="the packed data is damaged here") from error
                rest = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
                self._count(len(chunk))
                yield chunk
        while not unpack.eof and (chunk := unpack.flush(step)):
            self._count(len(chunk))
            yield chunk
        if not unpack.eof:
            raise self._fault(fault="truncated", reason="the file ends before its data does")

    def _count(self, size: int) -> None:
        self._inflated += size
        limits = self._limits
        is_dense = self._inflated > limits.ratio_counts_from and self._inflated > limits.ratio * self.read_bytes
        if is_dense or self._inflated > limits.inflated_bytes:
            reason = f"a small file that unpacks to more than {self._inflated // 1_000_000} MB"
            raise self._fault(fault="bomb", reason=reason)

    def _fault(self, *, fault: str, reason: str) -> SourceError:
        return SourceError(reason, path=self.source.name, fault=fault)


def _unreadable(source: Source, error: OSError) -> SourceError:
    return SourceError(error.strerror or "the file cannot be read", path=source.name, fault="unreadable")


def _files_below(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and path.suffix.lower() in suffixes and path.is_file():
                yield path


def _refuse(error: OSError) -> None:
    reason = f"a folder cannot be read: {error.strerror}"
    raise BadInputError(reason, path=str(error.filename)) from error


def _unused(name: str, path: Path, names: set[str]) -> str:
    """`name`, made different from the names given before where two folders hold files of one name."""
    candidate, count = name, 1
    while candidate in names:
        prefix = path.resolve().name if path.is_dir() else path.resolve().parent.name
        candidate = f"{prefix}/{name}" if count == 1 else f"{prefix} ({count})/{name}"
        count += 1
    names.add(candidate)
    return candidate
