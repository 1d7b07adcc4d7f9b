"""Whether a folder can hold a profile: network drives and synced folders cannot."""

import sys
from collections.abc import Callable
from pathlib import Path

from workbench.errors import BadInputError

# The write-ahead log needs memory shared between processes of one machine, which these do not give. 9p and virtiofs are
# not listed: virtual machines reach their own disk by them.
NETWORK_KINDS = frozenset(
    {
        "afs", "afpfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone",
        "fuse.s3fs", "fuse.sshfs", "fuse.glusterfs", "glusterfs", "gfs2", "gpfs", "lustre", "ncpfs", "nfs", "nfs4",
        "ocfs2", "remote", "smb2", "smb3", "smbfs", "webdav",
    }
)  # fmt: skip

# Folder names that sync clients make, in lower case, as whole names or as a beginning followed by " - " or "(".
_SYNCED_NAMES = (
    "dropbox", "google drive", "googledrive", "icloud drive", "megasync", "my drive", "nextcloud", "onedrive",
    "owncloud", "pcloud drive", "pclouddrive", "proton drive", "seafile", "syncthing", "tresorit", "yandex.disk",
)  # fmt: skip
_SYNCED_EXACT = frozenset({"cloudstorage", "mobile documents"})
_SYNCED_MARKS = (".dropbox.cache", ".stfolder", ".owncloudsync.log", ".nextcloudsync.log", ".seafile-data")

FileSystemKind = Callable[[Path], str]


def refuse_shared_place(folder: Path, *, kind_of: FileSystemKind | None = None) -> None:
    """BadInputError where `folder` lies on a network drive or is copied elsewhere by a sync client.

    Two machines, or a sync client, writing into the files of an open database destroys it; nothing here can prevent
    that, so such places are refused before anything is made.
    """
    real = folder.resolve()
    kind = (kind_of or file_system_kind)(real).casefold()
    if kind in NETWORK_KINDS:
        message = "the profile folder is on a network drive; choose a folder on this computer"
        raise BadInputError(message, folder=str(folder))
    if is_synced(real):
        message = "the profile folder is copied elsewhere by a sync program; choose a folder it leaves alone"
        raise BadInputError(
            message,
            folder=str(folder),
        )


def is_synced(folder: Path) -> bool:
    """Whether the folder lies inside one that a sync client keeps, by the names and marks such clients leave."""
    return any(
        _is_synced_name(part.name) or any((part / mark).exists() for mark in _SYNCED_MARKS) for part in _up(folder)
    )


def file_system_kind(folder: Path) -> str:
    """The kind of file system `folder` lies on, in the system's own word; "" where it cannot be found out."""
    existing = next(part for part in _up(folder) if part.exists())
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only here

        # 4 is DRIVE_REMOTE.
        is_remote = ctypes.windll.kernel32.GetDriveTypeW(str(existing.anchor)) == 4  # noqa: PLR2004 - the number of the system call
        return "remote" if is_remote or existing.anchor.startswith("\\\\") else ""
    if sys.platform == "darwin":
        return _kind_among(existing, _mounts_of_mac())
    try:
        return _kind_among(existing, parse_mounts(Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")))
    except OSError:  # no /proc: nothing can be said, and local disks are the rule
        return ""


def parse_mounts(text: str) -> list[tuple[str, str]]:
    """(mount point, kind) from the text of /proc/mounts, where blanks in names are written as octal."""
    mounts = []
    for line in text.splitlines():
        fields = line.split(" ")
        if len(fields) > 2:  # noqa: PLR2004 - device, place, kind
            place = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
            mounts.append((place, fields[2]))
    return mounts


def _kind_among(folder: Path, mounts: list[tuple[str, str]]) -> str:
    best, kind = -1, ""
    for place, its_kind in mounts:
        # Of two mounts on one place the later one is seen, hence >=.
        if folder.is_relative_to(place) and len(place) >= best:
            best, kind = len(place), its_kind
    return kind


def _mounts_of_mac() -> list[tuple[str, str]]:
    import subprocess  # noqa: PLC0415 - only here

    try:
        answer = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True)
    except (OSError, subprocess.SubprocessError):  # nothing can be said, and local disks are the rule
        return []
    mounts = []
    for line in answer.stdout.splitlines():  # "//u@host/share on /Volumes/share (smbfs, nodev)"
        place, _, rest = line.partition(" on ")[2].rpartition(" (")
        mounts.append((place, rest.partition(",")[0].rstrip(")")))
    return mounts


def _is_synced_name(name: str) -> bool:
    lower = name.casefold()
    return lower in _SYNCED_EXACT or any(
        lower == known or lower.startswith((f"{known} - ", f"{known} (")) for known in _SYNCED_NAMES
    )


def _up(folder: Path) -> list[Path]:
    return [folder, *folder.parents]
