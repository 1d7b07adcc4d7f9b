"""Staying in touch: steps are taken and taken back, the pause after a nudge is said."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.builders import NOW
from tests.ui.pages.person_parts import DAY, details
from workbench.queries.people_own import AdvocatePath, NudgeRow
from workbench.ui import numbers
from workbench.ui.pages.person_care import CareSection
from workbench.ui.pages.person_section import LinkButton
from workbench.ui.theme import Theme


@pytest.fixture
def care(theme: Theme, ground: QWidget) -> CareSection:
    made = CareSection(theme)
    made.setParent(ground)
    made.show()
    made.open()
    return made


def test_the_last_step_taken_back_ends_it(qtbot, care: CareSection):
    care.show_details(details(), now=NOW)
    with qtbot.waitSignal(care.path_edited) as edited:
        care._untake("spotted_on")
    assert edited.args == [AdvocatePath(spotted_on=DAY, note="Likes maps"), AdvocatePath()]


def test_a_word_can_be_copied_or_begun_where_they_last_wrote(qtbot, care: CareSection):
    care.show_details(details(last_thread=7), now=NOW)
    with qtbot.waitSignal(care.reply_wanted) as wanted:
        care.findChild(LinkButton).click()
    assert wanted.args == [7]
    copying = next(button for button in care.findChildren(QPushButton) if button.text() == "Copy a gentle word")
    with qtbot.waitSignal(care.letter_wanted):
        copying.click()


@pytest.mark.parametrize(("days", "title"), [(29, "Write to them"), (30, "Gone quiet"), (None, "Write to them")])
def test_only_who_is_silent_for_long_has_gone_quiet(care: CareSection, days: int | None, title: str):
    care.show_details(details(), now=NOW, last_at=None if days is None else NOW - timedelta(days=days))
    assert title in {label.text() for label in care.findChildren(QLabel) if label.isVisible()}


def test_after_a_nudge_the_day_is_said_until_when_nobody_asks_again(qtbot, care: CareSection):
    care.show_details(details(nudge=NudgeRow("n1", NOW - timedelta(days=5), is_sent=True)), now=NOW)
    said = " ".join(label.text() for label in care.findChildren(QLabel))
    assert numbers.day(date(2024, 9, 8)) in said
    assert care.head.accessibleDescription() == "advocate: spotted, spoken to 12\xa0days ago"
