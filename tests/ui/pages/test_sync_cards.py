"""The cards of several accounts: one is read at a time, and the others say whether their turn comes or is over."""

from tests.ui.pages.sync_line import NOBODY_ANSWERS, add_lists
from tests.ui.pages.sync_page import made_page
from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.progress import Progress
from workbench.ui.context import Context
from workbench.ui.source_work import Work, WorkKind


def test_of_several_accounts_the_one_being_read_says_so_and_the_others_wait(qtbot, context: Context):
    lists = add_lists(context.workspace, "Water")
    context.workspace.accounts.add(AccountKind.HYPERKITTY, "Board", base_url=NOBODY_ANSWERS)
    resting = context.workspace.accounts.add(AccountKind.HYPERKITTY, "Resting", base_url=NOBODY_ANSWERS)
    context.workspace.accounts.pause(resting)
    page = made_page(qtbot, context)
    work = context.sources._newest[WorkKind.SYNC] = Work(WorkKind.SYNC, "")

    def told(name: str, **more) -> list[str]:
        context.sources._on_progress(work, Progress(0, "", stage="Asking what is new", account=name, **more))
        return [page.accounts._cards[one]._chip.text for one in (board, lists, resting)]

    board = context.workspace.accounts.find(AccountKind.HYPERKITTY, "Board")
    assert told("Board") == ["Running", "Next", "Paused"]
    assert told("Lists") == ["Never synced", "Running", "Paused"]
    work.is_running = False
    context.sources._arrived.stop()
    settle(qtbot, context.jobs)
