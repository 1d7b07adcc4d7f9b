"""Debian and its relatives: which system packages are missing, and getting them or naming the command that would.

Standard library only: this runs before anything is installed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

QT_LIBRARIES = (
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0",
    "libbrotli1",
)
SCREEN_LIBRARIES = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
)
FONTS = ("fonts-noto-core", "fonts-noto-cjk")
# Debian 13 and Ubuntu 24.04 renamed some libraries when they widened the clock; apt takes the old names, dpkg does not.
RENAMED = "t64"


class AptError(Exception):
    """apt-get did not install what was asked; the text is the end of what it said."""


def is_debian() -> bool:
    """Whether this system installs its packages by apt."""
    return sys.platform == "linux" and bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def is_root() -> bool:
    """Whether packages can be installed without asking for a password."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def missing(packages: Sequence[str]) -> list[str]:
    """Those of `packages` that are not installed, in the given order."""
    names = [name + ending for name in packages for ending in ("", RENAMED)]
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Abbrev}|${Package}\\n", *names]
    # Unknown names make the exit code 1 and say so on stderr; the answer on stdout is whole all the same.
    listing = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    installed = {line.partition("|")[2] for line in listing.splitlines() if line.startswith("ii")}
    return [name for name in packages if not {name, name + RENAMED} & installed]


def command(packages: Sequence[str]) -> str:
    """The line a person types to install `packages`."""
    prefix = "" if is_root() else "sudo "
    return f"{prefix}apt-get install {' '.join(packages)}"


def install(packages: Sequence[str]) -> None:
    """Installs `packages`, reading the package lists anew only where the ones at hand are absent or too old.

    Raises AptError when that does not succeed; needs root.
    """
    line = ["install", "--yes", "--no-install-recommends", *packages]
    if _apt(line).returncode == 0:
        return
    update = _apt(["update"])
    retry = _apt(line)
    if retry.returncode:
        said = (update.stdout if update.returncode else "") + retry.stdout
        raise AptError("\n".join(said.strip().splitlines()[-8:]))


def _apt(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
