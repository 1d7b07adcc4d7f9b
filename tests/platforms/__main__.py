"""`python3 dev.py platform NAME`: one stand-in with an invented network, for trying the program by hand."""

import argparse
import signal
import sys
import threading
from importlib import import_module

from tests.platforms.server import Asked, StandIn
from tests.platforms.world import a_world
from workbench.clock import SystemClock

NAMES = {
    "viva-engage": "viva_engage",
    "discourse": "discourse",
    "hcl-connections": "hcl_connections",
    "open-social": "open_social",
    "google-analytics": "google_analytics",
    "hyperkitty": "hyperkitty",
}


def stand_in(name: str) -> type[StandIn]:
    """The stand-in of one platform; its file names it `STAND_IN`."""
    found: type[StandIn] = import_module(f"tests.platforms.{NAMES[name]}").STAND_IN
    return found


def main(arguments: list[str]) -> int:
    """Serves until it is stopped."""
    parser = argparse.ArgumentParser(prog="dev.py platform", description=__doc__)
    parser.add_argument("name", choices=sorted(NAMES))
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--groups", type=int, default=5)
    parser.add_argument("--messages", type=int, default=600)
    parser.add_argument("--set", action="append", default=[], metavar="SWITCH", help="a switch to turn on")
    told = parser.parse_args(arguments)
    kind = stand_in(told.name)
    unknown = sorted(set(told.set) - kind.SWITCHES.keys())
    if unknown:
        listed = "\n".join(f"  {name:<22} {text}" for name, text in kind.SWITCHES.items())
        print(f"{told.name} has no switch {unknown[0]}. It has:\n{listed}", file=sys.stderr)
        return 2
    clock = SystemClock()
    world = a_world(people=told.people, groups=told.groups, messages=told.messages, end=clock.now())
    stopped = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: stopped.set())
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    platform = kind(world, **dict.fromkeys(told.set, True))

    def let_time_pass(_asked: Asked) -> None:
        world.now = clock.now()

    platform.before = let_time_pass
    platform.start(told.port)
    try:
        print(f"{told.name} answers at {platform.address} until you press Ctrl+C.", flush=True)
        for line in platform.how_to_sign_in():
            print(f"  {line}", flush=True)
        stopped.wait()
    finally:
        platform.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
