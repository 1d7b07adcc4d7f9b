"""What a Discourse post says of its files: uploads in what was typed, or else in what is shown."""

import mimetypes
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from typing_extensions import override

from workbench.sync.records import AttachmentRecord

_TYPED: Final = re.compile(
    r"!?\[(?P<name>[^\]\n]{0,400})\]\(upload://(?P<file>[A-Za-z0-9]{10,40}(?:\.[A-Za-z0-9]{1,10})?)\)"
    r"(?:\s{0,3}\((?P<size>[0-9][0-9.,]{0,10})\s?(?P<unit>Bytes|KB|MB|GB)\))?",
    re.IGNORECASE,
)
_SHOWN_SIZE: Final = re.compile(r"\s*\((?P<size>[0-9][0-9.,]{0,10})\s?(?P<unit>Bytes|KB|MB|GB)\)", re.IGNORECASE)
_UNITS: Final = {"bytes": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3}
_EMOJI: Final = "emoji"
_LONGEST: Final = 500_000


def uploads(raw: object, cooked: object) -> tuple[AttachmentRecord, ...]:
    """The files of a post, each once. What the forum writes of sizes is rounded, so it is what is known of them."""
    if isinstance(raw, str):
        found = _typed(raw) if "upload://" in raw else iter(())
    elif isinstance(cooked, str) and ("attachment" in cooked or "lightbox" in cooked):
        reader = _Shown()
        reader.feed(cooked[:_LONGEST])
        reader.close()
        found = iter(reader.files)
    else:
        return ()
    return tuple({file.remote_id: file for file in found}.values())


def _typed(raw: str) -> Iterator[AttachmentRecord]:
    for match in _TYPED.finditer(raw):
        file = match["file"]
        # "map|690x388" for a picture, "plan.pdf|attachment" for any other file.
        name = match["name"].partition("|")[0].strip()
        ending = file.partition(".")[2]
        if ending and not name.lower().endswith(f".{ending.lower()}"):
            name = f"{name or 'file'}.{ending}"
        yield AttachmentRecord(
            file.partition(".")[0], name or file, _type(name), _size(match["size"], match["unit"]),
            f"uploads/short-url/{file}",
        )  # fmt: skip


class _Shown(HTMLParser):
    """Links to files and to pictures in full size, as a forum shows them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.files: list[AttachmentRecord] = []
        self._open: tuple[str, str] | None = None
        self._words: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes, link = given.get("class", "").split(), given.get("href", "")
        if tag != "a" or not link or _EMOJI in classes:
            return
        if "attachment" in classes:
            self._open, self._words = (link, ""), []
        elif "lightbox" in classes:
            self._open, self._words = (link, given.get("title", "")), []

    @override
    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._words.append(data)
        elif self.files and self.files[-1].size is None and (found := _SHOWN_SIZE.match(data)):
            last = self.files[-1]
            size = _size(found["size"], found["unit"])
            self.files[-1] = AttachmentRecord(last.remote_id, last.name, last.media_type, size, last.address)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag != "a" or self._open is None:
            return
        link, title = self._open
        self._open = None
        file = link.partition("?")[0].rpartition("/")[2]
        name = title.strip() or " ".join("".join(self._words).split())
        ending = file.partition(".")[2]
        if ending and not name.lower().endswith(f".{ending.lower()}"):
            name = f"{name or 'file'}.{ending}"
        self.files.append(AttachmentRecord(file.partition(".")[0] or link, name or file, _type(name), None, link))


def _type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or ""


def _size(number: str | None, unit: str | None) -> int | None:
    if number is None or unit is None:
        return None
    try:
        return round(float(number.replace(",", ".")) * _UNITS[unit.lower()])
    except ValueError:  # "1.2.3"
        return None
