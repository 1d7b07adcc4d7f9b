"""A Sync page over a profile, and what stands on it."""

from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.settled import settle
from workbench.errors import LineError
from workbench.models.kinds import AccountKind, RunState
from workbench.sync.mirror import Applied
from workbench.sync.records import CommunityRecord
from workbench.ui.context import Context
from workbench.ui.pages.sync import SyncPage
from workbench.ui.widgets.chip import Chip
from workbench.workspace import Workspace


def add_failed_archive(workspace: Workspace) -> Workspace:
    """An archive on the web whose last sync failed."""
    account = workspace.accounts.add(AccountKind.HYPERKITTY, "Team", base_url="https://lists.example.org/archives/")
    team = workspace.mirror.ensure_community(account, CommunityRecord("team@lists.example.org", "Team"))
    run_id = workspace.mirror.start_run(team)
    workspace.mirror.end_run(run_id, RunState.FAILED, totals=Applied(), error=LineError("no answer"))
    return workspace


def made_page(qtbot, context: Context) -> SyncPage:
    """The page, shown and read."""
    context.sources.start()
    made = SyncPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    settle(qtbot, context.jobs)
    return made


def words(page: SyncPage) -> str:
    """Everything that can be read on it."""
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def button(page: SyncPage, text: str) -> QPushButton:
    """The button of this name that can be seen."""
    return next(one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible())


def chips(page: SyncPage) -> list[str]:
    """The states of its accounts."""
    return sorted(chip.text for chip in page.findChildren(Chip))
