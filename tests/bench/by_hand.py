"""The limit for importing: what somebody would write by hand in one file, unencrypted and without any of our duties.

Standard parser, one table, `executemany`, full-text by batch. Run as a script: by_hand.py FOLDER DATABASE.
"""

import email
import gzip
import sys
from collections.abc import Iterator
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

from sqlcipher3 import dbapi2

BATCH = 5000


def mails(folder: Path) -> Iterator[bytes]:
    """The mails of every file, split where a line begins with "From "."""
    for path in sorted(folder.glob("*.gz")):
        lines: list[bytes] = []
        with gzip.open(path, "rb") as stream:
            for line in stream:
                if line.startswith(b"From ") and lines:
                    yield b"".join(lines)
                    lines = []
                lines.append(line)
        if lines:
            yield b"".join(lines)


def main(folder: Path, database: Path) -> int:
    """Imports everything and answers how many mails that were."""
    connection = dbapi2.connect(str(database))
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(
        "CREATE TABLE message (id INTEGER PRIMARY KEY, remote TEXT UNIQUE, author TEXT, at TEXT, subject TEXT, parent TEXT, body TEXT)"
    )
    connection.execute("CREATE VIRTUAL TABLE fts USING fts5(subject, body, content='message', content_rowid='id')")
    rows: list[tuple[object, ...]] = []
    done = 0

    def flush() -> None:
        connection.executemany("INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.executemany(
            "INSERT INTO fts(rowid, subject, body) VALUES (?, ?, ?)", [(row[0], row[4], row[6]) for row in rows]
        )
        connection.commit()
        rows.clear()

    for raw in mails(folder):
        done += 1
        message = email.message_from_bytes(raw.split(b"\n", 1)[1], policy=default)
        body = message.get_body(preferencelist=("plain",))
        rows.append(
            (
                done,
                str(message["Message-ID"]),
                parseaddr(str(message["From"]))[1],
                message["Date"].datetime.isoformat(),
                str(message["Subject"]),
                str(message["In-Reply-To"] or ""),
                body.get_content() if body is not None else "",
            )
        )
        if len(rows) == BATCH:
            flush()
    flush()
    connection.close()
    return done


if __name__ == "__main__":
    sys.stdout.write(f"{main(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
