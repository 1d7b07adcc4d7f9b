"""What a platform does not show is read from its declaration when somebody asks, once."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.sync.platforms import cannot_of
from workbench.ui.context import Context
from workbench.ui.pages.sync_cannot import CannotList


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (AccountKind.DISCOURSE, "What Discourse does not show"),
        (AccountKind.VIVA_ENGAGE_EXPORT, "What these files do not hold"),
        (AccountKind.MAILING_LIST, "What these files do not hold"),
    ],
)
def test_it_prints_the_sentences_of_whatever_reads_it(qtbot, context: Context, kind: AccountKind, title: str):
    made = CannotList(context, kind)
    qtbot.addWidget(made)
    assert made.isHidden()
    for _ in range(3):
        made.turn()
        settle(qtbot, context.jobs)
    assert made.isVisible()
    said = [label.text() for label in made.findChildren(QLabel)]
    assert cannot_of(kind)
    assert said == [title, *(f"– {one}" for one in cannot_of(kind))]
