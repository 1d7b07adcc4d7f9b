"""A real PostgreSQL for the tests: Debian's packages. A cluster that Debian makes is neither used nor changed.

`python3 packaging/servers/postgres.py` installs it where it is missing; tests/rig/postgres.py starts one.
"""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import debian
import environment

DEBIAN = Path("/usr/lib/postgresql")
OLDEST = 15
PACKAGES = ("postgresql",)


def programs() -> "Path | None":
    """The folder of the newest server's programs (initdb, postgres), in Debian's place or on the path, or None."""
    found = [
        (int(folder.name), folder / "bin")
        for folder in (DEBIAN.iterdir() if DEBIAN.is_dir() else ())
        if folder.name.isdigit() and (folder / "bin" / "initdb").exists()
    ]
    newest = max(found, default=(0, None))
    if newest[0] >= OLDEST:
        return newest[1]
    initdb = shutil.which("initdb")
    return None if initdb is None else Path(initdb).resolve().parent


def is_installed() -> bool:
    """Whether a server can be started."""
    return programs() is not None


def install() -> None:
    """Installs PostgreSQL unless it is there. Raises SetupError, with the command that would help, where it cannot."""
    with environment.alone(environment.CACHE / "servers" / "postgres.lock"):
        if is_installed():
            return
        if not debian.is_debian():
            msg = f"The roll-up's tests need PostgreSQL {OLDEST} or newer. Install it, then run this again."
            raise environment.SetupError(msg)
        reason = "it takes an administrator"
        if debian.is_root():
            environment.say("Installing PostgreSQL for the tests (once, about 20 seconds)…")
            try:
                debian.install(PACKAGES)
            except debian.AptError as error:
                reason = f"apt-get said:\n{error}"
            if is_installed():
                return
        msg = f"PostgreSQL could not be installed ({reason}). Run:\n  {debian.command(PACKAGES)}"
        raise environment.SetupError(msg)


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
