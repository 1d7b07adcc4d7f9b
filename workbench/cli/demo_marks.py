"""The demo's marks: what a coordinator would have noted in the sample network, so that every page has something."""

from datetime import timedelta
from typing import Final

from workbench.cli.demo_plan import COMMUNITY
from workbench.operations.annotations import annotate
from workbench.operations.head_counts import set_head_count
from workbench.operations.questions import listen_for, mark_urgent, route_question
from workbench.queries.communities import find_community
from workbench.queries.questions import QuestionState, list_questions
from workbench.workspace import Workspace

OWNER: Final = "Luis Ejemplo"
_EVERYBODY: Final = 9_000
_THEIRS: Final = 600
_SOURCE: Final = "Invented staff list"


def make_demo_marks(workspace: Workspace) -> None:
    """Two questions given to somebody and one urgent, words listened for, head counts, and a note on the charts."""
    now = workspace.clock.now()
    with workspace.database.read() as reader:
        community = find_community(reader, COMMUNITY)
        scope = () if community is None else (community,)
        lately = (now - timedelta(days=30), now)
        waiting = list_questions(reader, scope, QuestionState.OPEN, as_of=now, period=lately, limit=3)
    for row in waiting[:2]:
        route_question(workspace, thread_id=row.id, owner=OWNER)
    for row in waiting[2:]:
        mark_urgent(workspace, thread_id=row.id, is_urgent=True)
    listen_for(workspace, words="solar fridges")
    counted = now.date() - timedelta(days=365)
    for counted_id, people in ((None, _EVERYBODY), *((each, _THEIRS) for each in scope)):
        set_head_count(workspace, people=people, on=counted, source=_SOURCE, community_id=counted_id)
    annotate(workspace, day=now.date() - timedelta(days=24), words="Webinar on solar fridges", community_id=community)
