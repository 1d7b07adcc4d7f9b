"""AboutCard: version, licence, and the licences of everything the program is made with."""

import re
import sys
from dataclasses import dataclass
from importlib import metadata

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from workbench import __version__
from workbench.ui.context import Context
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST = 60
PROGRAM = "community-workbench"
_BUNDLED = (
    ("SQLCipher", "BSD-3-Clause"),
    ("SQLite", "Public domain"),
    ("Phosphor Icons", "MIT"),
    ("Qt", "LGPL-3.0-only"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A library and its licence as it declares it."""

    name: str
    version: str
    licence: str


class AboutCard(Card):
    """The list of parts is read when it is first asked for."""

    def __init__(self, context: Context) -> None:
        super().__init__("About")
        self._context = context
        self._parts: list[Part] = []
        self._grid: QWidget | None = None
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainLabel(f"Community Workbench {__version__}", role="strong"))
        row.addWidget(PlainLabel("Apache License 2.0", role="second"))
        row.addStretch(1)
        self.body.addLayout(row)
        said = "Works without a network, without an account and without telling anybody. It never ranks people."
        self.body.addWidget(PlainLabel(said, role="small", wraps=True))
        self._show = push_button(
            "Made with…", theme=context.theme, kind="link", icon="caret-down", clicked=self._on_show
        )
        self._copy = push_button(
            "Copy versions", theme=context.theme, kind="link", icon="copy", clicked=lambda: copy(versions(self._parts))
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._show)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._copy.hide()

    def _on_show(self) -> None:
        if self._grid is not None:
            self._grid.setVisible(self._grid.isHidden())
        else:
            self._context.jobs.run(self, "parts", parts, self._on_parts)

    def _on_parts(self, found: list[Part]) -> None:
        self._parts = found
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for row, part in enumerate(found):
            grid.addWidget(PlainLabel(part.name, role="small"), row, 0)
            grid.addWidget(PlainLabel(part.version, role="caption"), row, 1)
            grid.addWidget(PlainLabel(part.licence, role="caption", elides=True), row, 2)
        self.body.addWidget(self._grid)
        self._copy.show()


def parts() -> list[Part]:
    """Every library the program asks for, as installed here, and what some of them carry; by name."""
    found = [Part(name, "", licence) for name, licence in _BUNDLED]
    for name in _wanted():
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found.append(Part(str(package.metadata["Name"]), package.version, _licence(package.metadata)))
    return sorted(found, key=lambda part: part.name.casefold())


def versions(found: list[Part]) -> str:
    """Versions as lines, for a report of a fault."""
    lines = [f"Community Workbench {__version__}", f"Python {sys.version.split()[0]} on {sys.platform}"]
    return "\n".join(lines + [f"{part.name} {part.version}".rstrip() for part in found])


def _wanted() -> list[str]:
    """Names of the libraries; the ones the window cannot do without where the program runs from its sources."""
    try:
        declared = metadata.requires(PROGRAM) or []
    except metadata.PackageNotFoundError:
        declared = [
            "PySide6-Essentials",
            "pyqtgraph",
            "numpy",
            "sqlmodel",
            "SQLAlchemy",
            "sqlcipher3",
            "pycrdt",
            "qtawesome",
        ]
    names = (_NAME.match(each) for each in declared)
    return sorted({name.group() for name in names if name is not None})


def _licence(declared: metadata.PackageMetadata) -> str:
    """The short name of a licence; long texts are cut down to the classifier."""
    for key in ("License-Expression", "License"):
        text = str(next(iter(declared.get_all(key) or []), "")).strip()
        if text and len(text) <= _LONGEST and "\n" not in text:
            return text
    classifiers = [str(each) for each in declared.get_all("Classifier") or [] if str(each).startswith("License ::")]
    return classifiers[0].rpartition(" :: ")[2] if classifiers else "see its own text"
