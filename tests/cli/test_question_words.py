"""What can be typed about questions is what the queries know."""

from workbench.cli.question_words import KINDS, LATE, LIMITS, STATES
from workbench.queries import questions
from workbench.queries.questions import QuestionState
from workbench.queries.search_filters import MessageKind


def test_the_choices_are_those_of_the_queries():
    assert (*(state.value for state in QuestionState), LATE) == STATES
    assert tuple(kind.value for kind in MessageKind) == KINDS
    assert questions.LIMITS == LIMITS
