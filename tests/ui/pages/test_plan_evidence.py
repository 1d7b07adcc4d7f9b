"""Evidence opens where it lies; what cannot be opened is said, and nothing a partner wrote is run."""

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from tests.ui.plan_samples import TODAY, listen
from tests.ui.settled import settle
from workbench.models.kinds import EvidenceKind
from workbench.models.plan_parts import Evidence
from workbench.ui.context import Context
from workbench.ui.pages.plan_evidence import EvidenceOpener, find_threads
from workbench.ui.pages.plan_inspector import CardInspector
from workbench.workspace import Workspace


class Desktop(QObject):
    """Takes what would be handed to the file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


@pytest.fixture
def opener(qtbot, context: Context) -> EvidenceOpener:
    inspector = CardInspector(context.theme, today=lambda: TODAY)
    qtbot.addWidget(inspector)
    inspector.resize(336, 600)
    inspector.show()
    return EvidenceOpener(context, inspector)


def test_a_thread_opens_in_conversations(qtbot, context: Context, filled: Workspace, opener: EvidenceOpener):
    wanted: list[tuple[str, object]] = []
    context.page_wanted.connect(lambda key, argument: wanted.append((key, argument)))
    opener.open(Evidence("1", EvidenceKind.THREAD, "Which pump?", "thread:table/root1"))
    settle(qtbot, context.jobs)
    with filled.database.read() as reader:
        thread_id = reader.scalar("SELECT id FROM event WHERE remote_id = 'root1'")
    assert wanted == [("conversations", thread_id)]


def test_a_thread_that_is_not_mirrored_here_says_so(qtbot, context: Context, opener: EvidenceOpener):
    said = listen(context)
    opener.open(Evidence("1", EvidenceKind.THREAD, "Which pump?", "thread:discourse/9"))
    settle(qtbot, context.jobs)
    assert said == [("“Which pump?” is not mirrored here.", "")]


def test_a_link_asks_before_it_opens(opener: EvidenceOpener):
    for address in ("https://example.org/a", "https://example.org/b"):
        opener.open(Evidence("1", EvidenceKind.LINK, "Minutes", address))
        assert opener.links is not None
        assert opener.links.isVisible()
        assert "example" in opener.links.accessibleName()
    opener.leave()
    assert not opener.links.isVisible()


def test_a_file_is_shown_in_its_folder_and_not_run(opener: EvidenceOpener, tmp_path):
    path, desktop = tmp_path / "list.txt", Desktop()
    path.write_text("Amina Example\n", encoding="utf-8")
    QDesktopServices.setUrlHandler("file", desktop, "open")
    try:
        opener.open(Evidence("1", EvidenceKind.FILE, "", str(path)))
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert desktop.opened == [QUrl.fromLocalFile(str(tmp_path))]


@pytest.mark.parametrize(
    ("value", "words"),
    [("\\\\server\\share\\a.txt", "another computer"), ("//server/share/a.txt", "another computer"),
     ("/nowhere/a.txt", "There is no a.txt")],
)  # fmt: skip
def test_a_file_that_is_not_here_says_so(context: Context, opener: EvidenceOpener, value: str, words: str):
    said = listen(context)
    opener.open(Evidence("1", EvidenceKind.FILE, "", value))
    assert words in said[0][0]


def test_conversations_of_the_same_subject_are_told_apart(filled: Workspace):
    assert find_threads(filled.database, "") == {}
    found = find_threads(filled.database, "which pump")
    assert len(found) == len(set(found.values())) > 2
    assert "Which pump?" in found
    assert "Which pump? (Water in schools)" in found
