"""TemplateChoice: the templates a plan can begin with, what is in each, and one's own renamed, shared, removed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.errors import BadInputError
from workbench.export.files import write_whole
from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.pages.plan_export_place import file_name
from workbench.ui.pages.plan_template_words import PreviewLine, preview_lines, template_line
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.field import ProblemLine
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.words import error_words
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.plans.templates import Template

_FILTER: Final = "Plan templates (*.json)"
_SHOWN_ROWS: Final = 7
_BIGGEST: Final = 2_000_000
NO_CARDS: Final = "No cards"


class TemplateChoice(Card):
    """`chosen` when another template is; `template()` is the answer, None for a plan that begins without cards.

    One's own carry a menu: rename, share as a file, remove. A file from somebody else is opened by a button.
    """

    chosen = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("Cards to begin with")
        self._context, self._theme = context, context.theme
        self._templates: tuple[Template, ...] = ()
        self._shipped: frozenset[str] = frozenset()
        self._wanted = ""
        self._own: Template | None = None
        self.is_reading = False
        self.list = QListWidget()
        self.list.setAccessibleName("Templates")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.about = LinesLabel(self._theme, most=4, token="second")
        self.size_words = PlainLabel("", role="captionstrong")
        self.preview = PreviewList()
        self._menu_button = icon_button("What to do with this template", icon="dots-three", theme=self._theme)
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._menu_button)
        self._menu_button.setMenu(self._menu)
        self.title_line = QLineEdit()
        self.title_line.setAccessibleName("New title of the template")
        self._problem = ProblemLine(self._theme)
        self._build()
        self.list.currentRowChanged.connect(self._on_row)
        self.list.customContextMenuRequested.connect(lambda at: self._menu.popup(self.list.viewport().mapToGlobal(at)))
        self.title_line.returnPressed.connect(self.rename)
        self.title_line.hide()
        self.setFocusProxy(self.list)

    @property
    def problem(self) -> str:
        """What went wrong with a file or a title."""
        return self._problem.text

    def begin(self, *, own: "Template | None" = None, wanted: str = "starter") -> None:
        """Reads the templates there are; `own` is offered first, as the cards of a plan that is made anew."""
        self._own, self._wanted = own, wanted if own is None else own.key
        self._templates = ()
        self.read()

    def read(self) -> None:
        """Reads the templates again; the choice stays where it is still there."""
        self.is_reading = True
        self._context.jobs.run(
            self,
            "templates",
            partial(all_templates, self._context.workspace),
            self._on_templates,
            self._on_failed,
            stopped=self._on_stopped,
        )

    def template(self) -> "Template | None":
        """The chosen template."""
        place = self.list.currentRow()
        return self._templates[place] if 0 <= place < len(self._templates) else None

    def choose(self, key: str) -> None:
        """Chooses a template by its key; "" for none, also before they are read."""
        self._wanted = key
        keys = [template.key for template in self._templates]
        self.list.setCurrentRow(keys.index(key) if key in keys else len(keys) if self._templates and not key else 0)

    @property
    def key(self) -> str:
        """The key of the chosen template; "" for none. While they are being read it is the one that was asked for."""
        if not self._templates:
            return self._wanted
        template = self.template()
        return "" if template is None else template.key

    # Files and one's own

    def open_file(self) -> None:
        """Asks for a file by the system's own dialog, which does not hold the window up."""
        dialog = QFileDialog(self, "Open a template", "", _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_in)
        dialog.open()

    def take_in(self, path: str) -> None:
        """Keeps the template of a file as one's own, and chooses it."""
        self._write(partial(keep_file, self._context.workspace, Path(path)), "Template kept.")

    def share(self) -> None:
        """Asks where the chosen template is to be written."""
        template = self.template()
        if template is None:
            return
        dialog = QFileDialog(self, "Share the template", f"{file_name(template.title)}.json", _FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write_to)
        dialog.open()

    def write_to(self, path: str) -> None:
        """Writes the chosen template into a file."""
        template = self.template()
        if template is not None:
            job = partial(write_file, template, Path(path))
            self._context.jobs.run(self, "share", job, self._on_shared, self._on_failed)

    def ask_title(self) -> None:
        """Opens the line for another title."""
        template = self.template()
        if template is not None:
            self.title_line.setText(template.title)
            self.title_line.show()
            self.title_line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.title_line.selectAll()

    def rename(self) -> None:
        """Gives the chosen template the title that was typed."""
        template, title = self.template(), self.title_line.text().strip()
        if template is not None and title and title != template.title:
            self._write(partial(renamed, self._context.workspace, template, title), "Template renamed.")
        self.title_line.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Takes the chosen template away; those that came with the program stay."""
        template = self.template()
        if template is not None and self._is_own(template):
            self._write(partial(removed, self._context.workspace, template.key), "Template removed.")

    # Showing

    def _on_templates(self, found: "tuple[tuple[Template, ...], frozenset[str]]") -> None:
        self.is_reading = False
        wanted = self.key
        templates, self._shipped = found
        self._templates = templates if self._own is None else (self._own, *templates)
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.list.clear()
        for template in self._templates:
            item = QListWidgetItem(template.title)
            item.setToolTip(template.description)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{template.title}, {template_line(template)}")
            self.list.addItem(item)
        self.list.addItem(NO_CARDS)
        rows = min(self.list.count(), _SHOWN_ROWS)
        self.list.setMinimumHeight(rows * self._theme.px(34) + 4)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self.choose(wanted)
        self._on_row()

    def _on_row(self, _place: int = 0) -> None:
        template = self.template()
        is_own = template is not None and self._is_own(template)
        self.title_line.hide()
        self.about.set_text("Cards can be added at any time." if template is None else template.description)
        self.size_words.setText("" if template is None else template_line(template))
        self.preview.show_lines(() if template is None else preview_lines(template))
        self._menu.clear()
        self._menu.addAction("Share as a file…", self.share).setEnabled(template is not None)
        self._menu.addAction("Rename…", self.ask_title).setEnabled(is_own)
        self._menu.addAction("Remove", self.remove).setEnabled(is_own)
        self.chosen.emit()

    def _is_own(self, template: "Template") -> bool:
        return template.key not in self._shipped and template is not self._own

    def _write(self, job: Callable[[], object], words: str) -> None:
        self._problem.say("")
        self._context.jobs.run(
            self, "write", job, partial(self._on_written, words), self._on_failed, stopped=self._on_stopped, lane="plan"
        )

    def _on_written(self, words: str, template: "Template | None") -> None:
        self._context.tell(words)
        self._context.bus.publish(Changes.PREFERENCES)
        if template is not None:
            self._templates, self._wanted = (), template.key
        self.read()

    def _on_shared(self, path: Path) -> None:
        self._context.tell(f"Template saved as {path.name}.")

    def _on_failed(self, error: Exception) -> None:
        self.is_reading = False
        self._problem.say(" ".join(error_words(error)[0]))

    def _on_stopped(self) -> None:
        self.is_reading = False

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        bring = push_button("Open a template file…", theme=self._theme, kind="link", clicked=self.open_file)
        left.addWidget(bring, 0, Qt.AlignmentFlag.AlignLeading)
        head = QHBoxLayout()
        head.addWidget(self.size_words, 1)
        head.addWidget(self._menu_button)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(head)
        right.addWidget(self.title_line)
        right.addWidget(self.about)
        right.addWidget(self.preview, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.body.addLayout(grid, 1)
        self.body.addWidget(self._problem)


class PreviewList(QScrollArea):
    """What is in a template, to be read; made of plain labels, so that a screen reader walks through it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What is in the template")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lines: tuple[PreviewLine, ...] = ()

    def show_lines(self, lines: Sequence[PreviewLine]) -> None:
        """Shows another template."""
        if tuple(lines) == self.lines and self.widget() is not None:
            return
        self.lines = tuple(lines)
        inner = QWidget()
        inner.setProperty("ground", "clear")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setVerticalSpacing(3)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 1)
        for place, line in enumerate(self.lines):
            role = "captionstrong" if line.is_heading else "small"
            grid.addWidget(PlainLabel(line.words, role=role, wraps=not line.is_heading), place, 0)
            grid.addWidget(PlainLabel(line.beside, role="caption"), place, 1, Qt.AlignmentFlag.AlignTrailing)
        grid.setRowStretch(len(self.lines), 1)
        self.setWidget(inner)

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, 200)


