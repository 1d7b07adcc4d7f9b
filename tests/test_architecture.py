"""The rules of the house that no other tool holds: mirrored tests, docstrings, light imports, clean files."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "workbench"

# Tables say what is stored and nothing else: tests/models/test_tables.py makes and reads every one of them.
TABLES = {
    "account",
    "activity",
    "annotation",
    "attachment",
    "columns",
    "community",
    "community_card",
    "exchange_log",
    "kept",
    "kinds",
    "note",
    "outbox",
    "people_merge",
    "people_own",
    "person",
    "plan",
    "question",
    "rollup",
    "row_ids",
    "sync_state",
    "table_mapping",
    "today",
    "web_traffic",
}
WITHOUT_OWN_TEST = {
    "__main__.py",  # calls cli.main and nothing else
    "sync/records.py",  # frozen records without behaviour
    "sync/connector.py",  # the contract; the shared suite in tests/sync holds every connector to it
    "sync/posting.py",  # the same for those that send
    *(f"models/{name}.py" for name in TABLES),
}
HEAVY = ("sqlmodel", "sqlalchemy", "numpy", "alembic", "httpx2", "keyring")
QT = ("PySide6", "shiboken6", "pyqtgraph", "qtawesome")
# Put together here, so that this file does not name what it looks for.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("debian", "org/debian"),
        ("crates", "io"),
        ("golang", "org"),
    )
)
LITTER = {
    ".git",
    ".venv",
    ".cache",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    "build",
    "dist",
    "demo",
}
MACHINE_PATH = re.compile(r"(?<![\w.~$}\])>-])/(?:home|root|work|Users)/\w")
NOQA = re.compile(r"#\s*noqa(?!: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)* - \w)")
IGNORE = re.compile(r"#\s*type:\s*ignore(?!\[[a-z, -]+\]\s+# \w)")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:  # an unpacked archive
        found = [path for path in ROOT.rglob("*") if not any(part in LITTER for part in path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def text_of(path: Path) -> str:
    """The text of a file; empty for pictures and other files that are none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def loaded_after(*imports: str, of: tuple[str, ...]) -> list[str]:
    """Which top-level packages of `of` a fresh Python holds once it has imported `imports`."""
    code = "import importlib, sys\nfor name in sys.argv[1].split(): importlib.import_module(name)\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, " ".join(imports)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return sorted({name.partition(".")[0] for name in done.stdout.split()} & set(of))


def test_every_module_has_a_test_of_its_own():
    wanted = {path.relative_to(PACKAGE) for path in modules() if path.name != "__init__.py"}
    wanted = {path for path in wanted if path.as_posix() not in WITHOUT_OWN_TEST and path.parent.name != "migrations"}
    absent = [
        path.as_posix()
        for path in sorted(wanted)
        if not (ROOT / "tests" / path).with_name(f"test_{path.name}").exists()
    ]
    assert not absent, "no test file mirrors these modules"


def test_modules_excused_from_a_test_exist():
    assert not [name for name in WITHOUT_OWN_TEST if not (PACKAGE / name).exists()]


def test_every_module_says_what_lives_in_it():
    assert not [
        dotted(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]


def test_importing_the_core_leaves_qt_unloaded():
    core = [dotted(path) for path in modules() if path.relative_to(PACKAGE).parts[0] not in {"ui", "__main__.py"}]
    assert loaded_after(*core, of=QT) == []


@pytest.mark.parametrize("start", ["workbench.workspace", "workbench.cli", "queries"])
def test_what_every_start_imports_is_light(start):
    names = [start]
    if start == "queries":
        names = [dotted(path) for path in modules() if path.relative_to(PACKAGE).parts[0] == "queries"]
    assert loaded_after(*names, of=HEAVY + QT) == []


def test_no_file_names_a_package_registry():
    naming = {f"{path.relative_to(ROOT)}: {host}" for path in files() for host in REGISTRIES if host in text_of(path)}
    assert not naming


def test_no_file_names_a_folder_of_one_machine():
    naming = {f"{path.relative_to(ROOT)}: {hit[0]}" for path in files() if (hit := MACHINE_PATH.search(text_of(path)))}
    assert not naming


def test_every_silenced_warning_has_a_code_and_a_reason():
    sources = {path: text_of(path) for path in files() if path.suffix == ".py"}
    bare = [
        f"{path.relative_to(ROOT)}:{token.start[0]} {token.string}"
        for path, source in sources.items()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and (NOQA.search(token.string) or IGNORE.search(token.string))
    ]
    assert not bare


def test_the_server_runs_the_commands_the_readme_gives():
    readme, script = text_of(ROOT / "README.md"), text_of(ROOT / ".ci" / "run")
    assert "python3 dev.py demo" in readme
    for command in ("python3 dev.py check", "python3 dev.py test"):
        assert command in readme
        assert command in script.splitlines()


def test_the_changelog_has_a_place_for_what_comes_next():
    lines = text_of(ROOT / "CHANGELOG.md").splitlines()
    assert "## [Unreleased]" in lines
    headings = {line.removeprefix("### ") for line in lines if line.startswith("### ")}
    assert headings <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
