"""Prompt: what a sign-in asks of the person in front of the screen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class PromptKind(StrEnum):
    """What the person is to do."""

    OPEN = "open"
    """Open `address` in the system's browser; the answer comes back by itself."""
    CODE = "code"
    """Open `address` on any device and type `code` there; the answer comes back by itself."""
    PASTE = "paste"
    """Open `address`, copy the text that is shown in the end, and hand it to `give`."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request to the person. The address and the code are for their eyes: neither is in a repr.

    `until` is when it ends; a newer prompt replaces an older one. `note` says in words why it is shown again.
    """

    kind: PromptKind
    address: str = field(repr=False)
    code: str = field(default="", repr=False)
    until: datetime | None = None
    note: str = ""
    give: Callable[[str], None] | None = field(default=None, repr=False, compare=False)

    def lines(self) -> str:
        """The request in words, for a terminal."""
        asked = {
            PromptKind.OPEN: f"Open this address in a browser on this computer and sign in:\n  {self.address}",
            PromptKind.CODE: f"Open this address on any device:\n  {self.address}\nand type this code:\n  {self.code}",
            PromptKind.PASTE: (
                f"Open this address, allow the access, and paste the text that is shown then:\n  {self.address}"
            ),
        }[self.kind]
        return f"{self.note}\n{asked}" if self.note else asked


Show = Callable[[Prompt], None]
"""Shows a prompt and comes back at once; called from the thread that signs in."""
