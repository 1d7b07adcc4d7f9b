"""perceval, which the bench is measured against, in `.cache/servers/perceval` and in an environment of its own.

`python3 packaging/servers/perceval.py` installs it where it is missing; tests/bench/sync_perceval.py runs it.
"""

import hashlib
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import environment

FOLDER = environment.CACHE / "servers" / "perceval"
VENV = FOLDER / "venv"
STAMP = FOLDER / "installed"
LOCK = Path(__file__).resolve().with_name("perceval.lock")


def _key() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}"


def is_installed() -> bool:
    """Whether the version in the lock file is installed, whole."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8").strip() == _key()


def install() -> None:
    """Installs perceval unless it is there. Raises SetupError when pip does not succeed."""
    with environment.alone(FOLDER.parent / "perceval.lock"):
        if is_installed():
            return
        environment.say("Installing perceval, to measure against (once, about a minute)…")
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
