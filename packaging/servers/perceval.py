"""perceval, which the bench is measured against, in `.cache/servers/perceval` and in an environment of its own.

`python3 packaging/servers/perceval.py` installs it where it is missing; tests/bench/sync_perceval.py runs it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import environment
from locked import Locked

PERCEVAL = Locked("perceval", "Installing perceval, to measure against (once, about a minute)…")


def install() -> None:
    """Installs perceval unless it is there. Raises SetupError when pip does not succeed."""
    PERCEVAL.install()


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
