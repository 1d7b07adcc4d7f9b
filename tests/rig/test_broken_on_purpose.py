"""Broken on purpose, through the whole program: each fault is told in words, ends with its code, and loses nothing."""

import gzip
import os
import random
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.cli.archives import a_folder_of_mail, a_mail, an_archive
from tests.cli.runs import DONE, FAILED, NEEDS_USER, PARTLY, ROOT, USAGE, Desk, Ran, a_child, a_desk
from tests.disks import a_small_disk, an_unwritable
from workbench.cli.runs import HELD_BACK
from workbench.errors import (
    BadInputError,
    DamagedError,
    ExportError,
    NoSpaceError,
    ProfileBusyError,
    ReadOnlyError,
    SourceError,
    StoreError,
    WorkbenchError,
    WrongKeyError,
)
from workbench.messages import wording
from workbench.models.lock import ProfileLock

KNOWN = 9
MEMORY = 300_000_000

BOMB = 300_000_000

# What a process of its own needed at most; a forked one would also count what its parent held.
MEASURED = """
import pathlib, resource, sys
from workbench.cli import main
code = main(sys.argv[2:])
status = pathlib.Path("/proc/self/status")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
if status.exists():
    peak = next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
pathlib.Path(sys.argv[1]).write_text(str(peak))
sys.exit(code)
"""


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A profile that holds a community of nine messages and a plan, all of which have to be there afterwards."""
    desk = a_desk(tmp_path, capsys).make()
    (tmp_path / "known.mbox").write_bytes(an_archive(KNOWN))
    desk.rows("import", "mailing-list", tmp_path / "known.mbox", "--community", "Known")
    words = ("--purpose", "Answers", "--owner", "Amina Example", "--measure", "messages", "--template", "empty")
    desk.rows("plan", "new", "Seals", *words)
    return desk


def is_told(ran: Ran, kind: type[WorkbenchError], *, code: int, happened: str = "") -> None:
    """What happened, what is safe and what next stand on stderr, and nothing of Python does."""
    words = wording(kind())
    assert ran.code == code, ran.err
    assert words.safe in ran.err
    assert words.next in ran.err
    assert (happened or words.happened) in ran.err
    assert "Traceback" not in ran.err
    assert "Error:" not in ran.err


def is_held_back(ran: Ran, file: str, reason: str) -> None:
    """The rest came in, and stderr names the file, the reason and what to do."""
    assert ran.code == PARTLY, ran.err
    assert f"  {file}, " in ran.err
    assert reason in ran.err
    for line in HELD_BACK:
        assert line in ran.err
    assert "Traceback" not in ran.err


def is_all_there(desk: Desk, *, more: int = 0) -> None:
    """What was stored before is still there, and the profile is sound."""
    assert desk.rows("check")["is_sound"]
    status = desk.rows("status")
    assert (status["messages"], status["plans"]) == (KNOWN + more, 1)
    assert len(desk.rows("messages", "--community", "Known")) == KNOWN
    assert [plan["name"] for plan in desk.rows("plan", "list")] == ["Seals"]


def held_back(desk: Desk) -> list[tuple[str, str]]:
    return [(row["source"], row["code"]) for row in desk.rows("status")["quarantine"]]


def test_truncated_gzip_gives_what_can_be_read_and_a_fresh_copy_the_rest(desk: Desk):
    whole = gzip.compress(an_archive(3000, first=100))
    archive = desk.folder / "2024-march.mbox.gz"
    archive.write_bytes(whole[: len(whole) * 2 // 3])
    words = ("import", "mailing-list", archive, "--community", "New")
    ran = desk.child(*words)
    is_held_back(ran, "2024-march.mbox.gz", "the file ends before its data does")
    assert held_back(desk) == [("2024-march.mbox.gz", "truncated")]
    some = len(desk.rows("messages", "--community", "New"))
    assert 1000 < some < 3000
    is_all_there(desk, more=some)
    archive.write_bytes(whole)
    assert desk.child("--json", *words).json[0]["added"] == 3000 - some
    is_all_there(desk, more=3000)


def test_folder_with_no_mail_is_refused_and_no_community_is_made(desk: Desk, tmp_path: Path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "diary.txt").write_text("Dear diary\n", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    ran = desk.child("import", "mailing-list", folder, "--community", "New")
    is_told(ran, BadInputError, code=USAGE, happened="No mail found; looked for files ending in .mbox")
    assert [row["name"] for row in desk.rows("communities")] == ["Known"]
    is_all_there(desk)


def bomb(path: Path, head: bytes) -> None:
    """A gzip that begins with `head` and unpacks to 300 MB."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    piece = bytes(10_000_000)
    with path.open("wb") as file:
        file.write(packer.compress(head))
        for _ in range(BOMB // len(piece)):
            file.write(packer.compress(piece))
        file.write(packer.flush())


@pytest.mark.parametrize(
    ("head", "code", "more"), [(b"", FAILED, 0), (an_archive(6, first=50) + a_mail(60), PARTLY, 6)]
)
def test_gzip_bomb_is_put_down_in_little_memory(desk: Desk, head: bytes, code: int, more: int):
    archive, peak = desk.folder / "small.mbox.gz", desk.folder / "peak"
    bomb(archive, head)
    assert archive.stat().st_size < 2_000_000
    words = [*desk.where, "import", "mailing-list", str(archive), "--community", "New"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(peak), *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    ran = Ran(done.returncode, done.stdout, done.stderr)
    if code == PARTLY:
        is_held_back(ran, "small.mbox.gz", "a small file that unpacks to more than")
    else:
        is_told(ran, SourceError, code=code, happened="small.mbox.gz.")
    assert int(peak.read_text(encoding="ascii")) < MEMORY
    # A file of which nothing at all was read leaves no community behind, and so no list of what it held back.
    assert [name for name, _ in held_back(desk)] == (["small.mbox.gz"] if more else [])
    assert [row["name"] for row in desk.rows("communities")] == ["Known", "New"][: 2 if more else 1]
    is_all_there(desk, more=more)


def test_binary_file_named_mbox_is_refused_and_leaves_nothing_behind(desk: Desk):
    archive = desk.folder / "holiday.mbox"
    archive.write_bytes(random.Random(5).randbytes(200_000))
    ran = desk.child("import", "mailing-list", archive, "--community", "New")
    is_told(ran, SourceError, code=FAILED, happened="holiday.mbox. This is not a mail archive.")
    assert held_back(desk) == []
    assert [row["name"] for row in desk.rows("communities")] == ["Known"]
    is_all_there(desk)


def test_binary_file_among_archives_does_not_stop_them(desk: Desk):
    folder = a_folder_of_mail(desk.folder / "mail")
    (folder / "holiday.mbox").write_bytes(random.Random(5).randbytes(200_000))
    ran = desk.child("import", "mailing-list", folder, "--community", "New")
    assert (ran.code, held_back(desk)) == (PARTLY, [("holiday.mbox", "not_mail")])
    is_held_back(ran, "holiday.mbox", "this is not a mail archive")
    assert len(desk.rows("messages", "--community", "New")) == 12


def test_profile_folder_that_cannot_be_written_is_said_and_can_be_read(desk: Desk):
    archive = desk.folder / "new.mbox"
    archive.write_bytes(an_archive(3, first=50))
    with an_unwritable(desk.profile) as place:
        where = ["--profile", str(place), "--key-file", str(desk.key_file)]
        for words in (
            ["import", "mailing-list", str(archive), "--community", "New"],
            ["plan", "card", "add", "Seals", "Ask"],
        ):
            is_told(desk.run(*words, where=where), ReadOnlyError, code=FAILED)
        is_told(desk.run("backup", where=where), ReadOnlyError, code=FAILED)
        assert len(desk.run("--json", "messages", where=where).json) == KNOWN
    is_all_there(desk)


def test_new_profile_in_a_folder_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    desk = a_desk(tmp_path, capsys)
    (tmp_path / "closed").mkdir()
    with an_unwritable(tmp_path / "closed") as place:
        where = ["--profile", str(place / "profile"), "--key-file", str(desk.key_file)]
        is_told(desk.run("import", "sample", where=where), ReadOnlyError, code=FAILED)
        assert list(place.iterdir()) == []


def test_full_disk_takes_the_step_back_and_goes_on_once_there_is_space(capsys: pytest.CaptureFixture[str]):
    mails = 3000
    with a_small_disk(24 << 20) as disk:
        desk = a_desk(disk.folder, capsys).make()
        archive = disk.folder / "mail.mbox"
        archive.write_bytes(an_archive(mails))
        filler = disk.folder / "filler"
        if disk.is_real:
            with filler.open("wb") as file:
                free = os.statvfs(disk.folder).f_bavail * os.statvfs(disk.folder).f_frsize
                file.write(bytes(free - (1 << 20)))
            ran = desk.child("import", "mailing-list", archive, "--community", "Water")
            is_told(ran, NoSpaceError, code=FAILED)
            stored = len(desk.rows("messages"))
            assert stored < mails
            assert desk.rows("check")["is_sound"]
            filler.unlink()
        assert desk.child("import", "mailing-list", archive, "--community", "Water").code == DONE
        assert len(desk.rows("messages")) == mails
        assert desk.rows("check")["is_sound"]


def test_profile_in_use_is_left_to_whoever_uses_it(desk: Desk):
    archive = desk.folder / "new.mbox"
    archive.write_bytes(an_archive(3, first=50))
    with ProfileLock(desk.profile):
        ran = desk.child("import", "mailing-list", archive, "--community", "New")
        is_told(ran, ProfileBusyError, code=NEEDS_USER)
        assert len(desk.rows("messages")) == KNOWN
    is_all_there(desk)


def test_wrong_key_opens_nothing_and_changes_nothing(desk: Desk):
    other = desk.folder / "other"
    other.touch(mode=0o600)
    other.write_text("ab" * 32, encoding="ascii")
    before = (desk.profile / "workbench.db").read_bytes()
    where = ["--profile", str(desk.profile), "--key-file", str(other)]
    for words in (["status"], ["import", "sample"], ["check"], ["backup"]):
        is_told(a_child([*where, *words]), WrongKeyError, code=NEEDS_USER)
    assert (desk.profile / "workbench.db").read_bytes() == before
    is_all_there(desk)


@pytest.mark.parametrize("place", [0.0, 0.3, 0.6, 0.999])
def test_flipped_bits_are_found_and_a_backup_puts_them_right(desk: Desk, place: float):
    desk.rows("backup")
    database = desk.profile / "workbench.db"
    flip(database, place)
    ran = desk.child("check")
    assert ran.code == FAILED
    assert "Traceback" not in ran.err
    told = ran.out + ran.err
    assert "workbench restore" in told
    if place == 0.0:  # nothing of the file can be read without its first page
        is_told(ran, DamagedError, code=FAILED)
    restored = desk.rows("restore")
    assert Path(restored["replaced"]).exists()
    is_all_there(desk)


def flip(file: Path, place: float) -> None:
    """Turns one bit in each of the next few pages."""
    data = bytearray(file.read_bytes())
    start = min(int(len(data) * place), len(data) - 4096)
    for offset in range(start + 100, min(start + 4 * 4096, len(data)), 4096):
        data[offset] ^= 0x10
    file.write_bytes(data)


def test_reading_a_damaged_profile_ends_in_words_whatever_page_is_hit(desk: Desk):
    database = desk.profile / "workbench.db"
    whole = database.read_bytes()
    codes = set()
    for page in range(0, len(whole) // 4096, 9):
        flip(database, page * 4096 / len(whole))
        for words in (["messages"], ["search", "pump"], ["plan", "show", "Seals"]):
            ran = desk.run(*words)
            codes.add(ran.code)
            assert "Traceback" not in ran.err
            assert ran.code == DONE or wording(DamagedError()).next in ran.err, ran.err
        database.write_bytes(whole)
    assert codes == {DONE, FAILED}
    is_all_there(desk)


HOSTILE = (
    "<html><body><script>alert('x')</script><img src=\"file:///etc/passwd\"><img src='http://127.0.0.1:9/t.png'>"
    "<p onclick='x()'>The zeolite filter \u202egnp.exe\u202c is clogged</p></body></html>"
)


def test_hostile_message_is_stored_found_shown_and_exported_harmlessly(desk: Desk):
    archive = desk.folder / "hostile.mbox"
    name = "=?utf-8?q?Amina_=E2=80=AEelpmaxE?= <amina@example.org>"
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "From": name,
        "Subject": "Filter \x1b[31m=?utf-8?q?=E2=80=AE?=",
    }
    archive.write_bytes(a_mail(70, body=HOSTILE, **headers) + a_mail(71, body="<script>zeolite</script>"))
    assert desk.child("import", "mailing-list", archive, "--community", "New").code == DONE
    found = desk.rows("search", "zeolite")
    assert len(found) == 2
    clogged = next(row for row in found if "clogged" in row["snippet"])
    assert "alert" not in clogged["snippet"]
    assert "file://" not in clogged["snippet"]
    for words in (["messages"], ["search", "zeolite"], ["members"], ["threads"]):
        shown = desk.run(*words).out
        assert not {"\x1b", "\u202e", "\u202c"} & set(shown)
    title = f"Ask about {HOSTILE}"
    desk.rows("plan", "card", "add", "Seals", title)
    for form in ("html", "md", "xlsx", "csv"):
        out = desk.folder / f"summary.{form}"
        assert desk.run("report", "plan", "Seals", "--format", form, "--out", out).code == DONE
        document = out.read_bytes()
        if form == "html":
            assert b"<script" not in document
            assert b'src="file:' not in document
            assert b"onclick='x()'>" not in document
    is_all_there(desk, more=2)


def test_plan_without_a_purpose_is_refused_with_the_reason(desk: Desk):
    ran = desk.child("plan", "new", "Empty", "--owner", "Amina Example", "--measure", "messages")
    reason = "A plan needs a purpose: without one nobody can say after 90 days whether it worked."
    is_told(ran, BadInputError, code=USAGE, happened=reason)
    is_all_there(desk)


def test_report_to_a_place_that_cannot_be_written_leaves_no_half_document(desk: Desk, tmp_path: Path):
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "summary.md").write_text("the older one", encoding="utf-8")
    words = ["report", "plan", "Seals", "--format", "md", "--out"]
    with an_unwritable(tmp_path / "closed") as closed:
        for out in (closed / "summary.md", tmp_path / "nowhere" / "summary.md", tmp_path, desk.key_file / "x.md"):
            is_told(desk.run(*words, out), ExportError, code=FAILED, happened=f"could not be written: {out.name}.")
        assert [path.name for path in closed.iterdir()] == ["summary.md"]
        assert (closed / "summary.md").read_text(encoding="utf-8") == "the older one"
    is_all_there(desk)


def test_every_fault_here_has_words_of_its_own():
    kinds = (
        SourceError,
        BadInputError,
        ReadOnlyError,
        NoSpaceError,
        ProfileBusyError,
        WrongKeyError,
        DamagedError,
        ExportError,
        StoreError,
    )
    assert len({wording(kind()).lines() for kind in kinds}) == len(kinds)
