"""Mailing lists from files: real ugliness, stopping and going on, broken files, and promises about days."""

import gzip
import json
import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.sync.connector_suite import ConnectorSuite, folded
from tests.sync.mirrored import LIST, Mirrored, a_mirror
from workbench.errors import BadInputError, SourceError
from workbench.models.kinds import RunState
from workbench.models.moments import DayRange
from workbench.sync.engine import RunResult, sync_community
from workbench.sync.importers import mailing_list
from workbench.sync.importers.mailing_list import MESSAGES, MailingListFiles
from workbench.sync.people import address_key
from workbench.sync.source_files import Limits

ARCHIVES = Path(__file__).parent.parent / "archives"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def importer(*paths: Path, limits: Limits | None = None) -> MailingListFiles:
    return MailingListFiles(paths, community="fishers", now=NOW, limits=limits)


def pull(*paths: Path, since=None, limits: Limits | None = None):
    return list(importer(*paths, limits=limits).pull("fishers", MESSAGES, since=since))


def records(batches):
    return [record for batch in batches for record in batch.records]


def rejected(batches):
    return [item for batch in batches for item in batch.rejected]


def mails(count: int, *, first: int = 0, body: str = "Hello") -> bytes:
    return b"".join(
        f"From amina at example.org  Mon Jan  5 09:{number % 60:02}:00 2026\n"
        f"From: amina at example.org (Amina Example)\nDate: Mon, 05 Jan 2026 09:{number % 60:02}:00 +0000\n"
        f"Subject: Number {number}\nMessage-ID: <{number}@example.org>\n\n{body}\n\n".encode()
        for number in range(first, first + count)
    )


class TestSuite(ConnectorSuite):
    """The shared suite, in small batches over files of every kind."""

    community = "fishers"

    @pytest.fixture(autouse=True)
    def _files(self, tmp_path, monkeypatch):
        monkeypatch.setattr(mailing_list, "BATCH_RECORDS", 3)
        (tmp_path / "2026-January.txt").write_bytes((ARCHIVES / "2026-January.txt").read_bytes())
        (tmp_path / "a.mbox.gz").write_bytes(gzip.compress(mails(7)))
        (tmp_path / "cut.gz").write_bytes(gzip.compress(mails(5, first=7), compresslevel=0)[:-300])
        (tmp_path / "inbox").write_bytes(mails(4, first=20) + b"\n")
        self.folder = tmp_path

    def make(self):
        return importer(self.folder)


def test_pipermail_with_all_its_habits():
    first, second, third, fourth = records(pull(ARCHIVES / "2026-January.txt"))
    assert first.subject == "[fishers] Which nets for small boats?"
    assert first.text.endswith("From the shore we only see small boats.")
    assert first.author.address_key == address_key("amina@example.org")
    assert (second.author.name, second.remote_id) == ("Bö Example", "nets-2@example.org")
    assert second.references == ("nets-1@example.org",)
    assert second.sent_at == datetime(2026, 1, 5, 10, 30, tzinfo=UTC)
    assert "\nFrom my side" in second.text
    assert third.author.name == "示例"
    assert third.subject_key == first.thread_subject_key == "which nets for small boats?"
    assert (fourth.sent_at, fourth.sent_at_is_guess) == (datetime(2026, 1, 7, 8, tzinfo=UTC), True)
    assert (fourth.author.name, fourth.author.address_key) == ("Damba Example", None)


def test_an_ugly_mailbox_is_read_to_its_end():
    batches = pull(ARCHIVES / "ugly.mbox")
    cafe, reply, plan, undated, digest, again = records(batches)
    assert rejected(batches) == []
    assert cafe.text == "The café opens at nine. Who comes?"
    assert reply.subject_key == cafe.thread_subject_key
    assert (reply.text, reply.html) == ("I do.", "<p>I <b>do</b>.</p>")
    assert plan.text == "The plan for the whole year is attached.\n[attachment: plan.pdf, 1 kB]"
    assert (plan.sent_at, plan.sent_at_is_guess) == (datetime(2026, 2, 2, 11, tzinfo=UTC), True)
    assert undated.remote_id.startswith("no-id.")
    assert undated.text == "From here on nothing is certain.\n\nFrom Monday on the office is closed."
    assert digest.author.is_bot
    assert again == cafe


def test_the_same_mails_elsewhere_get_the_same_ids(tmp_path):
    (tmp_path / "copy.txt.gz").write_bytes(gzip.compress((ARCHIVES / "ugly.mbox").read_bytes()))
    assert {record.remote_id for record in records(pull(tmp_path))} == {
        record.remote_id for record in records(pull(ARCHIVES / "ugly.mbox"))
    }


