"""Crowd: a set of people as one whole number: hundreds of thousands of them are put together in microseconds."""

from collections.abc import Iterable, Iterator, Set
from itertools import compress
from typing import Final, cast

from typing_extensions import override

from workbench.ids import PersonId

_IS_SET: Final = bytes.maketrans(b"01", b"\x00\x01")
_ONE: Final = ord("1")


class Crowd(Set[PersonId]):
    """Those people whose bits are set: the place of a bit is the id of a person.

    A set like any other, and with other crowds a fast one. It is as long as the highest id in it, so it is for most
    people of a network and not for a few of them.
    """

    __slots__ = ("_bytes", "bits")

    def __init__(self, bits: int = 0) -> None:
        self.bits = bits
        self._bytes: bytes | None = None

    @classmethod
    def of(cls, people: Iterable[PersonId]) -> "Crowd":
        """These people, each once."""
        if isinstance(people, Crowd):
            return people
        known = list(people)
        digits = bytearray(b"0") * (max(known, default=0) + 1)
        for person in known:
            digits[person] = _ONE
        digits.reverse()
        return cls(int(digits, 2))

    @override
    def __contains__(self, person: object) -> bool:
        if self._bytes is None:
            self._bytes = self.bits.to_bytes(self.bits.bit_length() // 8 + 1, "little")
        place, bit = divmod(cast("int", person), 8)
        return place < len(self._bytes) and bool(self._bytes[place] >> bit & 1)

    @override
    def __iter__(self) -> Iterator[PersonId]:
        # The digits of the number from behind: the place of each one is an id.
        digits = bin(self.bits)[:1:-1].encode().translate(_IS_SET)
        return cast("Iterator[PersonId]", compress(range(len(digits)), digits))

    @override
    def __len__(self) -> int:
        return self.bits.bit_count()

    @override
    def __and__(self, other: Set[PersonId]) -> "Crowd":
        return Crowd(self.bits & Crowd.of(other).bits)

    __rand__ = __and__

    @override
    def __or__(self, other: Set[PersonId]) -> "Crowd":  # type: ignore[override]  # as said above
        return Crowd(self.bits | Crowd.of(other).bits)

    __ror__ = __or__

    @override
    def __sub__(self, other: Set[PersonId]) -> "Crowd":
        return Crowd(self.bits & ~Crowd.of(other).bits)

    def __rsub__(self, other: Set[PersonId]) -> "Crowd":
        return Crowd.of(other) - self
