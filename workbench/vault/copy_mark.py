"""CopyMark: tells a profile from a copy of it, by the machine and the very file its database is."""

import json
import secrets
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

from workbench.errors import store_error
from workbench.vault.card import write_whole

MARK_NAME = "copy.json"
_MACHINE_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


@dataclass(frozen=True, slots=True)
class CopyMark:
    """`copy` names this copy of the profile; `place` is a digest of where it was used last."""

    copy: str
    place: str


def place_of(database: Path) -> str:
    """A digest of this machine and of the file: another machine, a copied and a restored file each give another one.

    A file that is renamed or moved within its disk keeps its number, and so its place. Where the system names no
    machine, the file alone decides.
    """
    try:
        number = database.stat().st_ino
    except OSError as error:
        raise store_error(error) from error
    return blake2b(f"{machine()}\x1f{number}".encode(), digest_size=16, person=b"workbench copy").hexdigest()


def machine() -> str:
    """What the system calls this machine, empty where it does not say."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - there is none elsewhere

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        return ""
    for path in _MACHINE_FILES:
        with suppress(OSError, ValueError):  # there is none in many containers
            return path.read_text(encoding="ascii").strip()
    return ""


def read_mark(profile: Path) -> CopyMark | None:
    """The mark of a profile; None where there is none that can be read, which says as little as a foreign one."""
    try:
        values = json.loads((profile / MARK_NAME).read_text(encoding="utf-8"))
        return CopyMark(str(values["copy"]), str(values["place"]))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise store_error(error) from error
    except (ValueError, KeyError, TypeError):
        return None


def write_mark(profile: Path, mark: CopyMark) -> None:
    """Writes the mark whole or not at all."""
    write_whole(profile / MARK_NAME, json.dumps(asdict(mark), indent=2) + "\n")


def new_copy() -> str:
    """A name for a copy that has none yet."""
    return secrets.token_hex(16)
