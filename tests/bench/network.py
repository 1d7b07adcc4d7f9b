"""Seeded networks of any size: as records through the mirror (for reading) and as mail archives (for importing)."""

import gzip
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import accumulate, groupby
from pathlib import Path

from workbench.ids import CommunityId
from workbench.models.kinds import RunState
from workbench.sync.connector import Batch
from workbench.sync.records import MemberRecord, MessageRecord, PersonRecord, Rejected
from workbench.workspace import Workspace

SEED = 2016
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
YEARS = 5
BATCH = 2000
# A common word stands in half of all messages, a rare one in one of a thousand.
COMMON, RARE = "water", "zeolite"
# The largest community ends with a discussion that every second of its last messages belongs to.
LONG_DISCUSSION, SMALLEST_WITH_ONE = 600, 2000
# Every third community has a member list with dates, as platforms give; of the others only messages are known.
LISTED = 3


def sizes_of(messages: int) -> tuple[int, int]:
    """Communities and people of a network: 25 and 2,500 at 50 k, 1,200 and 12,000 at 1 M, 3,000 and 400,000 at 10 M."""
    if messages >= 10_000_000:
        return 3_000, 400_000
    if messages >= 1_000_000:
        return 1_200, 12_000
    return max(8, messages // 2_000), max(600, min(messages // 20, 12_000))


def words(rng: random.Random) -> list[str]:
    """A vocabulary of invented words whose use falls with their place, as in any language."""
    syllables = ["ba", "ko", "ri", "sen", "tu", "mal", "po", "der", "vi", "lon", "gra", "es"]
    return ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(6000)]


class TextMaker:
    """Texts of some 40 words from the vocabulary."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._words = words(rng)
        # Summed up once: the library would do it anew for each text.
        self._weights = list(accumulate(1 / (place + 3) for place in range(len(self._words))))

    def text(self) -> str:
        """About 250 characters."""
        rng = self._rng
        chosen = rng.choices(self._words, cum_weights=self._weights, k=rng.randint(20, 60))
        if rng.random() < 0.5:
            chosen.insert(rng.randrange(len(chosen)), COMMON)
        if rng.random() < 0.001:
            chosen.append(RARE)
        if rng.random() < 0.2:
            chosen[-1] += "?"
        return " ".join(chosen)

    def subject(self) -> str:
        """A few words."""
        return " ".join(self._rng.choices(self._words, cum_weights=self._weights, k=4)).capitalize()


def messages_of(community: int, count: int, people: int, seed: int = SEED) -> Iterator[MessageRecord]:
    """The messages of one community, oldest first, a third of them roots; replies follow within days."""
    rng = random.Random(f"{seed}/{community}")
    maker = TextMaker(rng)
    size = writers_of(count, people)
    offset = rng.randrange(people)
    discussion = count - LONG_DISCUSSION if community == 0 and count >= SMALLEST_WITH_ONE else count
    roots: list[tuple[str, str, str]] = []
    references: tuple[str, ...]
    start = NOW - timedelta(days=365 * YEARS)
    step = timedelta(days=365 * YEARS) / max(count, 1)
    for number in range(count):
        person = (offset + int(size * rng.random() ** 2.2)) % people
        author = PersonRecord(f"p{person}", f"Person {person:05} Example")
        at = start + number * step + timedelta(seconds=rng.randrange(60))
        identity = f"{community}.{number}@bench.example.org"
        if number > discussion and (number - discussion) % 2 == 0:
            parent, subject, _ = roots[-1]
            roots[-1] = (identity, subject, subject)
            references = (parent,)
        elif number > discussion:
            subject, references = maker.subject(), ()
        elif not roots or rng.random() < 0.34:
            subject = maker.subject()
            references = ()
            roots = [*roots[-8:], (identity, subject, subject)]
        else:
            parent, subject, _ = rng.choice(roots)
            references = (parent,)
        yield MessageRecord(
            remote_id=identity,
            community=f"c{community}",
            author=author,
            sent_at=at,
            subject=subject,
            text=maker.text(),
            references=references,
        )


def writers_of(count: int, people: int) -> int:
    """How many people write in a community of so many messages."""
    return max(10, min(people, count // 6 + 10))


def members_of(community: int, count: int, people: int, seed: int = SEED) -> list[MemberRecord]:
    """The member list of a community: who writes much was there from the beginning, the others came over the years.

    Some of the latter have left again.
    """
    offset = random.Random(f"{seed}/{community}").randrange(people)
    rng = random.Random(f"{seed}/{community}/members")
    size = writers_of(count, people)
    start = NOW - timedelta(days=365 * YEARS)
    members = []
    for place in range(size):
        person = (offset + place) % people
        is_quiet = place > size // 2
        joined = start + timedelta(days=rng.randrange(365 * YEARS) if is_quiet else -rng.randrange(1, 365))
        left = NOW - timedelta(days=rng.randrange(700)) if is_quiet and rng.random() < 0.1 else None
        who = PersonRecord(f"p{person}", f"Person {person:05} Example")
        members.append(MemberRecord(f"c{community}", who, joined_at=joined, left_at=left))
    return members


def shares(messages: int, communities: int) -> list[int]:
    """How many messages each community has: a few are large, most small."""
    weights = [1 / (place + 4) for place in range(communities)]
    total = sum(weights)
    counts = [max(1, int(messages * weight / total)) for weight in weights]
    counts[0] += messages - sum(counts)
    return counts


def history(workspace: Workspace) -> None:
    """A run for each community, and an item held back in every tenth: what the sync page lists."""
    with workspace.database.read() as reader:
        communities = [CommunityId(row[0]) for row in reader.rows("SELECT id FROM community ORDER BY id")]
    for community in communities:
        run_id = workspace.mirror.start_run(community)
        held_back = (Rejected(f"{community}.mbox", 4096, "no_date", "The message has no date."),)
        rejected = held_back if community % 10 == 0 else ()
        applied = workspace.mirror.apply(community, "messages", Batch((), rejected=rejected))
        workspace.mirror.end_run(run_id, RunState.PARTLY if rejected else RunState.DONE, totals=applied)


def archive_of(folder: Path, messages: int) -> Path:
    """A pipermail archive of this size in yearly .txt.gz files; made once and kept."""
    home = folder / f"archive-{messages}"
    if (home / "ready").exists():
        return home / "files"
    if home.exists():
        shutil.rmtree(home)
    (home / "files").mkdir(parents=True)
    people = sizes_of(messages)[1]

    def year_of(record: MessageRecord) -> int:
        return record.sent_at.year

    for year, records in groupby(messages_of(0, messages, people), key=year_of):
        path = home / "files" / f"{year}.txt.gz"
        with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as stream:
            stream.writelines(as_mail(record) for record in records)
    (home / "ready").touch()
    return home / "files"


def as_mail(record: MessageRecord) -> str:
    """The message as pipermail writes it."""
    user = record.author.handle
    headers = [
        f"From {user} at example.org  {record.sent_at:%a %b %d %H:%M:%S %Y}",
        f"From: {user} at example.org ({record.author.name})",
        f"Date: {format_datetime(record.sent_at)}",
        f"Subject: [bench] {'Re: ' if record.references else ''}{record.subject}",
    ]
    if record.references:
        headers += [f"In-Reply-To: <{record.references[0]}>", f"References: <{record.references[0]}>"]
    headers.append(f"Message-ID: <{record.remote_id}>")
    lines, line = [], ""
    for word in record.text.split():
        if len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join(headers) + "\n\n" + "\n".join([*lines, line]) + "\n\n\n"
