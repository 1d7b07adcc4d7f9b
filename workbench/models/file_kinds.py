"""What kind of file it is, by its media type and the end of its name: what may be fetched unasked, what is shown."""

import mimetypes
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final


class FileKind(StrEnum):
    """Kinds of files as far as anything here treats them differently."""

    PICTURE = "picture"
    DOCUMENT = "document"
    TEXT = "text"
    SOUND = "sound"
    FILM = "film"
    PACKED = "packed"
    PROGRAM = "program"
    OTHER = "other"


UNASKED: Final = frozenset({FileKind.PICTURE, FileKind.DOCUMENT, FileKind.TEXT})
"""What a sync brings by itself; anything else only when a person asks for it."""
NAME_LENGTH: Final = 120

_PROGRAMS: Final = frozenset({
    "app", "apk", "bat", "cmd", "com", "cpl", "deb", "desktop", "dll", "dmg", "exe", "gadget", "hta", "htm", "html",
    "inf", "iso", "jar", "js", "jse", "lnk", "msc", "msi", "msp", "mjs", "pif", "pkg", "ps1", "py", "reg", "rpm", "scf",
    "scr", "sh", "svg", "url", "vb", "vbe", "vbs", "wsf", "wsh", "xhtml", "xll",
})  # fmt: skip
_DOCUMENTS: Final = frozenset({
    "application/pdf", "application/rtf", "application/msword", "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint", "text/calendar",
})  # fmt: skip
_OFFICE: Final = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")
_PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
_TEXTS: Final = frozenset({"text/plain", "text/csv", "text/markdown"})
_PACKED: Final = frozenset({
    "application/zip", "application/gzip", "application/x-7z-compressed", "application/x-tar", "application/vnd.rar",
})  # fmt: skip
_UNSAID: Final = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/download"})
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789")}
)
_NOT_IN_NAMES: Final = frozenset('<>:"/\\|?*')
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def media_type_of(media_type: str, name: str) -> str:
    """What was said, or, where that says nothing, what the end of the name stands for; may be empty."""
    said = media_type.partition(";")[0].strip().lower()
    if said not in _UNSAID:
        return said
    return mimetypes.guess_type(name)[0] or said


def kind_of(media_type: str, name: str) -> FileKind:
    """The kind of a file. What a double click could run is a program, whatever its media type says."""
    if PurePosixPath(name).suffix.lower().removeprefix(".").strip() in _PROGRAMS:
        return FileKind.PROGRAM
    said = media_type_of(media_type, name)
    exact = {
        FileKind.PICTURE: _PICTURES, FileKind.DOCUMENT: _DOCUMENTS, FileKind.TEXT: _TEXTS, FileKind.PACKED: _PACKED,
    }  # fmt: skip
    for kind, types in exact.items():
        if said in types:
            return kind
    if said.startswith(_OFFICE):
        return FileKind.DOCUMENT
    return {"audio": FileKind.SOUND, "video": FileKind.FILM}.get(said.partition("/")[0], FileKind.OTHER)


def safe_name(name: str) -> str:
    """A name any system takes for a file in a folder: no path, no marks that turn text round, nothing reserved."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        "_" if sign in _NOT_IN_NAMES or not sign.isprintable() else sign for sign in last if sign not in _TURNING
    )
    kept = kept.strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(kept) > NAME_LENGTH:
        kept = f"{stem[: NAME_LENGTH - len(ending[:20]) - 1]}.{ending[:20]}"
    kept = kept[:NAME_LENGTH]
    return f"_{kept}" if kept.partition(".")[0].casefold() in _RESERVED else kept or "file"
