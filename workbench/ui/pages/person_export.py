"""ExportPopup: asks for whom and why before a list with names is written; both stand in the file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from workbench.operations.people_export import write_directory
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.member_data import People
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover

_FILES: Final = "Workbook (*.xlsx);;Table (*.csv)"


class ExportPopup(Popover):
    """For the people that are shown; `failed` is told what went wrong while writing."""

    def __init__(
        self, context: Context, anchor: QWidget, *, people: People, failed: Callable[[Exception], None]
    ) -> None:
        super().__init__(context.theme, anchor, width=320)
        self._context, self._people, self._failed = context, people, failed
        self.setAccessibleName("Export these people")
        self.recipient, self.purpose = QLineEdit(), QLineEdit()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._sealed = Field(
            context.theme, "Passphrase, to seal the file", self.passphrase, hint="Empty leaves it open."
        )
        self._for = Field(context.theme, "For whom", self.recipient)
        self._why = Field(context.theme, "What for", self.purpose)
        self.save = push_button("Save as…", theme=context.theme, kind="primary", icon="export", clicked=self._on_save)
        self.column.addWidget(PlainLabel("Export these people", role="captionstrong"))
        self.column.addWidget(self._for)
        self.column.addWidget(self._why)
        self.column.addWidget(self._sealed)
        self.column.addWidget(
            PlainLabel("Both stand in the file. What you noted about people stays here.", role="caption", wraps=True)
        )
        self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeading)
        self.recipient.setFocus()

    def _on_save(self) -> None:
        recipient, purpose = self.recipient.text().strip(), self.purpose.text().strip()
        self._for.say_problem("" if recipient else "Say who gets the names.")
        self._why.say_problem("" if purpose else "Say what they are for.")
        if not recipient or not purpose:
            return
        passphrase = self.passphrase.text() or None
        window, context, people, failed = self.window().parentWidget(), self._context, self._people, self._failed
        self.close()
        name, _filter = QFileDialog.getSaveFileName(window, "Export these people", "People.xlsx", _FILES)
        if name:
            write_people(
                context, people, Path(name), recipient=recipient, purpose=purpose, passphrase=passphrase, failed=failed
            )


def write_people(
    context: Context,
    people: People,
    out: Path,
    *,
    recipient: str,
    purpose: str,
    passphrase: str | None = None,
    failed: Callable[[Exception], None],
) -> None:
    """Writes the list off the main thread and says how many people it names."""
    job = partial(
        write_directory, context.workspace, scope=people.scope, text=people.text, where=people.where, out=out,
        recipient=recipient, purpose=purpose, passphrase=passphrase,
    )  # fmt: skip

    def done(answer: tuple[Path, int]) -> None:
        _place, count = answer
        context.tell(f"Written: {numbers.plural(count, 'person', 'people')}, for {recipient}.")

    context.jobs.run(context, "people export", job, done, failed, title="Writing the list")
