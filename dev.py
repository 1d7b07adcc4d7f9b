#!/usr/bin/env python3
"""Everything a developer types: demo, run, test, check, bench, rig, platform, lock. Builds its own environment first.

Standard library only, and written so that an old Python reads it far enough to say that it is too old.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


def too_old(version: "tuple[int, ...]", found: str) -> str:
    """What to tell somebody whose Python is `version`; `found` names a newer one on this machine, or is empty."""
    command = " ".join(["dev.py", *sys.argv[1:]])
    told = (
        f"Community Workbench needs Python {OLDEST[0]}.{OLDEST[1]} or newer; "
        f"this is Python {version[0]}.{version[1]} ({sys.executable}).\n"
    )
    if found:
        return f"{told}This machine has a newer one. Run: {found} {command}"
    return f"{told}Install a newer one (Debian 12 and Ubuntu 24.04 carry it), then run: python3 {command}"


if sys.version_info < OLDEST:
    newer = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)]
    sys.exit(too_old(sys.version_info[:2], newer[0] if newer else ""))

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "packaging"))

import environment  # noqa: E402 - only a Python new enough to read it gets this far
from environment import DEV_LOCK, RUNTIME_LOCK, SetupError, child_environment, say  # noqa: E402 - as above

LOCKS = (
    ("pyproject.toml", "packaging/requirements.lock", "--universal"),
    ("pyproject.toml", "packaging/requirements-dev.lock", "--universal --group dev -c packaging/requirements.lock"),
    ("packaging/servers/mailman.in", "packaging/servers/mailman.lock", "--python-platform linux"),
    ("packaging/servers/perceval.in", "packaging/servers/perceval.lock", "--python-platform linux"),
)
# No host and no path of the machine it was made on.
LOCK_STYLE = "--python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet"
SERVERS = ("packaging/servers/mailman.py", "packaging/servers/oidc.py", "packaging/servers/postgres.py")
TYPED = (
    "dev.py",
    "packaging/debian.py",
    "packaging/environment.py",
    "packaging/servers/locked.py",
    "packaging/servers/perceval.py",
    *SERVERS,
)


def demo(arguments: "list[str]") -> int:
    """Makes a profile with a sample network, a plan and its summary, and says where they are."""
    return run(["demo", *arguments])


def run(arguments: "list[str]") -> int:
    """Starts the program: run ARGS is `workbench ARGS`."""
    python = environment.ensure(RUNTIME_LOCK)
    # -P: a file in the folder one happens to stand in must not be taken for one of our modules.
    return call([str(python), "-P", "-m", "workbench", *arguments], folder=Path.cwd())


def test(arguments: "list[str]") -> int:
    """Runs the tests; ARGS go to pytest. CI=1 or WORKBENCH_SERVERS=1 installs the real servers first."""
    python = environment.ensure(DEV_LOCK)
    # The tests start the program a hundred times, and each would compile it anew.
    extra = {"PYTHONDONTWRITEBYTECODE": ""}
    if is_set("CI") or is_set("WORKBENCH_SERVERS"):
        extra["WORKBENCH_REQUIRE_SERVERS"] = "1"
        for server in SERVERS:
            code = call([sys.executable, server])
            if code:
                return code
    return call([str(python), "-m", "pytest", *workers(arguments), *arguments], extra=extra)


def check(arguments: "list[str]") -> int:
    """Looks for faults without running the program: ruff, its formatter, mypy, import contracts."""
    if arguments:
        say("dev.py check takes no arguments.")
        return 2
    python = str(environment.ensure(DEV_LOCK))
    lint_imports = str(environment.script_of(environment.VENV, "lint-imports"))
    tools = (
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("mypy", [python, "-m", "mypy"]),
        ("mypy, house", [python, "-m", "mypy", *TYPED]),
        ("import contracts", [lint_imports]),
    )
    failed = []
    for name, command in tools:
        say(f"— {name}")
        if call(command):
            failed.append(name)
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def bench(arguments: "list[str]") -> int:
    """Measures against the limits of this machine; ARGS name single benchmarks."""
    python = environment.ensure(DEV_LOCK)
    return call([str(python), "-m", "tests.bench", *arguments])


def rig(arguments: "list[str]") -> int:
    """Syncs under faults, kills and power loss by seed; ARGS: --seeds N, --from N, --kills N, --power N."""
    python = environment.ensure(DEV_LOCK)
    return call([str(python), "-m", "tests.rig", *arguments])


def platform(arguments: "list[str]") -> int:
    """Runs a stand-in of a platform with an invented network, to try a sync by hand; ARGS: NAME [--port N]."""
    python = environment.ensure(DEV_LOCK)
    return call([str(python), "-m", "tests.platforms", *arguments])


def lock(arguments: "list[str]") -> int:
    """Writes the lock files anew from pyproject.toml; ARGS go to uv, for example --upgrade."""
    uv = shutil.which("uv")
    if uv is None:
        say("This needs uv, which is not on the path. Run:\n  python3 -m pip install uv\nthen the same command again.")
        return 1
    for source, target, options in LOCKS:
        say(f"Locking {target}…")
        code = call([uv, "pip", "compile", source, *options.split(), *LOCK_STYLE.split(), *arguments, "-o", target])
        if code:
            return code
    return 0


COMMANDS = {
    "demo": demo,
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "rig": rig,
    "platform": platform,
    "lock": lock,
}


def is_set(name: str) -> bool:
    """Whether a variable of the environment says yes."""
    return os.environ.get(name, "").lower() not in {"", "0", "false", "no"}


def workers(arguments: "list[str]") -> "list[str]":
    """The test runner's processes: two, unless the arguments choose, or ask for a debugger."""
    chosen = ("-n", "--numprocesses", "--pdb", "--trace", "no:xdist", "-pno:xdist")
    return [] if any(argument.startswith(chosen) for argument in arguments) else ["-n", "2"]


def call(command: "list[str]", *, folder: Path = ROOT, extra: "dict[str, str] | None" = None) -> int:
    """Runs a command to its end and answers its exit code; Ctrl+C is the command's own to handle.

    Descriptors that were handed to us (`--passphrase-fd 3 3<file`) are handed on.
    """
    environment_of_child = {**child_environment(), **(extra or {})}
    with subprocess.Popen(command, cwd=folder, env=environment_of_child, close_fds=False) as process:
        while True:
            try:
                code = process.wait()
            except KeyboardInterrupt:
                continue
            # A child ended by a signal counts as a shell counts it.
            return code if code >= 0 else 128 - code


def usage() -> str:
    """One line for each command."""
    lines = [f"  {name:<8} {(command.__doc__ or '').splitlines()[0]}" for name, command in COMMANDS.items()]
    return "Usage: python3 dev.py COMMAND [ARGS...]\n\n" + "\n".join(lines)


def main(arguments: "list[str]") -> int:
    """Does what the first argument names; 2 when it names nothing."""
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print(usage())
        return 0
    if not arguments or arguments[0] not in COMMANDS:
        say(usage())
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. The next run starts the set-up again where that is needed.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
