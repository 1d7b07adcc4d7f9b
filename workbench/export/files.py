"""Writing a document: whole or not at all, and an unwritable place is found before any work is done."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from workbench.errors import ExportError, NoSpaceError, store_error


def refuse_unwritable(path: Path) -> None:
    """Raises ExportError unless a file can be made beside `path` and `path` itself is no folder."""
    try:
        if path.is_dir():
            raise IsADirectoryError(path)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".workbench-", suffix=".part")
        os.close(descriptor)
        Path(name).unlink()
    except OSError as error:
        raise _export_error(path, error) from error


def write_whole(path: Path, document: bytes) -> None:
    """Writes to a file beside `path`, syncs it and renames it; what was there before stays until the last step."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".workbench-", suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(document)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise _export_error(path, error) from error


def write_table(path: Path, text: str) -> None:
    """Writes CSV whole, after the byte order mark by which spreadsheets know Arabic and Chinese."""
    write_whole(path, ("\ufeff" + text).encode())


def _export_error(path: Path, error: OSError) -> Exception:
    """A full disk keeps its own words; everything else is about the place."""
    translated = store_error(error)
    if isinstance(translated, NoSpaceError):
        return translated
    return ExportError(error.strerror or "the file could not be written", path=str(path))
