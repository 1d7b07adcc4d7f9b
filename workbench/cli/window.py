"""The verb that opens the window; the only one besides PDF and Word reports that loads Qt."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.output import Output
from workbench.clock import Clock
from workbench.errors import NeedsUserError
from workbench.paths import database_file, default_profile

if TYPE_CHECKING:
    # Whatever opens a profile is loaded by the functions below, after the window has been painted.
    from workbench.vault import KeySource
    from workbench.workspace import Workspace


def run_window(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Opens the window on the chosen profile, on the first run where there is none, or writes a picture and leaves.

    A picture is only read, so it can be taken beside an open window.
    """
    if getattr(options, "screenshot", None) is None:
        _refuse_without_screen()
    profile = Path(options.profile) if options.profile is not None else default_profile()
    page = getattr(options, "page", None)
    screenshot: Path | None = getattr(options, "screenshot", None)
    if screenshot is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # numpy would otherwise start a thread pool of its own, with a buffer for each core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from workbench.ui.app import run  # noqa: PLC0415 - only this verb loads Qt

    def opened() -> "Workspace":
        from workbench.cli.keys import open_workspace  # noqa: PLC0415 - after the first paint

        return open_workspace(options, clock=clock, say=output.warn, writable=screenshot is None)

    def unlocked(passphrase: str) -> "Workspace":
        from workbench.vault import Passphrase  # noqa: PLC0415 - as above
        from workbench.workspace import Workspace  # noqa: PLC0415 - as above

        return Workspace.open(profile, key=Passphrase(ask=lambda: passphrase), clock=clock)

    def created(key: "KeySource") -> "Workspace":
        from workbench.workspace import Workspace  # noqa: PLC0415 - as above

        return Workspace.create(profile, key=key, clock=clock)

    newcomer = None
    if screenshot is None and not database_file(profile).exists():
        from workbench.cli.keys import key_source  # noqa: PLC0415 - once in a profile's life
        from workbench.ui.pages.first_run import Newcomer  # noqa: PLC0415 - as above

        is_key_named = options.key_file is not None or options.passphrase_fd is not None
        newcomer = Newcomer(created, key_source(options, profile, say=output.warn) if is_key_named else None)
    return run(opened, profile=profile, unlock=unlocked, page=page, screenshot=screenshot, newcomer=newcomer)


def _refuse_without_screen() -> None:
    """NeedsUserError where there is nothing to open a window on: Qt would end the process without a word of ours."""
    named = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named):
        message = "there is no screen here to open a window on; `workbench --help` lists what works without one"
        raise NeedsUserError(message)
