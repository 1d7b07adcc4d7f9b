"""The verb that opens the window; the only one besides PDF and Word reports that loads Qt."""

import argparse
import os
from pathlib import Path

from workbench.cli.keys import open_workspace, profile_folder
from workbench.cli.output import Output
from workbench.clock import Clock
from workbench.vault import Passphrase
from workbench.workspace import Workspace


def run_window(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Opens the window on the chosen profile, or writes a picture of one page and leaves.

    A picture is only read, so it can be taken beside an open window.
    """
    profile = profile_folder(options)
    page = getattr(options, "page", None)
    screenshot: Path | None = getattr(options, "screenshot", None)
    if screenshot is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # numpy would otherwise start a thread pool of its own, with a buffer for each core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from workbench.ui.app import run  # noqa: PLC0415 - only this verb loads Qt

    def opened() -> Workspace:
        return open_workspace(options, clock=clock, say=output.warn, writable=screenshot is None)

    def unlocked(passphrase: str) -> Workspace:
        return Workspace.open(profile, key=Passphrase(ask=lambda: passphrase), clock=clock)

    return run(opened, profile=profile, unlock=unlocked, page=page, screenshot=screenshot)
