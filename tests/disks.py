"""Disks that are full or cannot be written, made by whatever this machine lets a test do."""

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_NOBODY = 65534


@dataclass(frozen=True)
class SmallDisk:
    """`is_real`: a file system of that size; otherwise only single files are held to it."""

    folder: Path
    is_real: bool


@contextmanager
def a_small_disk(size: int) -> Iterator[SmallDisk]:
    """A folder that takes about `size` bytes: a tmpfs where we may mount one, else a limit on each file's length."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-disk-"))
    is_real = _runs("mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", str(folder))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        if not is_real:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        yield SmallDisk(folder, is_real)
    finally:
        if is_real:
            assert _runs("umount", "-l", str(folder))
        else:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        shutil.rmtree(folder)


@contextmanager
def an_unwritable(folder: Path) -> Iterator[Path]:
    """The same folder, moved where nothing in it can be made or changed: a read-only mount, else by its rights."""
    place = Path(tempfile.mkdtemp(prefix="workbench-disk-"))
    place.chmod(0o755)
    if _runs("mount", "--bind", str(folder), str(place)) and _runs("mount", "-o", "remount,bind,ro", str(place)):
        try:
            yield place
        finally:
            assert _runs("umount", "-l", str(place))
            place.rmdir()
        return
    shutil.copytree(folder, place, dirs_exist_ok=True)
    paths = [place, *place.rglob("*")]
    is_root = os.geteuid() == 0
    try:
        for path in paths:
            if is_root:
                os.chown(path, _NOBODY, _NOBODY)
            path.chmod(0o500 if path.is_dir() else 0o400)
        if is_root:  # rights do not bind root
            os.seteuid(_NOBODY)
        yield place
    finally:
        if is_root:
            os.seteuid(0)
        for path in paths:
            path.chmod(0o700)
        shutil.rmtree(place)


def _runs(*command: str) -> bool:
    if os.geteuid() != 0 or shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
