"""Today marks: what was decided about the items of the list, written in order, with its way back and forth."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from workbench.models.changes import Changes
from workbench.operations.people import nudge_person, take_back_nudge
from workbench.operations.today_items import TodayPerson
from workbench.operations.today_marks import MarkState, mark, unmark
from workbench.ui.edit_history import Edit, EditHistory, there_and_back


class TodayMarks(EditHistory):
    """Decisions about items or some of their people."""

    def decide(self, keys: tuple[str, ...], state: MarkState, words: str, *, until: datetime | None = None) -> None:
        """Keeps a decision and says so in `words`, with the way back beside them."""
        workspace = self._context.workspace
        there = partial(mark, workspace, keys=keys, state=state, until=until)
        self._keep(there, partial(unmark, workspace, keys=keys), words)

    def nudged(self, person: TodayPerson, words: str) -> None:
        """Keeps that somebody gone quiet was written to: for ninety days nobody is asked after twice."""
        workspace, person_id = self._context.workspace, person.person_id
        there = partial(nudge_person, workspace, person_id=person_id)
        self._keep(there, partial(take_back_nudge, workspace, person_id=person_id), words)

    def _keep(self, there: Callable[[], Changes], back: Callable[[], Changes], words: str) -> None:
        self.write(Edit(there_and_back(there, back), made=words, taken_back="It is on the list again."))
