"""A real PostgreSQL for the tests: a cluster of its own in a folder of its own, reached by a socket file, by password."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

CHECKOUT = Path(__file__).resolve().parents[2]
REQUIRED = os.environ.get("WORKBENCH_REQUIRE_SERVERS") == "1"
ACCOUNT, PASSWORD = "workbench", "only-for/tests@:1"
UNPRIVILEGED = ("postgres", "nobody")
READY_SECONDS = 60
ABSENT = "PostgreSQL is not installed; run: python3 packaging/servers/postgres.py"

sys.path.insert(0, str(CHECKOUT / "packaging" / "servers"))
import postgres as packaged  # noqa: E402 - lies beside the packaging, not among the tests


def is_installed() -> bool:
    """Whether a server can be started here; one of Windows is another thing."""
    return os.name == "posix" and packaged.is_installed()


class Server:
    """One server; it refuses to run as root, so root starts it as somebody who may do nothing.

    With `is_durable` it writes as a server in earnest does; tests do without the disk's confirmation.
    """

    def __init__(self, *, is_durable: bool = False) -> None:
        programs = packaged.programs()
        assert programs is not None, ABSENT
        self._programs = programs
        self._is_durable = is_durable
        # Not in the test's own folder: that is closed to everybody else, and the name of a socket is short.
        self.folder = Path(tempfile.mkdtemp(prefix="workbench-pg-"))
        self._as: Mapping[str, Any] = {}
        if os.geteuid() == 0:
            who = _somebody()
            os.chown(self.folder, who.pw_uid, who.pw_gid)
            self._as = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, *, schema: str | None = None, password: str = PASSWORD, database: str = "postgres") -> str:
        """The address, as a person gives it with --store; tables go to `schema`, which has to be there."""
        place = f"postgresql://{ACCOUNT}:{quote(password, safe='')}@/{database}?host={quote(str(self.folder))}"
        return place if schema is None else f"{place}&options={quote(f'-c search_path={schema}')}"

    def start(self) -> None:
        """Makes the cluster and waits until it takes connections."""
        secret = self.folder / "password"
        secret.write_text(PASSWORD + "\n", encoding="ascii")
        if self._as:
            os.chown(secret, self._as["user"], self._as["group"])
        data = self.folder / "data"
        self._run("initdb", "-D", str(data), "-U", ACCOUNT, "-A", "scram-sha-256", "--pwfile", str(secret),
                  "-E", "UTF8", "--no-locale", "--no-sync")  # fmt: skip
        settings = [f"unix_socket_directories={self.folder}", "listen_addresses=", "shared_buffers=64MB"]
        settings += [] if self._is_durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        argv = [str(self._programs / "postgres"), "-D", str(data)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*argv, *(word for each in settings for word in ("-c", each))],
                cwd=self.folder, stdout=log, stderr=log, start_new_session=True, **self._as,
            )  # fmt: skip
        deadline = time.monotonic() + READY_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                said = (self.folder / "server.log").read_text("utf-8", "replace")[-3000:]
                self.stop()
                message = f"PostgreSQL did not start:\n{said}"
                raise RuntimeError(message)
            # The pause between two looks; nothing can tell us of the moment a socket is opened.
            time.sleep(0.05)

    def stop(self) -> None:
        """Stops the server by process id, without waiting for whoever is connected; its folder goes with it."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # its word for a fast shutdown
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(10)
            self._process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """What another tool of headquarters sees; statements without an answer give none."""
        import psycopg  # noqa: PLC0415 - only where a server runs

        with psycopg.connect(self.url(), autocommit=True) as connection:
            cursor = connection.execute(sql)  # type: ignore[call-overload]  # only texts of tests come here
            return list(cursor.fetchall()) if cursor.description else []

    def _is_ready(self) -> bool:
        argv = [str(self._programs / "pg_isready"), "-q", "-h", str(self.folder)]
        return subprocess.run(argv, check=False).returncode == 0

    def _run(self, name: str, *words: str) -> None:
        done = subprocess.run(
            [str(self._programs / name), *words],
            cwd=self.folder, capture_output=True, text=True, check=False, **self._as,
        )  # fmt: skip
        if done.returncode:
            message = f"{name} failed:\n{done.stdout[-1500:]}{done.stderr[-1500:]}"
            raise RuntimeError(message)


def _somebody() -> Any:
    """An account without rights that every Debian has."""
    import pwd  # noqa: PLC0415 - is not there on Windows, where nothing of this runs

    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    message = "there is nobody to run the server as"
    raise RuntimeError(message)
