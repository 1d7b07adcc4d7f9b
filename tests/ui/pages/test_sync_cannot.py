"""What a platform does not show is read from its declaration when somebody asks, once."""

from PySide6.QtWidgets import QLabel

from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.sync.platforms import platform
from workbench.ui.context import Context
from workbench.ui.pages.sync_cannot import CannotList


def test_it_prints_the_sentences_of_the_connector(qtbot, context: Context):
    made = CannotList(context, AccountKind.DISCOURSE)
    qtbot.addWidget(made)
    assert made.isHidden()
    for _ in range(3):
        made.turn()
        settle(qtbot, context.jobs)
    assert made.isVisible()
    said = [label.text() for label in made.findChildren(QLabel)]
    assert said == ["What Discourse does not show", *(f"– {one}" for one in platform(AccountKind.DISCOURSE).cannot)]
