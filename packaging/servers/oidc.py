"""A real OpenID provider for the tests, in `.cache/servers/oidc`: Node packages by their lock file, nothing else.

`python3 packaging/servers/oidc.py` installs it where it is missing; tests/rig/oidc.py starts it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import debian
import environment

FOLDER = environment.CACHE / "servers" / "oidc"
STAMP = FOLDER / "installed"
LISTS = Path(__file__).resolve().with_name("oidc")
LOCK = LISTS / "package-lock.json"
OLDEST_NODE = 18


def _key() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def is_installed() -> bool:
    """Whether the versions in the lock file are installed, whole."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8").strip() == _key()


def install() -> None:
    """Installs the provider unless it is there.

    Raises SetupError without Node and npm where they cannot be installed, and when npm does not succeed.
    """
    with environment.alone(FOLDER.parent / "oidc.lock"):
        get_node()
        if is_installed():
            return
        environment.say("Installing a real sign-in server for the tests (once, a few seconds)…")
        # The stamp goes last: a folder without it was cut short and is made anew.
        if FOLDER.exists():
            shutil.rmtree(FOLDER)
        FOLDER.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(LISTS / name, FOLDER / name)
        _run_npm()
        STAMP.write_text(_key() + "\n", encoding="utf-8")


def get_node() -> None:
    """Sees to Node and npm, from Debian where they are missing and we may.

    Raises SetupError, with the command that would help, where we may not.
    """
    if node_version() >= OLDEST_NODE and shutil.which("npm"):
        return
    packages = ("nodejs", "npm")
    if not debian.is_debian():
        msg = f"The sign-in server of the tests needs Node {OLDEST_NODE} with npm. Install it, then run this again."
        raise environment.SetupError(msg)
    reason = "it takes an administrator"
    if debian.is_root():
        environment.say(f"Installing {' and '.join(packages)} for the tests…")
        try:
            debian.install(packages)
        except debian.AptError as error:
            reason = f"apt-get said:\n{error}"
        if node_version() >= OLDEST_NODE and shutil.which("npm"):
            return
    msg = f"Node {OLDEST_NODE} or newer could not be installed ({reason}). Run:\n  {debian.command(packages)}"
    raise environment.SetupError(msg)


def node_version() -> int:
    """The main version of the Node on the path; 0 without one."""
    node = shutil.which("node")
    if node is None:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = said.strip().removeprefix("v").partition(".")[0]
    return int(number) if number.isdigit() else 0


def _run_npm() -> None:
    # Each file is checked against its hash; scripts of packages are not run.
    command = [shutil.which("npm") or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        command,
        cwd=FOLDER,
        env={**os.environ, "NO_UPDATE_NOTIFIER": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        tail = "\n".join(done.stdout.strip().splitlines()[-12:])
        msg = (
            f"npm did not succeed. The last words were:\n{tail}\nLook at the line to the network, then run this again."
        )
        raise environment.SetupError(msg)


def main() -> int:
    """Installs, and says what is in the way."""
    try:
        install()
    except environment.SetupError as error:
        environment.say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
