"""A real Mailman 3 with HyperKitty for the tests, in `.cache/servers/mailman` and in an environment of its own.

`python3 packaging/servers/mailman.py` installs it where it is missing; tests/rig/hyperkitty.py starts it.
"""

import hashlib
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import environment

FOLDER = environment.CACHE / "servers" / "mailman"
VENV = FOLDER / "venv"
STAMP = FOLDER / "installed"
LOCK = Path(__file__).resolve().with_name("mailman.lock")
# Later versions lack modules that this Mailman imports.
PYTHONS = ((3, 11), (3, 12))


def _key() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}"


def is_installed() -> bool:
    """Whether the version in the lock file is installed, whole."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8").strip() == _key()


def install() -> None:
    """Installs Mailman and HyperKitty unless they are there.

    Raises SetupError on a Python they do not run on, and when pip does not succeed.
    """
    with environment.alone(FOLDER.parent / "mailman.lock"):
        if is_installed():
            return
        if sys.version_info[:2] not in PYTHONS:
            msg = "The Mailman used by the tests runs on Python 3.11 and 3.12 only. Run: python3.12 dev.py test"
            raise environment.SetupError(msg)
        environment.say("Installing a real mailing-list server for the tests (once, about a minute)…")
        # The stamp goes last: a folder without it was cut short and is made anew.
        if FOLDER.exists():
            shutil.rmtree(FOLDER)
        environment.make_venv(VENV)
        environment.install_locked(VENV, LOCK, may_build=True)
        STAMP.write_text(_key() + "\n", encoding="utf-8")


def main() -> int:
    """Installs, and says what is in the way."""
    try:
        install()
    except environment.SetupError as error:
        environment.say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
