"""WindowState: how the window looked last time, in `window.json` beside the database; holds no names and no text.

It is a file of its own because it is wanted before the first paint, when no key has been asked for and no database is
open, and because saving it must not load the writing half of the program.
"""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

FILE_NAME: Final = "window.json"
_FRAME: Final = (16, 40)
"""What the system draws around a window, at most: two borders, and a title with a border below. Only the system knows
it, and not before the window is shown."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """`geometry` is Qt's own text; `scope` are community ids; `rail` is wide, narrow or auto."""

    geometry: str = ""
    page: str = "today"
    scope: tuple[int, ...] = ()
    period: str = ""
    theme: str = "system"
    text_scale: float = 1.0
    rail: str = "auto"
    shows_inspector: bool = True
    shows_tables: bool = False


def load_state(profile: Path) -> WindowState:
    """What was saved; defaults where there is nothing, or nothing that can be read."""
    try:
        found = json.loads((profile / FILE_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return WindowState()
    if not isinstance(found, dict):
        return WindowState()
    state = WindowState()
    fitting: dict[str, Any] = {}
    for field in fields(WindowState):
        value = found.get(field.name)
        if field.name == "scope" and isinstance(value, list) and all(isinstance(one, int) for one in value):
            fitting["scope"] = tuple(value)
        elif type(value) is type(getattr(state, field.name)):
            fitting[field.name] = value
    return replace(state, **fitting)


def save_state(profile: Path, state: WindowState) -> bool:
    """Writes it whole or not at all; False where the folder does not let us, which harms nothing."""
    path = profile / FILE_NAME
    fresh = path.with_suffix(".new")
    try:
        fresh.write_text(json.dumps(asdict(state)), "utf-8")
        fresh.replace(path)
    except OSError:
        return False
    return True


def first_size(usual: tuple[int, int], *, room: tuple[int, int]) -> tuple[int, int]:
    """Width and height of a window shown for the first time: the usual ones, or what `room` on the screen leaves."""
    return min(usual[0], room[0] - _FRAME[0]), min(usual[1], room[1] - _FRAME[1])
