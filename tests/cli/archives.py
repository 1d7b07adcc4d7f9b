"""Mail archives of invented people for the tests of the command line, any number of mails, the same each time."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

PEOPLE = ("Amina Example", "Luis Ejemplo", "Moussa Sample", "Mei Invented", "Rosa Placeholder")
FIRST = datetime(2024, 1, 1, 9, 0, tzinfo=UTC)  # a Monday
WORDS = ("the", "pump", "at", "school", "needs", "new", "seals", "before", "rain", "nobody", "has", "any", "left")

# Nothing says when it was sent, so it is held back.
UNDATED = b"From: amina@example.org\nSubject: when?\n\nHello\n\n"


def a_mail(
    number: int, *, to: int | None = None, body: str | None = None, hours: float | None = None, **headers: str
) -> bytes:
    """One mail as it stands in an mbox: every third one asks, `to` makes it a reply."""
    rng = random.Random(number)
    at = FIRST + timedelta(hours=number if hours is None else hours)
    name = PEOPLE[number % len(PEOPLE)]
    address = f"{name.split()[0].lower()}@example.org"
    fields = {
        "From": f"{name} <{address}>",
        "Date": format_datetime(at),
        "Subject": f"Pump {number}" if to is None else f"Re: Pump {to}",
        "Message-ID": f"<m{number}@example.org>",
        "Content-Type": "text/plain; charset=utf-8",
    }
    if to is not None:
        fields["In-Reply-To"] = f"<m{to}@example.org>"
    text = " ".join(rng.choices(WORDS, k=12)) + ("?" if number % 3 == 0 else ".") if body is None else body
    head = "".join(f"{field.replace('_', '-')}: {value}\n" for field, value in (fields | headers).items())
    return f"From {address} {at:%a %b %d %H:%M:%S %Y}\n{head}\n{text}\n\n".encode()


def an_archive(count: int, *, first: int = 0) -> bytes:
    """`count` mails in threads of three."""
    numbers = range(first, first + count)
    return b"".join(a_mail(n, to=None if n % 3 == 0 else n - n % 3) for n in numbers)


def a_folder_of_mail(folder: Path, *, files: int = 2, mails: int = 6) -> Path:
    """A folder with `files` archives of `mails` mails each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        (folder / f"part-{number:03}.mbox").write_bytes(an_archive(mails, first=number * mails))
    return folder
