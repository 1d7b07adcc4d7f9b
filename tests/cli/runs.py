"""One run of the command line in a test: in this process, or as a child of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_clock, a_key_file, a_workspace
from workbench.cli import main
from workbench.clock import Clock

ROOT = Path(__file__).resolve().parents[2]
DONE, FAILED, USAGE, PARTLY, NEEDS_USER = range(5)


@dataclass(frozen=True)
class Ran:
    """How a run ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, read as JSON."""
        return json.loads(self.out)


class Desk:
    """A profile with its key file in the folder of the test, and the command line in front of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.profile, self.key_file = folder / "profile", folder / "key"
        self.clock: Clock = a_clock()
        self._capsys = capsys

    def make(self) -> "Desk":
        """Puts an empty profile there."""
        a_workspace(self.folder).close()
        return self

    @property
    def where(self) -> list[str]:
        """The options that name profile and key."""
        return ["--profile", str(self.profile), "--key-file", str(self.key_file)]

    def run(self, *words: object, where: Sequence[str] | None = None) -> Ran:
        """Runs the command line here; usage errors come back as their exit code."""
        self._capsys.readouterr()
        arguments = [*(self.where if where is None else where), *map(str, words)]
        try:
            code = main(arguments, clock=self.clock)
        except SystemExit as stop:
            code = int(stop.code or 0)
        told = self._capsys.readouterr()
        return Ran(code, told.out, told.err)

    def rows(self, *words: object) -> Any:
        """What a run that has to succeed prints as JSON."""
        ran = self.run("--json", *words)
        assert ran.code == DONE, ran.err
        return ran.json

    def document(self, *words: object) -> Any:
        """The same of a run that writes a document: PDF loads Qt, which bears one application in a process, so a child."""
        if "pdf" not in words:
            return self.rows(*words)
        ran = self.child("--json", *words)
        assert ran.code == DONE, ran.err
        return ran.json

    def child(self, *words: object, **options: Any) -> Ran:
        """Runs the command line as a child."""
        return a_child([*self.where, *map(str, words)], **options)


def a_desk(folder: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk whose key file is there and whose profile is not."""
    a_key_file(folder)
    return Desk(folder, capsys)


def command(words: Sequence[str]) -> list[str]:
    """How the program is started."""
    return [sys.executable, "-m", "workbench", *words]


def a_child(words: Sequence[str], *, environment: dict[str, str] | None = None, **options: Any) -> Ran:
    """The command line in a process of its own, without anything to read unless a test gives it."""
    options = {"stdin": subprocess.DEVNULL, "timeout": 120} | options
    done = subprocess.run(
        command(words),
        cwd=ROOT,
        env=os.environ | (environment or {}),
        capture_output=True,
        encoding="utf-8",
        check=False,
        **options,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
