"""Question deeds: what the buttons, keys and menu entries for the question at the side do."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject

from workbench.ids import PersonId
from workbench.operations import questions
from workbench.ui.context import Context
from workbench.ui.pages.card_seed import CardSeed
from workbench.ui.pages.conversation_wish import ReplyWish
from workbench.ui.pages.question_inspector import QuestionDeed, QuestionInspector
from workbench.ui.pages.questions_data import ShownQuestion
from workbench.ui.pages.questions_edits import QuestionEdits
from workbench.ui.pages.thanks_wish import ThanksWish
from workbench.ui.pages.watch_forms import WatchForms
from workbench.ui.sanitiser import line, short_subject
from workbench.ui.widgets.state_panel import copy

ACTIONS: Final = {
    QuestionDeed.OPEN: "question.open",
    QuestionDeed.REPLY: "question.reply",
    QuestionDeed.ASK_THERE: "question.ask",
    QuestionDeed.COPY: "question.copy",
    QuestionDeed.CARD: "question.card",
    QuestionDeed.THANK: "question.thank",
    QuestionDeed.ANSWERED: "question.answered",
    QuestionDeed.GIVE_UP: "question.abandon",
    QuestionDeed.REOPEN: "question.reopen",
    QuestionDeed.URGENT: "question.urgent",
    QuestionDeed.WATCH: "question.watch",
    QuestionDeed.OUTPUT: "question.output",
    QuestionDeed.IDEA: "question.idea",
}
ROUTE: Final = "question.route"


class QuestionDeeds(QObject):
    """Binds the actions of the registry; `enable` says which of them can be done now."""

    def __init__(self, context: Context, side: QuestionInspector, edits: QuestionEdits) -> None:
        super().__init__(side)
        self._context, self._side, self._edits = context, side, edits
        self.forms = WatchForms(context, edits)
        self._actions = {
            deed: context.actions.bind(action_id, partial(self.act, deed)) for deed, action_id in ACTIONS.items()
        }
        self._route = context.actions.bind(ROUTE, side.owner.setFocus)
        side.wanted.connect(self.act)
        side.routed.connect(self.route)
        self.enable(is_shown=False)

    def enable(self, *, is_shown: bool) -> None:
        """Lets keys and menus do what the buttons at the side offer, while it is shown."""
        for deed, action in self._actions.items():
            action.setEnabled(is_shown and not self._side.buttons[deed].isHidden())
        self._route.setEnabled(is_shown and not self._side.owner.isHidden())

    def act(self, deed: QuestionDeed) -> None:
        """Does one of them for the question that is shown."""
        shown = self._side.shown
        if shown is None:
            return
        if deed in {QuestionDeed.OPEN, QuestionDeed.REPLY, QuestionDeed.ASK_THERE}:
            self._go(deed, shown)
        elif deed is QuestionDeed.COPY and shown.row is not None:
            workspace = self._context.workspace
            copy(questions.asking_words(shown.row, database=workspace.database, as_of=workspace.clock.now()))
            self._context.tell("Copied. Paste it into a mail or chat.")
        elif deed is QuestionDeed.CARD:
            title = line(f"Answer: {short_subject(shown.subject, shown.community)}")
            self._context.maker.begin(CardSeed(title, thread=shown.id), self._side.buttons[deed])
        elif deed is QuestionDeed.WATCH:
            self.forms.watch(self._side.buttons[deed], shown.id, shown.watched)
        elif deed is QuestionDeed.OUTPUT:
            self.forms.output(self._side.buttons[deed], (shown.id,))
        elif deed is QuestionDeed.IDEA:
            self.forms.idea(self._side.buttons[deed], (shown.id,))
        elif deed is QuestionDeed.THANK and shown.answerer is not None:
            wish = ThanksWish(shown.answerer.person_id, shown.id, short_subject(shown.subject, shown.community))
            self._context.open_page("members", wish)
        else:
            self._settle(deed, shown)

    def route(self, name: str, person_id: PersonId | None) -> None:
        """Gives the question that is shown to somebody."""
        shown = self._side.shown
        if shown is not None:
            give = partial(questions.route_question, self._context.workspace, thread_id=shown.id)
            self._edits.make(partial(give, owner=name, owner_id=person_id), f"Routed to {line(name)}.")

    def _go(self, deed: QuestionDeed, shown: ShownQuestion) -> None:
        wish: object = int(shown.id)
        if deed is not QuestionDeed.OPEN:
            asks = deed is QuestionDeed.ASK_THERE and shown.row is not None
            wish = ReplyWish(shown.id, questions.mention_words(shown.row) if asks and shown.row is not None else "")
        self._context.open_page("conversations", wish)

    def _settle(self, deed: QuestionDeed, shown: ShownQuestion) -> None:
        workspace, thread_id = self._context.workspace, shown.id
        subject = f"“{short_subject(shown.subject, shown.community) or 'No subject'}”"
        settle = partial(questions.settle_question, workspace, thread_id=thread_id)
        is_urgent = shown.surge is None
        deeds = {
            QuestionDeed.ANSWERED: (
                partial(settle, is_answered=True),
                "is off the board as answered elsewhere; measures count replies on the platform only",
            ),
            QuestionDeed.GIVE_UP: (partial(settle, is_answered=False), "is given up"),
            QuestionDeed.REOPEN: (partial(questions.reopen_question, workspace, thread_id=thread_id), "is open again"),
            QuestionDeed.URGENT: (
                partial(questions.mark_urgent, workspace, thread_id=thread_id, is_urgent=is_urgent),
                "is urgent" if is_urgent else "is no longer urgent",
            ),
        }
        if deed in deeds:
            job, words = deeds[deed]
            self._edits.make(job, f"{subject} {words}.")
