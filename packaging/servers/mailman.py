"""A real Mailman 3 with HyperKitty for the tests, in `.cache/servers/mailman` and in an environment of its own.

`python3 packaging/servers/mailman.py` installs it where it is missing; tests/rig/hyperkitty.py starts it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import environment
from locked import Locked

MAILMAN = Locked("mailman", "Installing a real mailing-list server for the tests (once, about a minute)…")
# Later versions lack modules that this Mailman imports.
PYTHONS = ((3, 11), (3, 12))


def install() -> None:
    """Installs Mailman and HyperKitty unless they are there.

    Raises SetupError on a Python they do not run on, and when pip does not succeed.
    """
    if not MAILMAN.is_installed() and sys.version_info[:2] not in PYTHONS:
        msg = "The Mailman used by the tests runs on Python 3.11 and 3.12 only. Run: python3.12 dev.py test"
        raise environment.SetupError(msg)
    MAILMAN.install()


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
