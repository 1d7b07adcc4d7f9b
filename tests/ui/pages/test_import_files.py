"""Files attached to mails: left out unless somebody says otherwise, now or for this community before."""

from email.message import EmailMessage
from pathlib import Path

from tests.ui.conftest import WATER
from tests.ui.settled import settle
from workbench.queries.attachments import list_attachments
from workbench.sync.accounts import AccountLimits
from workbench.ui.context import Context
from workbench.ui.pages.import_files import KeptFiles
from workbench.ui.pages.import_panel import ImportPanel


def with_a_file(folder: Path) -> Path:
    """An archive of one mail with a file of 2 kB."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Amina Example <amina@example.org>", "The plan"
    mail["Message-ID"], mail["Date"] = "<plan@example.org>", "Mon, 03 Jun 2024 10:00:00 +0000"
    mail.set_content("It is attached.")
    mail.add_attachment(b"x" * 2_000, maintype="application", subtype="pdf", filename="plan.pdf")
    folder.mkdir()
    (folder / "2024.mbox").write_bytes(b"From amina@example.org Mon Jun  3 10:00:00 2024\n" + bytes(mail) + b"\n")
    return folder


def test_files_of_an_archive_are_kept_where_that_is_chosen(qtbot, tmp_path: Path, context: Context):
    context.sources.start()
    panel = ImportPanel(context, context.sources)
    qtbot.addWidget(panel)
    panel.show()
    panel.start()
    panel.take([with_a_file(tmp_path / "pumps")])
    settle(qtbot, context.jobs)
    kept = panel._kept_files
    assert (kept.isVisible(), kept.limit) == (True, 0)
    assert "at most about" in kept.hint.text()
    kept.box.setCurrentIndex(kept.box.findData(100_000))
    kept.box.activated.emit(kept.box.currentIndex())
    panel._name.setText("Pumps")  # what somebody chose stays, whatever the name
    panel._go.click()
    settle(qtbot, context.jobs)
    with context.workspace.database.read() as reader:
        (one,) = list_attachments(reader, ())
    assert (one.file.name, one.file.is_here) == ("plan.pdf", True)


def test_what_was_chosen_for_a_community_before_is_proposed(qtbot, context: Context, filled, water_id):
    with filled.database.read() as reader:
        number = reader.scalar("SELECT account_id FROM community WHERE id = ?", (water_id,))
    filled.accounts.set_limits(number, AccountLimits(file_limit=250_000))
    panel = ImportPanel(context, context.sources)
    qtbot.addWidget(panel)
    panel.start()
    settle(qtbot, context.jobs)
    panel._name.setText(WATER)
    assert panel._kept_files.limit == 250_000
    panel._name.setText("Another")
    assert panel._kept_files.limit == 0


def test_it_begins_with_nothing_kept(qtbot, context: Context):
    kept = KeptFiles(context.theme)
    qtbot.addWidget(kept)
    kept.start()
    assert kept.limit == 0