def all_templates(workspace: Workspace) -> "tuple[tuple[Template, ...], frozenset[str]]":
    """Every template, and the keys of those that came with the program."""
    # Templates bring the plan document with them; they load away from the window.
    from workbench.operations.plan_templates import list_templates  # noqa: PLC0415 - see above
    from workbench.plans.templates import SHIPPED  # noqa: PLC0415 - see above

    return list_templates(workspace), frozenset(SHIPPED)


def keep_file(workspace: Workspace, path: Path) -> "Template":
    """Keeps the template in a file as one's own; refuses what is no template (BadInputError)."""
    from workbench.operations.plan_templates import keep_template  # noqa: PLC0415 - as above
    from workbench.plans.templates import read_template  # noqa: PLC0415 - as above

    if path.stat().st_size > _BIGGEST:
        raise BadInputError(reason="This file is not a plan template.")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInputError(reason="This file is not a plan template.") from error
    return keep_template(workspace, read_template(text))


def write_file(template: "Template", path: Path) -> Path:
    """Writes a template as a file others can open."""
    from workbench.plans.templates import write_template  # noqa: PLC0415 - loads the plan document

    write_whole(path, write_template(template).encode())
    return path


def renamed(workspace: Workspace, template: "Template", title: str) -> "Template":
    """The template under another title; the former one is gone."""
    from workbench.operations.plan_templates import forget_template, keep_template  # noqa: PLC0415 - as above

    kept = keep_template(workspace, replace(template, title=title))
    if kept.key != template.key:
        forget_template(workspace, template.key)
    return kept


def removed(workspace: Workspace, key: str) -> None:
    """Takes one of one's own templates away."""
    from workbench.operations.plan_templates import forget_template  # noqa: PLC0415 - as above

    forget_template(workspace, key)
