"""Archives that were made to harm, each refused with its reason before anything of it is used."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.errors import SourceError
from workbench.sync.zip_gate import GatedZip, ZipLimits, open_archive

WORDS = b"".join(b"%d water points, some of them dry\n" % number for number in range(3_000))


def packed(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def patched(data: bytes, *, signature: bytes, offset: int, form: str, value: int) -> bytes:
    """`data` with a number in the first header of this kind replaced."""
    at = data.index(signature) + offset
    return data[:at] + struct.pack(form, value) + data[at + struct.calcsize(form) :]


def a_link() -> bytes:
    info = zipfile.ZipInfo("Messages.csv")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return packed((info, b"/etc/passwd"))


def renamed(old: bytes, new: bytes) -> bytes:
    return packed((old.decode(), WORDS)).replace(old, new)


def overlapping() -> bytes:
    """Two entries of the table of contents that share the bytes of one."""
    data = bytearray(packed(("a.csv", WORDS), ("b.csv", WORDS)))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(data)


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes((data[at] ^ 0x55,)) + data[at + 1 :]


ONE = packed(("Messages.csv", WORDS))
STORED = packed(("Messages.csv", WORDS), method=zipfile.ZIP_STORED)
END, CENTRAL, LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
AT_THE_DOOR: dict[str, tuple[Callable[[], bytes], str]] = {
    "no archive": (lambda: b"From amina at example.org", "not_zip"),
    "nothing": (lambda: b"", "not_zip"),
    "cut in the middle": (lambda: ONE[: len(ONE) // 2], "truncated"),
    "cut at its last byte": (lambda: ONE[:-1], "truncated"),
    "a table of contents elsewhere": (
        lambda: patched(ONE, signature=END, offset=16, form="<I", value=0xFFFFFF),
        "overlap",
    ),
    "a table of contents of 4 GB": (
        lambda: patched(ONE, signature=END, offset=12, form="<I", value=0xFFFFFFF0),
        "truncated",
    ),
    "a parent folder": (lambda: packed(("../../Messages.csv", WORDS)), "unsafe_name"),
    "a parent folder by backslash": (lambda: renamed(b"a__b__Messages.csv", b"..\\..\\Messages.csv"), "unsafe_name"),
    "a root": (lambda: packed(("/etc/cron.d/job", WORDS)), "unsafe_name"),
    "a drive": (lambda: packed(("C:/Messages.csv", WORDS)), "unsafe_name"),
    "a name with NUL": (lambda: renamed(b"Messages_csv", b"Messages\x00csv"), "unsafe_name"),
    "a link": (a_link, "link"),
    "encrypted": (lambda: patched(ONE, signature=CENTRAL, offset=8, form="<H", value=1), "encrypted"),
    "20,001 files": (lambda: packed(*((f"{number}", b"") for number in range(20_001))), "too_many"),
    "a bomb": (lambda: packed(("Messages.csv", bytes(70_000_000))), "bomb"),
    "a bomb in many pieces": (lambda: packed(*((f"{n}.csv", bytes(9_000_000)) for n in range(8))), "bomb"),
    "a promise of 4 GB": (lambda: patched(ONE, signature=CENTRAL, offset=24, form="<I", value=0xFFFFFF00), "bomb"),
    "shared bytes": (overlapping, "overlap"),
    "an entry longer than the file": (
        lambda: patched(ONE, signature=CENTRAL, offset=20, form="<I", value=0x0FFFFFFF),
        "overlap",
    ),
}


@pytest.fixture
def at(tmp_path: Path) -> Callable[[bytes], Path]:
    def written(data: bytes) -> Path:
        path = tmp_path / "export.zip"
        path.write_bytes(data)
        return path

    return written


def test_a_whole_archive_is_listed_and_streamed(at):
    with open_archive(at(packed(("folder/", b""), ("folder/Messages.csv", WORDS), ("log.txt", b"")))) as archive:
        assert [(entry.name, entry.size) for entry in archive.entries] == [
            ("folder/Messages.csv", len(WORDS)),
            ("log.txt", 0),
        ]
        with archive.stream("folder/Messages.csv") as stream:
            first = stream.read(7)
            assert first + stream.read() == WORDS
            assert stream.tell() == len(WORDS)
        with archive.stream("log.txt") as stream:
            assert stream.read() == b""


def test_bytes_before_the_archive_do_no_harm(at):
    with open_archive(at(b"#!/bin/sh\n" + ONE)) as archive, archive.stream("Messages.csv") as stream:
        assert stream.read() == WORDS


@pytest.mark.parametrize("what", AT_THE_DOOR)
def test_a_hostile_archive_is_refused_at_the_door(what: str, at):
    make, fault = AT_THE_DOOR[what]
    with pytest.raises(SourceError) as caught:
        open_archive(at(make()))
    assert caught.value.details == {"path": "export.zip", "fault": fault}


def test_one_name_for_two_files_is_refused(at):
    data = packed(("Messages.csv", WORDS), ("messages_csv", WORDS)).replace(b"messages_csv", b"messages.csv")
    with pytest.raises(SourceError) as caught:
        open_archive(at(data))
    assert caught.value.details["fault"] == "twice"


def test_a_file_larger_than_asked_for_and_one_that_is_not_there_are_refused(at, tmp_path):
    with pytest.raises(SourceError) as caught:
        open_archive(at(ONE), ZipLimits(packed_bytes=100))
    assert caught.value.details["fault"] == "too_large"
    with pytest.raises(SourceError) as caught:
        open_archive(at(ONE), ZipLimits(unpacked_bytes=1000))
    assert caught.value.details["fault"] == "bomb"
    with pytest.raises(SourceError) as caught:
        open_archive(tmp_path / "nowhere.zip")
    assert caught.value.details["fault"] == "unreadable"
    with pytest.raises(SourceError) as caught:
        open_archive(tmp_path)
    assert caught.value.details["fault"] == "unreadable"


INSIDE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a wrong checksum": (
        lambda: patched(
            patched(ONE, signature=CENTRAL, offset=16, form="<I", value=1),
            signature=LOCAL,
            offset=14,
            form="<I",
            value=1,
        ),
        "damaged",
    ),
    "a flipped byte": (lambda: flipped(STORED, 5_000), "damaged"),
    "a damaged stream": (lambda: flipped(ONE, 1_000), "damaged"),
    "a size that is too small": (
        lambda: patched(ONE, signature=CENTRAL, offset=24, form="<I", value=len(WORDS) - 10),
        "damaged",
    ),
    "a size that is too large": (
        lambda: patched(ONE, signature=CENTRAL, offset=24, form="<I", value=len(WORDS) + 10),
        "damaged",
    ),
    "another name where it begins": (lambda: ONE.replace(b"Messages.csv", b"Massages.csv", 1), "damaged"),
    "no header where it begins": (lambda: flipped(ONE, 0), "damaged"),
    "an archive inside": (lambda: packed(("Messages.csv", ONE)), "nested"),
    "an unknown way of packing": (lambda: patched(ONE, signature=CENTRAL, offset=10, form="<H", value=9), "method"),
    "lzma": (lambda: packed(("Messages.csv", WORDS), method=zipfile.ZIP_LZMA), "method"),
}


@pytest.mark.parametrize("what", INSIDE)
def test_lies_about_an_entry_come_out_while_it_is_read(what: str, at):
    make, fault = INSIDE[what]
    given: list[bytes] = []
    with open_archive(at(make())) as archive, pytest.raises(SourceError) as caught:
        given.extend(read_in_pieces(archive))
    assert caught.value.details == {"path": "export.zip", "fault": fault}
    assert sum(map(len, given)) <= len(WORDS) + 10


def read_in_pieces(archive: GatedZip) -> Iterator[bytes]:
    with archive.stream("Messages.csv") as stream:
        while chunk := stream.read(1_000):
            yield chunk


def test_an_entry_that_is_not_there_is_refused(at):
    with open_archive(at(ONE)) as archive, pytest.raises(SourceError) as caught:
        archive.stream("messages.csv")
    assert caught.value.details["fault"] == "no_entry"


def test_whatever_bytes_are_changed_the_answer_is_the_content_or_a_source_error(at):
    rng = random.Random(3)
    whole = packed(("Messages.csv", WORDS[:5_000]), ("Users.csv", WORDS[:500]))
    refused = 0
    for _ in range(600):
        data = bytearray(whole)
        # Mostly where headers are: the packed words between them only ever give a wrong checksum.
        for _ in range(rng.randint(1, 3)):
            data[rng.choice((rng.randrange(60), rng.randrange(len(data) - 200, len(data))))] = rng.randrange(256)
        try:
            with open_archive(at(bytes(data))) as archive:
                for entry in archive.entries:
                    with archive.stream(entry.name) as stream:
                        assert zlib.crc32(stream.read()) in (zlib.crc32(WORDS[:5_000]), zlib.crc32(WORDS[:500]), 0)
        except SourceError:
            refused += 1
    assert refused
