"""Files handed in: which are looked at, how they are recognised again, and what unpacking them may cost."""

import gzip
import zlib

import pytest

from workbench.errors import BadInputError, SourceError
from workbench.sync.source_files import Inflater, Limits, Source, find_sources, fingerprint


def a_source(path, data: bytes) -> Source:
    path.write_bytes(data)
    return Source(path, path.name, len(data), is_asked_for=True)


def read(source: Source, *, limits: Limits | None = None, start: int = 0, step: int = 1000) -> bytes:
    return b"".join(Inflater(source, limits or Limits()).chunks(start, step=step))


def read_until_fault(source: Source) -> tuple[int, object]:
    """How many bytes came, and what stopped them."""
    seen = 0
    try:
        for chunk in Inflater(source, Limits()).chunks():
            seen += len(chunk)
    except SourceError as error:
        return seen, error.details["fault"]
    return seen, None


def test_folders_are_searched_through_and_sorted(tmp_path):
    for name in ("b/2.txt", "b/1.mbox.gz", "a/inbox", "c.mbox", "picture.png", ".hidden.mbox", ".git/x.mbox"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    names = [source.name for source in find_sources([tmp_path])]
    assert names == ["a/inbox", "b/1.mbox.gz", "b/2.txt", "c.mbox"]


def test_links_to_folders_are_not_followed(tmp_path):
    (tmp_path / "a.mbox").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [source.name for source in find_sources([tmp_path])] == ["a.mbox"]


def test_files_named_alike_are_told_apart_and_one_file_is_read_once(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "2009.txt").write_bytes(b"x")
    paths = [tmp_path / "one", tmp_path / "two", tmp_path / "one" / "2009.txt"]
    assert [source.name for source in find_sources(paths)] == ["2009.txt", "two/2009.txt"]


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_nothing_to_read_is_refused_with_what_was_looked_for(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "picture.png").write_bytes(b"x")
    with pytest.raises(BadInputError, match=r"is not there|looked for files ending in"):
        find_sources([tmp_path / name])


def test_a_file_that_grew_has_another_fingerprint(tmp_path):
    before = fingerprint(a_source(tmp_path / "a.mbox", b"x" * 10_000))
    assert fingerprint(a_source(tmp_path / "copy.mbox", b"x" * 10_000)) == before
    assert fingerprint(a_source(tmp_path / "a.mbox", b"x" * 10_001)) != before
    assert fingerprint(a_source(tmp_path / "a.mbox", b"x" * 9_999 + b"y")) != before


def test_a_file_that_went_away_is_a_source_error(tmp_path):
    source = a_source(tmp_path / "a.mbox", b"x")
    source.path.unlink()
    for act in (fingerprint, read):
        with pytest.raises(SourceError) as error:
            act(source)
        assert error.value.details["fault"] == "unreadable"


@pytest.mark.parametrize("start", [0, 1, 999, 1000, 1001, 2999])
def test_plain_and_packed_files_give_the_same_bytes_from_any_offset(tmp_path, start):
    data = bytes(range(250)) * 12
    plain = a_source(tmp_path / "a.mbox", data)
    packed = a_source(tmp_path / "a.mbox.gz", gzip.compress(data))
    glued = a_source(tmp_path / "glued.gz", gzip.compress(data[:1500]) + gzip.compress(data[1500:]) + b"\0" * 99)
    for source in (plain, packed, glued):
        assert read(source, start=start) == data[start:]
    assert Inflater(packed, Limits()).head(10) == data[:10]


def test_gz_in_name_only_is_read_as_it_stands(tmp_path):
    assert read(a_source(tmp_path / "a.mbox.gz", b"plain")) == b"plain"


def test_a_cut_file_gives_all_before_the_cut(tmp_path):
    source = a_source(tmp_path / "a.gz", gzip.compress(bytes(range(250)) * 1000, compresslevel=0)[:-20_000])
    seen, fault = read_until_fault(source)
    assert fault == "truncated"
    assert seen > 225_000


def test_a_damaged_file_is_told_from_a_cut_one(tmp_path):
    packed = bytearray(gzip.compress(b"x" * 1000))
    packed[-6] ^= 0xFF
    with pytest.raises(SourceError) as error:
        read(a_source(tmp_path / "a.gz", bytes(packed)))
    assert error.value.details["fault"] == "damaged"


def test_a_bomb_is_refused_long_before_it_is_unpacked(tmp_path):
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    source = a_source(tmp_path / "bomb.gz", bomb)
    seen, fault = read_until_fault(source)
    assert fault == "bomb"
    assert seen < 110_000_000


def test_limits_can_be_set(tmp_path):
    source = a_source(tmp_path / "a.gz", gzip.compress(b"x" * 100_000))
    assert len(read(source)) == 100_000
    for limits in (Limits(inflated_bytes=50_000), Limits(ratio=10, ratio_counts_from=5_000)):
        with pytest.raises(SourceError):
            read(source, limits=limits)


def test_bytes_read_are_counted_for_progress(tmp_path):
    inflater = Inflater(a_source(tmp_path / "a.mbox", b"x" * 100), Limits())
    counts = [inflater.read_bytes for _ in inflater.chunks(50, step=10)]
    assert counts == [60, 70, 80, 90, 100]
