"""Packing: an office document's ZIP with one time for every entry, so that equal summaries give equal bytes."""

import io
import zipfile

# The earliest time a ZIP can hold.
_TIME = (1980, 1, 1, 0, 0, 0)


def same_bytes(document: bytes) -> bytes:
    """The same entries in the same order, each at one fixed time, packed as small as deflate can."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            packed.writestr(info, source.read(entry), compresslevel=9)
    return buffer.getvalue()