def test_reading_again_reads_nothing(tmp_path):
    (tmp_path / "a.mbox").write_bytes(mails(5))
    first = pull(tmp_path)
    second = pull(tmp_path, since=first[-1].cursor)
    assert records(second) == []
    assert second[-1].cursor == first[-1].cursor
    assert second[-1].progress.fraction == 1.0


def test_a_file_that_grew_is_read_on_from_its_last_mail(tmp_path):
    path = tmp_path / "a.mbox"
    half_written = mails(1, first=5, body="Half a sentence and then")
    path.write_bytes(mails(5) + half_written[:-20])
    first = pull(path)
    path.write_bytes(mails(5) + half_written + mails(2, first=6))
    second = pull(path, since=first[-1].cursor)
    assert [record.remote_id for record in records(second)] == ["5@example.org", "6@example.org", "7@example.org"]
    assert records(second)[0].text == "Half a sentence and then"


def test_a_file_written_anew_is_read_from_the_start(tmp_path):
    path = tmp_path / "a.mbox"
    path.write_bytes(mails(5))
    first = pull(path)
    for other in (mails(3, first=40), mails(1) + mails(6, first=2, body="longer than before"), mails(9)[1:]):
        path.write_bytes(other)
        whole = {record.remote_id for record in records(pull(path))}
        assert {record.remote_id for record in records(pull(path, since=first[-1].cursor))} == whole


def test_more_files_later_add_only_theirs(tmp_path):
    (tmp_path / "a.mbox").write_bytes(mails(3))
    first = pull(tmp_path)
    (tmp_path / "b.mbox").write_bytes(mails(2, first=3))
    assert len(records(pull(tmp_path, since=first[-1].cursor))) == 2


