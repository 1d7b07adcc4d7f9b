"""What a Yammer message says of its files. Previews of links, polls and praise stand in the same list and are none."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from workbench.sync.records import AttachmentRecord

_FILES: Final = frozenset({"file", "image", "video", "document", "uploadedfile"})


def attached(item: Mapping[str, Any]) -> tuple[AttachmentRecord, ...]:
    """The files in a message's `attachments`; each key of them may be missing and any may be added."""
    listed = item.get("attachments")
    found = {file.remote_id: file for file in _files(listed if isinstance(listed, list) else [])}
    return tuple(found.values())


def _files(listed: list[object]) -> Iterator[AttachmentRecord]:
    for item in listed:
        number = item.get("id") if isinstance(item, dict) else None
        if not isinstance(item, dict) or not isinstance(number, int | str) or isinstance(number, bool):
            continue
        if str(item.get("type") or item.get("object_type") or "").lower() not in _FILES:
            continue
        size = item.get("size")
        yield AttachmentRecord(
            remote_id=str(number),
            name=_first(item, "original_name", "full_name", "name", "title") or str(number),
            media_type=_first(item, "content_type"),
            size=size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else None,
            address=_address(item),
        )


def _address(item: Mapping[str, Any]) -> str | None:
    """Where the content is; a page about the file (`web_url`) is none. Files in SharePoint have only that."""
    picture = item.get("image")
    inside = _first(picture, "url") if isinstance(picture, dict) else ""
    address = _first(item, "download_url") or inside or _first(item, "url")
    return address if address.startswith(("https://", "http://")) else None


def _first(item: Mapping[str, Any], *names: str) -> str:
    """The first of these that says something, without half characters, which a database cannot keep."""
    texts = (item.get(name) for name in names)
    found = next((text for text in texts if isinstance(text, str) and text.strip()), "")
    return " ".join(found.encode("utf-8", "replace").decode("utf-8").split())
