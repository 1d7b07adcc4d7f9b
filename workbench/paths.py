"""Where things are: the profile folder and what lies in it, the program's own resources, and the program itself."""

import sys
from pathlib import Path

import workbench

WORKER_VERB = "_worker"
"""The one argument with which the window starts this program to work for it."""
_APPLICATION = "community-workbench"


def default_profile() -> Path:
    """The folder of the profile when nobody names one: under the user's own data folder of the system."""
    import platformdirs  # noqa: PLC0415 - 20 ms, and only when no folder was named

    return platformdirs.user_data_path(_APPLICATION, appauthor=False) / "profile"


def database_file(profile: Path) -> Path:
    """The encrypted database of a profile."""
    return profile / "workbench.db"


def backup_folder(profile: Path) -> Path:
    """Where verified copies are kept."""
    return profile / "backups"


def log_folder(profile: Path) -> Path:
    """Where the log is kept."""
    return profile / "logs"


def resource(name: str) -> Path:
    """A file or folder the program ships with, by its name under resources/ ("icons/plan.svg").

    FileNotFoundError for what is not shipped: that is a mistake in the program, not in the profile.
    """
    for folder in _resource_folders():
        candidate = (folder / name).resolve()
        if candidate.is_relative_to(folder.resolve()) and candidate.exists():
            return candidate
    message = f"not among the resources: {name}"
    raise FileNotFoundError(message)


def own_command() -> list[str]:
    """How this program starts itself, also when it is frozen into one executable."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    # As we were started ourselves: with -P a file in the folder one stands in is not taken for one of our modules.
    return [sys.executable, *(["-P"] if sys.flags.safe_path else []), "-m", "workbench"]


def _resource_folders() -> tuple[Path, ...]:
    package = Path(workbench.__file__).parent
    # A frozen program unpacks its files into this folder; a wheel carries them inside the package.
    frozen = getattr(sys, "_MEIPASS", None)
    unpacked = (Path(frozen) / "resources",) if frozen is not None else ()
    return (*unpacked, package.parent / "resources", package / "resources")
