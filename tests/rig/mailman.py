"""A whole real Mailman on loopback: the list server behind the archive, so that mail arrives, is held, and has members."""

import base64
import http.client
import json
import os
import signal
import smtplib
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from typing_extensions import override

from tests.rig.hyperkitty import ARCHIVER_KEY, BIN, READY_SECONDS, Hyperkitty, free_port

_OFF = ("out", "bounces", "retry", "digest", "command", "virgin", "task", "nntp")
_QUICK = ("in", "pipeline", "archive")
CONFIG = """
[mailman]
site_owner: owner@example.org
layout: here
noreply_address: noreply
[paths.here]
var_dir: {folder}/core
queue_dir: $var_dir/queue
list_data_dir: $var_dir/lists
log_dir: $var_dir/logs
lock_dir: $var_dir/locks
data_dir: $var_dir/data
cache_dir: $var_dir/cache
etc_dir: $var_dir/etc
messages_dir: $var_dir/messages
archive_dir: $var_dir/archives
template_dir: $var_dir/templates
pid_file: $var_dir/master.pid
lock_file: $lock_dir/master.lck
bin_dir: {bin}
ext_dir: $var_dir/ext
[webservice]
hostname: 127.0.0.1
port: {rest}
admin_user: {key}
admin_pass: {key}
workers: 1
[mta]
incoming: mailman.mta.null.NullMTA
lmtp_host: 127.0.0.1
lmtp_port: {lmtp}
[archiver.hyperkitty]
class: mailman_hyperkitty.Archiver
enable: yes
configuration: {folder}/archive.cfg
clobber_date: never
[archiver.prototype]
enable: no
"""
ARCHIVE = "[general]\nbase_url: http://127.0.0.1:{web}/archives/\napi_key: {key}\n"


class Mailman(Hyperkitty):
    """Archive, owners' pages and list server; `core` is the address of the list server's own interface.

    It takes mail by LMTP, as a mail server would pass it on.
    """

    def __init__(self, folder: Path) -> None:
        self.rest, self.lmtp = free_port(), free_port()
        super().__init__(folder, rest=self.rest)
        self.core = f"http://127.0.0.1:{self.rest}/3.1/"
        self.owners = f"http://127.0.0.1:{self.port}/mailman3/"
        parts = [CONFIG.format(folder=folder, bin=BIN, rest=self.rest, lmtp=self.lmtp, key=ARCHIVER_KEY)]
        # Nobody reads what it sends: without those programs it starts sooner and needs less.
        parts += [f"[runner.{name}]\nstart: no\n" for name in _OFF]
        parts += [f"[runner.{name}]\nsleep_time: 0.1s\n" for name in _QUICK]
        (folder / "mailman.cfg").write_text("".join(parts), encoding="utf-8")
        (folder / "archive.cfg").write_text(ARCHIVE.format(web=self.port, key=ARCHIVER_KEY), encoding="utf-8")
        self._core: subprocess.Popen[bytes] | None = None

    @override
    def start(self) -> None:
        """Starts both and waits until both answer."""
        with (self.folder / "core.log").open("ab") as log:
            argv = [str(BIN / "master"), "-C", str(self.folder / "mailman.cfg"), "--force"]
            self._core = subprocess.Popen(
                argv, env=self._environment(), cwd=self.folder, stdout=log, stderr=log, start_new_session=True
            )
        super().start()
        self.wait_until(self._is_up, seconds=READY_SECONDS)

    @override
    def stop(self) -> None:
        """Stops both, by process id."""
        super().stop()
        if self._core is None:
            return
        # It takes seconds to stop of itself, and nothing of it is kept.
        os.killpg(self._core.pid, signal.SIGKILL)
        self._core.wait(10)
        self._core = None

    def ask(self, method: str, path: str, value: dict[str, Any] | None = None) -> Any:
        """The list server's own interface, as its administrator: what it answers, None for nothing."""
        connection = http.client.HTTPConnection("127.0.0.1", self.rest, timeout=30)
        pair = base64.b64encode(f"{ARCHIVER_KEY}:{ARCHIVER_KEY}".encode()).decode()
        headers = {"Authorization": f"Basic {pair}"} | ({} if value is None else {"Content-Type": "application/json"})
        try:
            connection.request(method, f"/3.1/{path}", None if value is None else json.dumps(value), headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status >= 400:
            message = f"the list server refused {method} {path}: {response.status} {body[:300]!r}"
            raise RuntimeError(message)
        return json.loads(body) if body else None

    def add_list(self, address: str) -> None:
        """A list whose members may write; mail of others is held."""
        self.ask("POST", "lists", {"fqdn_listname": address})
        self.ask("PATCH", f"lists/{address}/config", {"default_member_action": "accept"})

    def add_member(self, address: str, person: str, *, name: str = "", role: str = "member") -> None:
        """Somebody on a list, without a word to them."""
        sure = dict.fromkeys(("pre_verified", "pre_confirmed", "pre_approved"), True)
        who = {"list_id": address.replace("@", "."), "subscriber": person, "display_name": name, "role": role}
        self.ask("POST", "members", {**who, **sure, "send_welcome_message": False})

    def remove_member(self, address: str, person: str) -> None:
        """Somebody off a list."""
        self.ask("DELETE", f"lists/{address}/member/{quote(person)}")

    def add_users(self, addresses: dict[str, str], password: str) -> None:
        """People by name who may sign in to the pages of the site, and whose addresses are proven."""
        self.run(
            "from django.contrib.auth.models import User\n"
            "from allauth.account.models import EmailAddress\n"
            f"for name, address in {addresses!r}.items():\n"
            f"    user = User.objects.create_user(name, address, {password!r})\n"
            "    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)"
        )

    def post(self, sender: str, recipient: str, mail: bytes) -> None:
        """One mail to a list, as a mail server passes it on."""
        with smtplib.LMTP("127.0.0.1", self.lmtp, local_hostname="localhost", timeout=30) as line:
            line.sendmail(sender, [recipient], mail)

    @staticmethod
    def wait_until(what: Callable[[], object], *, seconds: float = 60) -> None:
        """Until it is so: mail is passed on and archived when the server gets to it."""
        deadline = time.monotonic() + seconds
        while not what():
            if time.monotonic() > deadline:
                message = "the list server did not get there in time"
                raise RuntimeError(message)
            time.sleep(0.1)

    def _is_up(self) -> bool:
        try:
            self.ask("GET", "system/versions")
            with socket.create_connection(("127.0.0.1", self.lmtp), 1):
                return True
        except OSError:
            return False

    @override
    def _environment(self) -> dict[str, str]:
        return super()._environment() | {"MAILMAN_CONFIG_FILE": str(self.folder / "mailman.cfg")}
