"""The environment beside dev.py: made once, kept in step with the lock files, made anew where it was cut short.

Standard library only: this runs before anything is installed. Words go to stderr, so that stdout stays the program's.
"""

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import debian

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
RUNTIME_LOCK = ROOT / "packaging" / "requirements.lock"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.lock"
MARK = "made-by-dev.json"
NEEDS_QT = "from PySide6 import QtNetwork, QtPrintSupport, QtSvg, QtWidgets; QtWidgets.QApplication([])"


class SetupError(Exception):
    """Something is missing that only a person can give; the text says what, and the command that would."""


def say(text: str) -> None:
    """Tells the person at the terminal what goes on."""
    print(text, file=sys.stderr, flush=True)


def python_of(venv: Path) -> Path:
    """The interpreter of an environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def script_of(venv: Path, name: str) -> Path:
    """A command installed in an environment."""
    return python_of(venv).with_name(name + (".exe" if os.name == "nt" else ""))


def is_headless() -> bool:
    """Whether there is no screen to open a window on."""
    return sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def child_environment() -> dict[str, str]:
    """The variables a child starts with: as ours, and without a screen Qt draws into memory."""
    variables = dict(os.environ)
    if is_headless():
        variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    return variables


def ensure(lock: Path) -> Path:
    """The environment's Python, with everything in `lock` installed and the checkout importable.

    A second call takes a moment. Raises SetupError with the command that would help.
    """
    with alone(CACHE / "dev.lock"):
        is_ready = _key(lock) in _installed(VENV)
        get_system_packages(is_first_time=not is_ready)
        if not is_ready:
            _set_up(lock)
    return python_of(VENV)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Holds the lock file at `path`, so that two set-ups never write to one folder; a crash frees it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        if not _try_lock(handle.fileno()):
            say("Another set-up is running here; waiting for it…")
            while not _try_lock(handle.fileno(), is_patient=True):
                pass
        yield


def _try_lock(descriptor: int, *, is_patient: bool = False) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            # LK_LOCK gives up after ten seconds; the caller asks again.
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if is_patient else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - exists everywhere but on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def get_system_packages(*, is_first_time: bool) -> None:
    """Installs what Qt needs from Debian; fonts are asked for when the environment is made, and may be missing.

    Raises SetupError when something strictly needed cannot be installed. Does nothing on other systems.
    """
    if not debian.is_debian():
        return
    has_x11 = bool(os.environ.get("DISPLAY"))
    needed = debian.QT_LIBRARIES + (debian.SCREEN_LIBRARIES if has_x11 else ())
    _get(debian.missing(needed), why="Qt's system libraries")
    if not is_first_time:
        return
    _get(debian.missing(debian.FONTS), why="fonts for every script", without="Arabic and Chinese may show as boxes")
    if not has_x11:
        _get(debian.missing(debian.SCREEN_LIBRARIES), why="what a screen needs", without="no window can open")


def _get(packages: Sequence[str], *, why: str, without: str = "") -> None:
    """Installs `packages` or says how to; raises SetupError when there is no going on `without` them."""
    if not packages:
        return
    reason = "it takes an administrator"
    if debian.is_root():
        say(f"Installing {why}: {' '.join(packages)}…")
        try:
            debian.install(packages)
        except debian.AptError as error:
            reason = f"apt-get said:\n{error}"
        else:
            return
    text = f"{why[0].upper()}{why[1:]} could not be installed ({reason}). Run:\n  {debian.command(packages)}"
    if not without:
        raise SetupError(text + "\nthen the same command again.")
    say(f"{text}\nGoing on without: {without}.")


def _set_up(lock: Path) -> None:
    # The key goes last: an environment without it was cut short, and nobody knows what is in it.
    installed = _installed(VENV)
    if not installed:
        say("Making the environment (once, about a minute)…")
        make_venv(VENV)
    _write_mark(VENV, installed=())
    say("Installing the locked dependencies…")
    install_locked(VENV, lock)
    _make_importable(VENV)
    _check_qt(VENV)
    # The test tools' lock holds the program's dependencies too.
    _write_mark(VENV, installed=(_key(lock),) if lock != DEV_LOCK else (_key(DEV_LOCK), _key(RUNTIME_LOCK)))
    say("Ready.")


def _python_kind() -> str:
    return f"{sys.implementation.name}-{sys.version_info[0]}.{sys.version_info[1]}"


def _key(lock: Path) -> str:
    return f"{lock.name}:{hashlib.sha256(lock.read_bytes()).hexdigest()}"


def _installed(venv: Path) -> tuple[str, ...]:
    """The keys of what is wholly installed; empty where it was cut short, moved, or made for another Python."""
    try:
        mark = json.loads((venv / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    is_ours = mark.get("python") == _python_kind() and mark.get("folder") == str(venv) and python_of(venv).exists()
    return tuple(mark.get("installed", ())) if is_ours else ()


def _write_mark(venv: Path, *, installed: Sequence[str]) -> None:
    mark = {"python": _python_kind(), "folder": str(venv), "installed": list(installed)}
    fresh = venv / (MARK + ".new")
    fresh.write_text(json.dumps(mark), encoding="utf-8")
    fresh.replace(venv / MARK)


def make_venv(venv: Path) -> None:
    """Makes an empty environment in `venv`, replacing one that dev.py made before.

    Raises SetupError where the folder is somebody else's, or Python's own venv module is incomplete.
    """
    if venv.exists() and any(venv.iterdir()):
        if not (venv / MARK).exists():
            msg = f"{venv} is there already and dev.py did not make it. Move it away, then run the same command again."
            raise SetupError(msg)
        shutil.rmtree(venv)
    _get_ensurepip()
    venv.mkdir(parents=True, exist_ok=True)
    _write_mark(venv, installed=())
    # Started from inside an environment, that one's own base must be asked: it may be the one just removed.
    base = getattr(sys, "_base_executable", sys.executable)
    _run([base, "-I", "-m", "venv", str(venv)], what="The environment could not be made")


def _get_ensurepip() -> None:
    # Asked in a new process: this one would not see a package that has just been installed.
    probe = [sys.executable, "-I", "-c", "import ensurepip, venv"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not debian.is_debian():
        msg = f"{sys.executable} lacks the modules venv and ensurepip. Install Python with them, then run this again."
        raise SetupError(msg)
    _get([package], why="Python's environment module")


def install_locked(venv: Path, lock: Path, *, may_build: bool = False) -> None:
    """Installs exactly what `lock` names, each file checked against its hash.

    With `may_build`, packages that come as source only are built. Raises SetupError when pip does not succeed.
    """
    command = [str(python_of(venv)), "-I", "-m", "pip", "install", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", "--require-hashes", "--no-deps"]
    command += [] if may_build else ["--only-binary", ":all:"]
    _run([*command, "-r", str(lock)], what="The dependencies could not be installed")


def _run(command: Sequence[str], *, what: str) -> None:
    variables = {name: value for name, value in os.environ.items() if name not in {"PIP_TARGET", "PIP_PREFIX"}}
    variables["PIP_USER"] = "0"
    done = subprocess.run(
        command,
        env=variables,
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
            f"{what}. The last words were:\n{tail}\n"
            f"Look at the line to the network and the space on the disk, then run the same command again. By hand:\n"
            f"  {shlex.join(command)}"
        )
        raise SetupError(msg)


def _make_importable(venv: Path) -> None:
    """Puts the checkout on the environment's path, and a `workbench` command beside its Python, without a network."""
    python = python_of(venv)
    ask = [str(python), "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())
    # Relative, hence plain ASCII: how the file is decoded differs between versions of Python.
    (packages / "community-workbench.pth").write_text(os.path.relpath(ROOT, packages) + "\n", encoding="ascii")
    if os.name == "nt":
        python.with_name("workbench.cmd").write_text(f'@"{python}" -P -m workbench %*\n', encoding="utf-8")
        return
    script = python.with_name("workbench")
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(str(python))} -P -m workbench "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def _check_qt(venv: Path) -> None:
    """Refuses an environment in which Qt does not start, naming the library that is missing."""
    probe = subprocess.run(
        [str(python_of(venv)), "-I", "-c", NEEDS_QT],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if probe.returncode == 0:
        return
    last = (probe.stderr.strip().splitlines() or [f"exit code {probe.returncode}"])[-1]
    library = last.partition("ImportError: ")[2].partition(":")[0]
    help_line = "Install the system library it names, then run the same command again."
    if library and shutil.which("dnf"):
        help_line = f"Run:\n  sudo dnf install '*/{library}'\nthen the same command again."
    msg = f"Qt does not start on this system: {last}\n{help_line}"
    raise SetupError(msg)
