"""Logs: counts and code words get through, nothing else."""

import json
import logging
from datetime import timedelta

from tests.builders import a_clock
from tests.disks import a_small_disk, an_unwritable
from workbench.errors import LineError
from workbench.logs import KEPT_DAYS, NUMBERS, WORDS, Log, allowed

SECRETS = [
    "Amina Example",
    "amina@example.org",
    "token_9f8e7d6c5b4a",
    "ghp_R4nd0mLookingToken",
    "https://lists.example.org/api?access_token=abc&user=amina",
    "Dear all, the body of a message",
    "correct horse battery staple",
    "00" * 32,
]


def lines(folder):
    return [json.loads(line) for line in (folder / "workbench.log").read_text().splitlines()]


def test_event_is_one_line_of_numbers_and_code_words(tmp_path):
    log = Log(tmp_path / "logs", clock=a_clock())
    log.event("sync.finished", added=3, seconds=1.5, kind="mailing-list")
    log.close()
    assert lines(tmp_path / "logs") == [
        {
            "at": "2024-06-15T12:00:00.000+00:00",
            "level": "info",
            "event": "sync.finished",
            "added": 3,
            "seconds": 1.5,
            "kind": "mailing-list",
        }
    ]
    assert (tmp_path / "logs").stat().st_mode & 0o077 == 0


def fail_with(secret):
    try:
        {}[secret]
    except KeyError as error:
        message = f"could not read {secret}"
        raise LineError(message, path=secret) from error


def test_planted_secrets_never_reach_the_file(tmp_path):
    log = Log(tmp_path, clock=a_clock())
    for secret in SECRETS:
        log.event(secret, **dict.fromkeys([*NUMBERS, *WORDS, "name", "subject", "anything"], secret))
        log.event("sync.finished", **{secret: 1})
        log.event("sync.finished", kind=[secret], rows={"a": secret}, error=ValueError(secret))
        try:
            fail_with(secret)
        except LineError as error:
            log.failure("sync.failed", error, reason=secret, code=secret, error=secret)
        log.failure(secret, ValueError(secret))
    log.close()
    text = (tmp_path / "workbench.log").read_text()
    assert len(text.splitlines()) == 5 * len(SECRETS)
    for secret in SECRETS:
        assert secret not in text
        for word in ("Amina", "amina", "horse", "access_token", "body", "9f8e7d6c5b4a"):
            assert word not in text


def test_failure_names_class_code_and_lines_of_code(tmp_path):
    log = Log(tmp_path, clock=a_clock())
    try:
        fail_with("Amina Example")
    except LineError as error:
        log.failure("sync.failed", error, rows=7)
    log.failure("job.failed", ValueError("x"))
    log.close()
    first, second = lines(tmp_path)
    assert (first["error"], first["code"], first["rows"], first["level"]) == ("LineError", "line", 7, "error")
    assert all(place.startswith("test_logs.py:") for place in first["where"])
    assert (second["error"], second["code"]) == ("ValueError", "unexpected")


def test_unlisted_fields_and_wrong_shapes_are_left_out():
    assert allowed({"rows": "Amina", "kind": 7, "name": "x", "added": 2, "state": "done", "verb": "a b"}) == {
        "added": 2,
        "state": "done",
    }


def test_libraries_cannot_write_into_the_file(tmp_path):
    log = Log(tmp_path, clock=a_clock())
    log.event("app.started")
    logging.getLogger("workbench").warning("https://lists.example.org/?token=abc")
    logging.getLogger("some.library").warning("Amina Example")
    log.close()
    assert len(lines(tmp_path)) == 1


def test_log_that_cannot_be_written_stops_nobody(tmp_path, capfd):
    with an_unwritable(tmp_path) as place:
        log = Log(place / "logs", clock=a_clock())
        log.event("app.started")
        log.close()
    with a_small_disk(16 << 10) as disk:
        log = Log(disk.folder, clock=a_clock())
        for _ in range(1000):
            log.event("app.started")
        log.close()
        log.event("after.close")
    assert capfd.readouterr().err == ""


def test_log_is_kept_for_thirty_days(tmp_path):
    clock = a_clock()
    log = Log(tmp_path, clock=clock)
    assert log._handler is not None
    for day in range(40):
        log.event("app.started")
        (tmp_path / f"workbench.log.{clock.now() + timedelta(days=day):%Y-%m-%d}").touch()
    assert len(log._handler.getFilesToDelete()) == 40 - KEPT_DAYS
    log.close()
