"""Evidence: shown in words, opened, taken away, and added by kind with the one line that says what is wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.ui.theme import Theme
from workbench.ui.widgets.evidence_list import EvidenceList, is_address, words_of

FOUND = (
    Evidence("1", EvidenceKind.NUMBER, "people came", "42"),
    Evidence("2", EvidenceKind.THREAD, "Which pump?", "thread:table/a"),
    Evidence("3", EvidenceKind.LINK, "", "https://example.org/minutes"),
    Evidence("4", EvidenceKind.FILE, "", "/lists/list.xlsx"),
)


@pytest.fixture
def found(qtbot, ground: QWidget, theme: Theme) -> EvidenceList:
    made = EvidenceList(theme)
    made.setParent(ground)
    made.resize(300, 400)
    made.show()
    made.show_evidence(FOUND)
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    return made


@pytest.fixture
def added(found: EvidenceList) -> list[tuple[EvidenceKind, str, str]]:
    heard: list[tuple[EvidenceKind, str, str]] = []
    found.added.connect(lambda kind, title, value: heard.append((kind, title, value)))
    return heard


def button(found: EvidenceList, name: str) -> QAbstractButton:
    return next(each for each in found.findChildren(QAbstractButton) if each.accessibleName() == name)


def test_every_kind_is_said_in_words():
    assert [words_of(each) for each in FOUND] == ["42 people came", "Which pump?", "example.org", "list.xlsx"]
    assert words_of(Evidence("5", EvidenceKind.FILE, "", "C:\\lists\\who.csv")) == "who.csv"


def test_threads_files_and_links_open_and_everything_is_taken_away(qtbot, found: EvidenceList):
    opened: list[str] = []
    found.opened.connect(opened.append)
    for name in ("Open conversation Which pump?", "Open file list.xlsx", "Open link example.org"):
        button(found, name).click()
    assert opened == ["2", "4", "3"]
    with qtbot.waitSignal(found.removed) as gone:
        button(found, "Take away number 42 people came").click()
    assert gone.args == ["1"]


def test_a_link_and_a_number_are_added_by_enter(qtbot, found: EvidenceList, added):
    found.start(EvidenceKind.LINK)
    assert found.form.value.hasFocus()
    qtbot.keyClicks(found.form.value, "example.org/photos")
    qtbot.keyClicks(found.form.title, "Photos")
    qtbot.keyClick(found.form.title, Qt.Key.Key_Return)
    found.start(EvidenceKind.NUMBER)
    qtbot.keyClicks(found.form.value, "17")
    qtbot.keyClick(found.form.value, Qt.Key.Key_Return)
    assert added == [
        (EvidenceKind.LINK, "Photos", "https://example.org/photos"),
        (EvidenceKind.NUMBER, "", "17"),
    ]
    assert not found.form.isVisible()


def test_a_conversation_is_chosen_from_those_that_are_found(qtbot, found: EvidenceList, added):
    found.start(EvidenceKind.THREAD)
    with qtbot.waitSignal(found.looked_up) as asked:
        qtbot.keyClicks(found.form.value, "pump")
    assert asked.args == ["pump"]
    found.form.add.click()
    assert "Choose one" in found.form.problem.text
    found.offer_threads({"Which pump?": "thread:table/a"})
    found.form.value.setText("Which pump?")
    found.form.add.click()
    assert added == [(EvidenceKind.THREAD, "Which pump?", "thread:table/a")]


@pytest.mark.parametrize(
    ("kind", "text"),
    [(EvidenceKind.LINK, ""), (EvidenceKind.LINK, "minutes"), (EvidenceKind.LINK, "javascript://x.y"),
     (EvidenceKind.NUMBER, "many")],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(found: EvidenceList, added, kind: EvidenceKind, text: str):
    found.start(kind)
    found.form.value.setText(text)
    found.form.add.click()
    assert found.form.problem.text
    assert added == []


def test_a_file_is_asked_for_at_once(qtbot, found: EvidenceList):
    with qtbot.waitSignal(found.file_wanted):
        found.start(EvidenceKind.FILE)
    assert not found.form.isVisible()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("https://example.org", True), ("example.org/a", True), ("mailto:a@example.org", True), ("ftp://example.org", False),
     ("words", False)],
)  # fmt: skip
def test_addresses_are_of_the_web_or_of_mail(text: str, is_one: bool):
    assert is_address(text) is is_one


def test_esc_leaves_off_adding(qtbot, found: EvidenceList, added):
    found.start(EvidenceKind.LINK)
    qtbot.keyClicks(found.form.value, "example.org")
    qtbot.keyClick(found.form.value, Qt.Key.Key_Escape)
    assert not found.form.isVisible()
    assert found.add_button.hasFocus()
    assert added == []
