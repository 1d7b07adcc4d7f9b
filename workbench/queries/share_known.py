"""How much of the days is known, in whole per cent: one rounding for the window, the documents and the command line."""

from math import floor

_HAIR = 1e-9
"""What a share may lie below a whole per cent because it is a fraction in binary: 0.29 is 28.999999999999996 of 100."""


def whole_percents(share: float) -> int:
    """A share from 0 to 1 in whole per cent, never rounded up to what is not known: 0.999 is 99."""
    return floor(share * 100 + _HAIR)
