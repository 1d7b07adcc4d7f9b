"""dev.py and packaging/: what it tells people, what it takes for finished, and that the locks hold what is declared."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import debian
import environment
import pytest

import dev

ROOT = Path(dev.__file__).parent
SERVERS = ROOT / "packaging" / "servers"
LOCKS = (environment.RUNTIME_LOCK, environment.DEV_LOCK, SERVERS / "mailman.lock", SERVERS / "perceval.lock")


def pinned(lock: Path) -> dict[str, list[str]]:
    """What a lock file pins: name → "version ; marker" lines."""
    found: dict[str, list[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([\w.-]+)==(.*?)\s*\\?$", line):
            found.setdefault(normal(match[1]), []).append(match[2])
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    return {normal(re.match(r"[\w.-]+", text)[0]) for text in requirements}


def a_tool(folder: Path, name: str, script: str) -> None:
    """A stand-in for a program of the system, as a shell script."""
    tool = folder / name
    tool.write_text(f"#!/bin/sh\n{script}\n")
    tool.chmod(0o755)


class Checkout:
    """A copy of dev.py with an environment that counts as finished, whose Python only tells what it was asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copy(ROOT / "dev.py", root)
        shutil.copytree(ROOT / "packaging", root / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
        venv = root / ".venv"
        self.tools = environment.python_of(venv).parent
        self.tools.mkdir(parents=True)
        a_tool(
            self.tools, "python", 'echo "python $* in $PWD"; echo "need=$WORKBENCH_REQUIRE_SERVERS qt=$QT_QPA_PLATFORM"'
        )
        a_tool(self.tools, "lint-imports", "echo lint-imports")
        keys = [environment._key(lock) for lock in (environment.RUNTIME_LOCK, environment.DEV_LOCK)]
        environment._write_mark(venv, installed=keys)
        self.system = root / "system"
        self.system.mkdir()
        a_tool(self.system, "dpkg-query", 'for name; do echo "ii |$name"; done')
        a_tool(self.system, "apt-get", "exit 100")
        a_tool(self.system, "node", "echo v20.0.0")
        a_tool(self.system, "npm", "exit 0")

    def dev(self, *arguments: str, folder: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs dev.py as a person would, on a system without a screen."""
        surplus = {
            "CI",
            "WORKBENCH_SERVERS",
            "WORKBENCH_REQUIRE_SERVERS",
            "QT_QPA_PLATFORM",
            "DISPLAY",
            "WAYLAND_DISPLAY",
        }
        kept = {name: value for name, value in os.environ.items() if name not in surplus}
        kept["PATH"] = f"{self.system}{os.pathsep}{kept['PATH']}"
        return subprocess.run(
            [sys.executable, str(self.root / "dev.py"), *arguments],
            cwd=folder or self.root,
            env={**kept, **variables},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    if os.name == "nt":
        pytest.skip("the stand-ins are shell scripts")
    root = tmp_path / "a checkout"
    root.mkdir()
    return Checkout(root)


def test_an_old_python_can_read_dev_py_as_far_as_the_refusal():
    source = (ROOT / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    assert source.index("if sys.version_info < OLDEST") < source.index("import environment")


def test_an_old_python_is_told_its_version_and_what_to_do():
    told = dev.too_old((3, 9), "")
    assert "needs Python 3.11 or newer; this is Python 3.9" in told
    assert "Install a newer one" in told
    assert "Run: python3.12 dev.py" in dev.too_old((3, 9), "python3.12")


def test_without_a_command_the_commands_are_listed(checkout):
    done = checkout.dev()
    assert done.returncode == 2
    assert [line.split()[0] for line in done.stderr.splitlines()[2:]] == [
        "demo",
        "run",
        "test",
        "check",
        "bench",
        "rig",
        "platform",
        "lock",
    ]
    helped = checkout.dev("--help")
    assert (helped.returncode, helped.stdout) == (0, done.stderr)


def test_run_hands_every_argument_on_and_starts_in_the_folder_one_stands_in(checkout, tmp_path):
    done = checkout.dev("run", "--json", "communities", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == f"python -P -m workbench --json communities in {tmp_path}"


def test_a_second_run_says_nothing_of_its_own(checkout):
    assert checkout.dev("run").stderr == ""


def test_demo_is_the_verb_of_the_same_name(checkout):
    assert "python -P -m workbench demo --out there in" in checkout.dev("demo", "--out", "there").stdout


@pytest.mark.parametrize(
    ("given", "passed"),
    [("", "-n 2"), ("-n0 tests/plans", "-n0 tests/plans"), ("--pdb", "--pdb"), ("-k undo", "-n 2 -k undo")],
)
def test_tests_run_in_two_processes_unless_the_arguments_choose(checkout, given, passed):
    assert f"python -m pytest {passed} in {checkout.root}" in checkout.dev("test", *given.split()).stdout


@pytest.mark.parametrize("name", ["CI", "WORKBENCH_SERVERS"])
def test_the_real_servers_are_installed_first_and_required_when_asked_for(checkout, name):
    # Nothing to fetch: what is tested is the way there, not the registry.
    (checkout.root / "packaging" / "servers" / "mailman.lock").write_text("")
    first = checkout.dev("test", **{name: "true"})
    assert first.returncode == 0, first.stderr
    assert "need=1" in first.stdout
    for server in ("mailman", "oidc"):
        assert (checkout.root / ".cache" / "servers" / server / "installed").exists()
    assert "Installing a real mailing-list server" in first.stderr
    assert "Installing a real sign-in server" in first.stderr
    assert "Installing" not in checkout.dev("test", **{name: "true"}).stderr


def test_a_real_server_is_neither_installed_nor_required_otherwise(checkout):
    done = checkout.dev("test", CI="false")
    assert "need= " in done.stdout
    assert not (checkout.root / ".cache" / "servers").exists()


def test_check_runs_every_tool_and_names_the_one_that_failed(checkout):
    assert checkout.dev("check").returncode == 0
    a_tool(checkout.tools, "python", 'echo "$*"; case "$*" in *format*) exit 1;; esac')
    done = checkout.dev("check")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "Failed: ruff format."
    assert [line.split()[1] for line in done.stdout.splitlines()[:4]] == ["ruff", "ruff", "mypy", "mypy"]
    assert done.stdout.splitlines()[4] == "lint-imports"


@pytest.mark.parametrize(("ending", "code"), [("exit 3", 3), ("kill -ABRT $$", 134)])
def test_a_childs_exit_code_is_passed_on_as_a_shell_would(checkout, ending, code):
    a_tool(checkout.tools, "python", ending)
    assert checkout.dev("run").returncode == code


@pytest.mark.skipif(sys.platform != "linux", reason="a screen is looked for on Linux only")
@pytest.mark.parametrize(("screen", "platform"), [("", "offscreen"), ("DISPLAY", ""), ("WAYLAND_DISPLAY", "")])
def test_without_a_screen_qt_draws_into_memory(checkout, screen, platform):
    done = checkout.dev("run", **({screen: ":0"} if screen else {}))
    assert done.stdout.splitlines()[1] == f"need= qt={platform}"


def test_an_environment_counts_as_finished_only_with_the_lock_it_was_made_from(tmp_path):
    python = environment.python_of(tmp_path)
    python.parent.mkdir()
    python.touch()
    lock = tmp_path / "a.lock"
    lock.write_text("a==1\n")

    assert environment._installed(tmp_path) == ()
    environment._write_mark(tmp_path, installed=())
    assert environment._installed(tmp_path) == ()
    environment._write_mark(tmp_path, installed=(environment._key(lock),))
    assert environment._key(lock) in environment._installed(tmp_path)
    lock.write_text("a==2\n")
    assert environment._key(lock) not in environment._installed(tmp_path)


@pytest.mark.parametrize("change", [{"python": "cpython-3.9"}, {"folder": "elsewhere"}, None])
def test_an_environment_of_another_python_or_place_or_with_a_torn_mark_is_made_anew(tmp_path, change):
    python = environment.python_of(tmp_path)
    python.parent.mkdir()
    python.touch()
    environment._write_mark(tmp_path, installed=("key",))
    mark = tmp_path / environment.MARK
    text = mark.read_text()
    mark.write_text(text[:-4] if change is None else json.dumps({**json.loads(text), **change}))
    assert environment._installed(tmp_path) == ()


def test_a_folder_somebody_else_made_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("precious")
    with pytest.raises(environment.SetupError, match=r"dev\.py did not make it"):
        environment.make_venv(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "precious"


def test_two_set_ups_wait_for_each_other(tmp_path):
    with environment.alone(tmp_path / "lock"):
        code = "import sys; sys.path.insert(0, sys.argv[1]); import environment, pathlib\nwith pathlib.Path(sys.argv[2]).open('a') as f: print(environment._try_lock(f.fileno()))"
        command = [sys.executable, "-c", code, str(ROOT / "packaging"), str(tmp_path / "lock")]
        held = subprocess.run(command, capture_output=True, text=True, check=True)
    free = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (held.stdout.strip(), free.stdout.strip()) == ("False", "True")


@pytest.fixture
def a_debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian without a network on which everything is installed but libegl1 and the fonts."""
    if sys.platform != "linux":
        pytest.skip("Debian is a Linux")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    absent = 'case "$name" in libegl1*|fonts-*|libglib2.0-0) ;; *) echo "ii |$name";; esac'
    a_tool(tmp_path, "dpkg-query", f'for name; do {absent}; done; echo "rc |libegl1"; exit 1')
    a_tool(tmp_path, "apt-get", f'echo "$@" >> {tmp_path}/said; echo "no line to the network"; exit 100')
    return tmp_path


def test_missing_packages_are_found_under_their_old_and_new_names(a_debian):
    assert debian.is_debian()
    assert debian.missing(debian.QT_LIBRARIES) == ["libegl1"]


def test_what_is_needed_and_cannot_be_installed_stops_with_the_command(a_debian, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(environment.SetupError) as stop:
        environment.get_system_packages(is_first_time=False)
    assert "no line to the network" in str(stop.value)
    assert "apt-get install libegl1" in str(stop.value)
    asked = (a_debian / "said").read_text().splitlines()
    assert ["install" in line.split() for line in asked] == [True, False, True]
    assert "update" in asked[1].split()


def test_who_is_not_root_is_told_the_line_to_type_and_nothing_is_tried(a_debian, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(environment.SetupError, match="sudo apt-get install libegl1"):
        environment.get_system_packages(is_first_time=False)
    assert not (a_debian / "said").exists()


def test_missing_fonts_are_named_and_do_not_stop_anything(a_debian, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    a_tool(a_debian, "dpkg-query", 'for name; do case "$name" in fonts-*) ;; *) echo "ii |$name";; esac; done')
    environment.get_system_packages(is_first_time=True)
    assert "sudo apt-get install fonts-noto-core fonts-noto-cjk" in capsys.readouterr().err
    environment.get_system_packages(is_first_time=False)
    assert capsys.readouterr().err == ""


def test_a_missing_library_is_told_in_words_and_fails(checkout):
    a_tool(checkout.system, "dpkg-query", "exit 1")
    done = checkout.dev("run")
    assert done.returncode == 1
    assert "apt-get install libgl1 libegl1" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_every_direct_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, tools = pinned(environment.RUNTIME_LOCK), pinned(environment.DEV_LOCK)
    assert declared(project["project"]["dependencies"]) <= runtime.keys()
    assert declared(project["dependency-groups"]["dev"]) <= tools.keys()
    assert {name: tools.get(name) for name in runtime} == runtime


def test_the_qt_binding_that_loses_references_is_not_locked_for_old_pythons():
    lines = pinned(environment.RUNTIME_LOCK)["pyside6-essentials"]
    old = [line for line in lines if "< '3.12'" in line]
    assert [line.split()[0] for line in old] == ["6.11.3"]
    assert all("3.12" in line for line in lines)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_file_has_a_hash_and_no_host(lock):
    text = lock.read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert "--index" not in text