def test_a_cut_file_is_held_back_after_the_last_whole_mail_and_goes_on_once_mended(tmp_path):
    path = tmp_path / "a.mbox.gz"
    noise = random.Random(1).randbytes(60_000).hex()
    whole = gzip.compress(mails(40, body=noise[:3000]) + mails(40, first=40, body=noise))
    path.write_bytes(whole[: len(whole) * 2 // 3])
    first = pull(path)
    got = records(first)
    assert 40 < len(got) < 80
    (item,) = rejected(first)
    assert (item.source, item.code) == ("a.mbox.gz", "truncated")
    assert item.position == json.loads(first[-1].cursor)["files"]["a.mbox.gz"][0]

    still = pull(path, since=first[-1].cursor)
    assert (records(still), rejected(still)) == ([], [item])

    path.write_bytes(whole)
    rest = pull(path, since=first[-1].cursor)
    assert [record.remote_id for record in got + records(rest)] == [f"{number}@example.org" for number in range(80)]
    assert rejected(rest) == []


def imported(mirrored: Mirrored, *paths: Path, limits: Limits | None = None) -> RunResult:
    return sync_community(
        importer(*paths, limits=limits), mirrored.mirror, community=LIST, account_id=mirrored.account_id
    )


def held_back(mirrored: Mirrored) -> list[tuple[str, str]]:
    return mirrored.rows("SELECT source, code FROM quarantine ORDER BY source, position")


def test_a_cut_file_is_listed_until_it_was_mended(tmp_path):
    path = tmp_path / "a.mbox.gz"
    noise = random.Random(1).randbytes(60_000).hex()
    whole = gzip.compress(mails(40, body=noise[:3000]) + mails(40, first=40, body=noise))
    mirrored = a_mirror(tmp_path / "profile")
    path.write_bytes(whole[: len(whole) * 2 // 3])
    first = imported(mirrored, path)
    assert (first.state, first.totals.rejected) == (RunState.PARTLY, 1)
    assert 40 < first.totals.added < 80
    assert held_back(mirrored) == [("a.mbox.gz", "truncated")]
    assert imported(mirrored, path).state == RunState.PARTLY
    assert held_back(mirrored) == [("a.mbox.gz", "truncated")]
    path.write_bytes(whole)
    rest = imported(mirrored, path)
    assert (rest.state, rest.totals.added + first.totals.added) == (RunState.DONE, 80)
    assert held_back(mirrored) == []
    again = imported(mirrored, path)
    assert (again.state, again.totals.records) == (RunState.DONE, 0)


def test_mending_one_file_leaves_the_list_of_others_and_of_its_own_beginning(tmp_path):
    undated = b"From: amina@example.org\nSubject: when?\n\nHello\n\n"
    noise = random.Random(1).randbytes(30_000).hex()
    whole = gzip.compress(undated + mails(40, body=noise))
    mirrored = a_mirror(tmp_path / "profile")
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "a.mbox.gz").write_bytes(whole[: len(whole) // 2])
    (folder / "b.mbox").write_bytes(undated + mails(1, first=50))
    imported(mirrored, folder)
    assert held_back(mirrored) == [("a.mbox.gz", "no_date"), ("a.mbox.gz", "truncated"), ("b.mbox", "no_date")]
    (folder / "a.mbox.gz").write_bytes(whole)
    assert imported(mirrored, folder).state == RunState.DONE
    assert held_back(mirrored) == [("a.mbox.gz", "no_date"), ("b.mbox", "no_date")]


def test_a_file_that_was_no_mail_for_a_while_is_listed_only_so_long(tmp_path):
    (tmp_path / "a.mbox").write_bytes(mails(3))
    (tmp_path / "b.mbox").write_bytes(mails(3, first=3))
    mirrored = a_mirror(tmp_path / "profile")
    imported(mirrored, tmp_path)
    (tmp_path / "a.mbox").write_bytes(bytes(range(256)) * 400)
    assert imported(mirrored, tmp_path).state == RunState.PARTLY
    assert held_back(mirrored) == [("a.mbox", "not_mail")]
    (tmp_path / "a.mbox").write_bytes(mails(3))
    back = imported(mirrored, tmp_path)
    assert (back.state, back.totals.added, held_back(mirrored)) == (RunState.DONE, 0, [])


def test_a_mail_caught_half_written_becomes_whole_and_a_copy_changed_on_its_way_counts_for_nothing(tmp_path):
    path = tmp_path / "a.mbox"
    text = "我们星期一开会。你来吗？"
    whole = mails(2) + mails(1, first=2, body=text).replace(
        b"Subject", b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\nSubject"
    )
    mirrored = a_mirror(tmp_path / "profile")
    # Cut inside a letter.
    path.write_bytes(whole[: whole.index("开".encode()) + 1])
    imported(mirrored, path)
    path.write_bytes(whole)
    assert imported(mirrored, path).totals.changed == 1
    (tmp_path / "b.mbox").write_bytes(mails(3, body="with the footer of another list"))
    assert imported(mirrored, tmp_path).totals.changed == 0
    assert mirrored.rows("SELECT text FROM body ORDER BY event_id") == [("Hello",), ("Hello",), (text,)]


@pytest.mark.parametrize("name", ["bad.mbox", "bad.gz", "bad.mbox.gz"])
def test_a_broken_file_is_held_back_and_the_others_go_on(tmp_path, name):
    (tmp_path / name).write_bytes(bytes(range(256)) * 400)
    (tmp_path / "good.mbox").write_bytes(mails(2))
    batches = pull(tmp_path)
    assert len(records(batches)) == 2
    assert [(item.source, item.code) for item in rejected(batches)] == [(name, "not_mail")]


def test_a_broken_file_alone_is_an_error_that_names_it(tmp_path):
    path = tmp_path / "photo.mbox"
    path.write_bytes(bytes(range(256)) * 400)
    with pytest.raises(SourceError) as error:
        pull(path)
    assert error.value.details == {"path": "photo.mbox", "fault": "not_mail"}


def test_a_bomb_is_refused_and_what_came_before_is_kept(tmp_path):
    limits = Limits(ratio=20, ratio_counts_from=1_000_000)
    (tmp_path / "bomb.mbox.gz").write_bytes(gzip.compress(mails(1) + mails(1, first=1, body="word " * 1_000_000)))
    (tmp_path / "good.mbox").write_bytes(mails(1, first=5))
    batches = pull(tmp_path, limits=limits)
    assert [record.remote_id for record in records(batches)] == ["0@example.org", "5@example.org"]
    assert [item.code for item in rejected(batches)] == ["bomb"]


def test_a_mail_over_the_limit_is_held_back_with_its_place(tmp_path):
    path = tmp_path / "a.mbox"
    path.write_bytes(mails(1) + mails(1, first=1, body="word " * 4000) + mails(1, first=2))
    batches = pull(path, limits=Limits(message_bytes=10_000))
    assert len(records(batches)) == 2
    assert [(item.position, item.code) for item in rejected(batches)] == [(len(mails(1)), "too_large")]


def test_a_mail_that_nothing_dates_is_held_back_and_the_next_goes_on(tmp_path):
    path = tmp_path / "a.mbox"
    path.write_bytes(b"From: amina@example.org\nSubject: when?\n\nHello\n\n" + mails(1))
    batches = pull(path)
    assert len(records(batches)) == 1
    assert [(item.position, item.code) for item in rejected(batches)] == [(0, "no_date")]


def test_a_folder_with_no_mail_is_refused_with_what_was_looked_for(tmp_path):
    (tmp_path / "README.txt").write_text("Read me first.\n")
    for act in (lambda: pull(tmp_path), lambda: importer(tmp_path).communities()):
        with pytest.raises(BadInputError, match=r"\.mbox, \.txt \(pipermail\) or \.gz"):
            act()


def test_other_texts_beside_the_mail_are_passed_over_in_silence(tmp_path):
    (tmp_path / "README.txt").write_text("Read me first.\n")
    (tmp_path / "a.mbox").write_bytes(mails(1))
    batches = pull(tmp_path)
    assert (len(records(batches)), rejected(batches)) == (1, [])


def test_empty_months_are_mail_without_mails(tmp_path):
    (tmp_path / "2026-01.mbox.gz").write_bytes(gzip.compress(b""))
    assert records(pull(tmp_path)) == []


def test_months_are_read_in_their_order(tmp_path):
    for number, name in enumerate(("2025-December", "2026-January", "2026-February")):
        (tmp_path / f"{name}.txt").write_bytes(mails(1, first=number))
    assert [record.remote_id[0] for record in records(pull(tmp_path))] == ["0", "1", "2"]


def test_days_are_promised_by_period_once_a_later_mail_shows_it_is_over(tmp_path):
    january = mails(1)
    (tmp_path / "2026-January.txt").write_bytes(january)
    first = pull(tmp_path)
    assert first[-1].covered == (DayRange(date(2026, 1, 1), date(2026, 1, 5)),) * 2
    later = (
        january.replace(b"Mon Jan  5", b"Tue Feb  3").replace(b"Mon, 05 Jan", b"Tue, 03 Feb").replace(b"<0@", b"<9@")
    )
    (tmp_path / "2026-February.txt").write_bytes(later)
    second = pull(tmp_path, since=first[-1].cursor)
    assert set(second[-1].covered) == {
        DayRange(date(2026, 1, 1), date(2026, 1, 31)),
        DayRange(date(2026, 2, 1), date(2026, 2, 3)),
    }


def test_progress_grows_and_names_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(mailing_list, "BATCH_RECORDS", 10)
    (tmp_path / "a.mbox").write_bytes(mails(30))
    (tmp_path / "b.mbox").write_bytes(mails(30, first=30))
    progress = [batch.progress for batch in pull(tmp_path)]
    assert [report.done for report in progress] == [10, 20, 30, 40, 50, 60, 60]
    fractions = [report.fraction for report in progress]
    assert fractions == sorted(fractions)
    assert (progress[0].note, progress[-1].note, fractions[-1]) == ("a.mbox", "b.mbox", 1.0)


def test_batches_grow_with_what_was_read_up_to_a_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(mailing_list, "FIRST_BATCH", 4)
    monkeypatch.setattr(mailing_list, "BATCH_RECORDS", 6)
    (tmp_path / "a.mbox").write_bytes(mails(50))
    sizes = [len(batch.records) for batch in pull(tmp_path)]
    assert (sizes[0], max(sizes), sum(sizes)) == (4, 6, 50)
    assert sizes[:-1] == sorted(sizes[:-1])


def test_a_batch_is_bounded_in_bytes_too(tmp_path, monkeypatch):
    monkeypatch.setattr(mailing_list, "BATCH_BYTES", 10_000)
    (tmp_path / "a.mbox").write_bytes(mails(10, body="x" * 6_000))
    assert max(len(batch.records) for batch in pull(tmp_path)) == 2


def test_resuming_inside_a_packed_file_equals_one_long_pull(tmp_path, monkeypatch):
    monkeypatch.setattr(mailing_list, "BATCH_RECORDS", 4)
    (tmp_path / "a.mbox.gz").write_bytes(gzip.compress(mails(6)) + gzip.compress(mails(5, first=6)))
    whole = pull(tmp_path)
    for number, batch in enumerate(whole):
        rest = pull(tmp_path, since=batch.cursor)
        assert folded([*whole[: number + 1], *rest]) == folded(whole)
