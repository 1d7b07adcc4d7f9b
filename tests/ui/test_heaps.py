"""Memory that was needed for a moment goes back to the system, once nothing is being read."""

import ctypes
from pathlib import Path

from workbench.ui.heaps import HeapKeeper, give_back

_PIECES, _BYTES = 40_000, 1_500
"""60 MB, in pieces that the C library does not hand back one by one."""


def resident() -> int:
    """Bytes of memory in use; nothing where the system does not tell it as Linux does."""
    told = Path("/proc/self/statm")
    return int(told.read_text(encoding="ascii").split()[1]) * 4096 if told.exists() else 0


def test_what_is_free_goes_back_to_the_system():
    library = ctypes.CDLL(None)
    library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    pieces = [library.malloc(_BYTES) for _ in range(_PIECES)]
    for piece in pieces:
        ctypes.memset(piece, 1, _BYTES)
    kept = pieces.pop()  # behind all the others: only what lies behind it would go back by itself
    for piece in pieces:
        library.free(piece)
    before = resident()
    give_back()
    assert resident() <= before - _PIECES * _BYTES // 2 or not hasattr(library, "malloc_trim")
    library.free(kept)


def test_it_waits_until_nothing_is_read_any_more(qtbot):
    asked: list[bool] = []

    def is_busy() -> bool:
        asked.append(len(asked) < 1)
        return asked[-1]

    keeper = HeapKeeper(is_busy=is_busy)
    assert not keeper.is_waiting
    keeper.ended()
    assert keeper.is_waiting
    qtbot.waitUntil(lambda: not keeper.is_waiting)
    assert asked == [True, False]
    keeper.ended()
    keeper.stop()
    assert not keeper.is_waiting
