"""A real HyperKitty on a loopback port for the tests: started from `.cache`, filled by its own importer and archiver."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / ".cache" / "servers" / "mailman"
BIN = FOLDER / "venv" / "bin"
STAMP = FOLDER / "installed"
REQUIRED = os.environ.get("WORKBENCH_REQUIRE_SERVERS") == "1"
ARCHIVER_KEY = "only-for-tests"
READY_SECONDS = 90

SETTINGS = """
from mailman_web.settings.base import *
from mailman_web.settings.mailman import *
SECRET_KEY = "only-for-tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": {folder!r} + "/web.db",
                           "OPTIONS": {{"timeout": 30}}}}}}
MAILMAN_REST_API_URL = "http://127.0.0.1:{rest}"
MAILMAN_REST_API_USER = MAILMAN_REST_API_PASS = {key!r}
ACCOUNT_EMAIL_VERIFICATION = "none"
MAILMAN_ARCHIVER_KEY = {key!r}
MAILMAN_ARCHIVER_FROM = ("127.0.0.1",)
POSTORIUS_TEMPLATE_BASE_URL = "http://127.0.0.1"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
Q_CLUSTER = {{"sync": True, "orm": "default", "timeout": 300, "retry": 360}}
HAYSTACK_CONNECTIONS = {{"default": {{"ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
                                      "PATH": {folder!r} + "/whoosh"}}}}
HYPERKITTY_ENABLE_GRAVATAR = False
COMPRESS_ENABLED = COMPRESS_OFFLINE = False
COMPRESS_PRECOMPILERS = ()
STATIC_ROOT = {folder!r} + "/static"
LOGGING = {{"version": 1, "disable_existing_loggers": False,
            "handlers": {{"console": {{"class": "logging.StreamHandler"}}}},
            "root": {{"handlers": ["console"], "level": "WARNING"}}}}
"""


def is_installed() -> bool:
    """Whether packaging/servers/mailman.py has finished its work."""
    return STAMP.is_file()


class Hyperkitty:
    """One server in one folder; `root` is the address of the archive once it is started.

    Nobody listens at the discard port: the archive works without the list server, and asks it in vain for members.
    """

    def __init__(self, folder: Path, *, rest: int = 9) -> None:
        self.folder = folder
        self.port = free_port()
        self.root = f"http://127.0.0.1:{self.port}/archives/"
        self._process: subprocess.Popen[bytes] | None = None
        settings = SETTINGS.format(folder=str(folder), key=ARCHIVER_KEY, rest=rest)
        (folder / "settings.py").write_text(settings, encoding="utf-8")

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        self._migrated()
        argv = [str(BIN / "gunicorn"), "mailman_web.wsgi", "-b", f"127.0.0.1:{self.port}", "-w", "1", "--threads", "4"]
        log = (self.folder / "web.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                argv, env=self._environment(), cwd=self.folder, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                message = (
                    "HyperKitty did not start:\n" + (self.folder / "web.log").read_text("utf-8", "replace")[-3000:]
                )
                raise RuntimeError(message)

    def stop(self) -> None:
        """Stops the server and whatever it started, by process id."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)  # its word for at once
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
        self._process = None

    def import_archive(self, address: str, mbox: bytes) -> None:
        """Fills a list the way a site's administrator does."""
        path = self.folder / "import.mbox"
        path.write_bytes(mbox)
        # Without --since the importer stops at mail older than what it calls recent.
        self._manage("hyperkitty_import", "-l", address, "--since", "1970-01-02", str(path))

    def deliver(self, address: str, mail: bytes) -> None:
        """One mail into the archive, over the interface by which Mailman itself delivers."""
        edge = "the-edge-of-a-form-part"
        form = (
            (
                f'--{edge}\r\nContent-Disposition: form-data; name="mlist"\r\n\r\n{address}\r\n'
                f'--{edge}\r\nContent-Disposition: form-data; name="message"; filename="message.txt"\r\n\r\n'
            ).encode()
            + mail
            + f"\r\n--{edge}--\r\n".encode()
        )
        headers = {"Authorization": f"Token {ARCHIVER_KEY}", "Content-Type": f"multipart/form-data; boundary={edge}"}
        status, body = self._ask("POST", "api/mailman/archive", form, headers)
        if status != 200:
            message = f"the archive refused a mail: {status} {body[:300]!r}"
            raise RuntimeError(message)

    def make_private(self, address: str) -> None:
        """Hides a list from everybody but its members."""
        self.run(
            "from hyperkitty.models import ArchivePolicy, MailingList; "
            f"MailingList.objects.filter(name={address!r}).update(archive_policy=ArchivePolicy.private.value)",
        )

    def run(self, code: str) -> None:
        """Lines of Python inside the server's own program."""
        self._manage("shell", "-c", code)

    def count(self, address: str) -> int:
        """How many mails the server says a list has; none of a list it does not know yet."""
        status, body = self._ask("GET", f"api/list/{address}/emails/?format=json&limit=1")
        return int(json.loads(body)["count"]) if status == 200 else 0

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, urlsplit(self.root).path + path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def _answers(self) -> bool:
        try:
            return self._ask("GET", "api/lists/?format=json&limit=1")[0] == 200
        except OSError:
            # The pause between two looks; nothing can tell us of the moment a port is opened.
            time.sleep(0.1)
            return False

    def _migrated(self) -> None:
        """Gives the server an empty database; made once and kept beside the installation, since that takes seconds."""
        template = FOLDER / "empty.db"
        if not template.exists():
            self._manage("migrate", "-v0")
            part = template.with_suffix(f".{os.getpid()}.part")
            shutil.copy(self.folder / "web.db", part)
            part.replace(template)
        shutil.copy(template, self.folder / "web.db")

    def _manage(self, *words: str) -> None:
        done = subprocess.run(
            [str(BIN / "mailman-web"), *words],
            env=self._environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            message = f"mailman-web {words[0]} failed:\n{done.stdout[-1500:]}{done.stderr[-1500:]}"
            raise RuntimeError(message)

    def _environment(self) -> dict[str, str]:
        return {
            "MAILMAN_WEB_CONFIG": str(self.folder / "settings.py"),
            "HOME": str(self.folder),
            "PATH": f"{BIN}{os.pathsep}{os.defpath}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
        }


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
