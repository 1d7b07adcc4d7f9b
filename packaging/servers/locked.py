"""Programs that tests or the bench run beside us: each in an environment of its own, by a lock file, cached."""

import hashlib
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import environment


@dataclass(frozen=True)
class Locked:
    """`name` is its folder and its lock file; `saying` is told before it is installed."""

    name: str
    saying: str

    @property
    def folder(self) -> Path:
        """Where it is."""
        return environment.CACHE / "servers" / self.name

    @property
    def venv(self) -> Path:
        """Its environment."""
        return self.folder / "venv"

    @property
    def lock(self) -> Path:
        """What is installed, with hashes."""
        return Path(__file__).resolve().with_name(f"{self.name}.lock")

    def is_installed(self) -> bool:
        """Whether the version in the lock file is installed, whole."""
        stamp = self.folder / "installed"
        return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == self._key()

    def install(self) -> None:
        """Installs it unless it is there. Raises SetupError when pip does not succeed."""
        with environment.alone(self.folder.parent / f"{self.name}.lock"):
            if self.is_installed():
                return
            environment.say(self.saying)
            # The stamp goes last: a folder without it was cut short and is made anew.
            if self.folder.exists():
                shutil.rmtree(self.folder)
            environment.make_venv(self.venv)
            environment.install_locked(self.venv, self.lock, may_build=True)
            (self.folder / "installed").write_text(self._key() + "\n", encoding="utf-8")

    def _key(self) -> str:
        return f"{sys.version_info[0]}.{sys.version_info[1]} {hashlib.sha256(self.lock.read_bytes()).hexdigest()}"
