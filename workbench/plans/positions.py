"""Positions: short strings that sort, with always one more between two of them, so that a move touches one card."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_BASE = len(DIGITS)
_WIDTH = 6
# Appending steps by this much of a six-digit number: room for 238,000 cards in a row, and for moves between any two.
_STEP = _BASE**3


def normal(position: str) -> str:
    """The one spelling of a position (no closing zeros); raises ValueError for a foreign character."""
    if not all(digit in _VALUES for digit in position):
        message = "a position holds digits and plain letters only"
        raise ValueError(message)
    return position.rstrip("0")


def between(low: str, high: str | None) -> str:
    """A position after `low` ("" is before everything) and before `high` (None is after everything).

    Raises ValueError when `high` does not come after `low`.
    """
    low = normal(low)
    if high is not None and normal(high) <= low:
        message = "there is no position between these two"
        raise ValueError(message)
    far = _stepped(low, high)
    if far is not None:
        return far
    width = max(_WIDTH, len(low), len(high or ""))
    while True:
        floor = _number(low, width)
        ceiling = _BASE**width if high is None else _number(high, width)
        found = (floor + ceiling) // 2
        if floor < found < ceiling:
            return _text(found, width).rstrip("0")
        width += 1


def run(low: str, high: str | None, count: int) -> list[str]:
    """`count` rising positions between two others."""
    positions: list[str] = []
    for _ in range(count):
        low = between(low, high)
        positions.append(low)
    return positions


def beside(position: str, number: int) -> str:
    """A position of its own behind `position`, before any that `between` makes next: for the times of one series."""
    high, low = divmod(number, _BASE - 1)
    return f"{normal(position).ljust(_WIDTH, '0')}{DIGITS[high]}{DIGITS[low + 1]}"


def _stepped(low: str, high: str | None) -> str | None:
    """One whole step beyond an open end, which keeps positions short; None between two, or when room runs out."""
    if high is None and low:
        found = _number(low[:_WIDTH], _WIDTH) + _STEP
    elif high is not None and not low:
        found = _number(high[:_WIDTH], _WIDTH) - _STEP
    else:
        return None
    return _text(found, _WIDTH).rstrip("0") if 0 < found < _BASE**_WIDTH else None


def _number(position: str, width: int) -> int:
    value = 0
    for digit in position.ljust(width, "0"):
        value = value * _BASE + _VALUES[digit]
    return value


def _text(number: int, width: int) -> str:
    digits: list[str] = []
    for _ in range(width):
        number, digit = divmod(number, _BASE)
        digits.append(DIGITS[digit])
    return "".join(reversed(digits))
