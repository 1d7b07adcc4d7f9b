"""Planner: somebody at the window who plans: fills in forms, turns to parts, drops files, picks in tables and menus."""

from pathlib import Path
from typing import TypeVar

from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QFileDialog,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QWidget,
)
from typing_extensions import override

from tests.journeys.coordinator import CONTROL, PLAIN, Coordinator
from workbench.ids import PlanId
from workbench.plans.views import PlanView
from workbench.ui.widgets.lines import LinesLabel

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
Control = TypeVar("Control", bound=QWidget)


class Planner(Coordinator):
    """Finds everything by the name a screen reader says; what cannot be seen cannot be used."""

    @override
    def settle(self) -> None:
        """Until what came is also laid out: a widget that joins others is shown one turn of the loop later."""
        super().settle()
        QApplication.processEvents()
        super().settle()

    @override
    def words(self) -> str:
        """Everything that can be read in the window, texts that are painted and tabs too; its white space is folded."""
        lines = [one.text for one in self.window.findChildren(LinesLabel) if one.isVisible()]
        return " ".join(" ".join((super().words(), *lines, *self.tabs())).split())

    @override
    def click(self, words: str) -> None:
        """Clicks a button; of one with a tick or a dot its sign, because its words need not reach the middle."""
        button = self.button(words)
        at = (
            QPoint(10, button.height() // 2) if isinstance(button, QCheckBox | QRadioButton) else button.rect().center()
        )
        QTest.mouseClick(button, LEFT, PLAIN, at)
        self.settle()

    def tabs(self) -> list[str]:
        """The titles of all tabs that can be seen."""
        bars = [bar for bar in self.window.findChildren(QTabBar) if bar.isVisible()]
        return [bar.tabText(place) for bar in bars for place in range(bar.count()) if bar.isTabVisible(place)]

    def take_the_keyboard(self) -> None:
        """Comes to this window, where there are several."""
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)

    def named(self, name: str, kind: type[Control]) -> Control:
        """The control of this name that can be seen and used."""
        every = [one for one in self.window.findChildren(kind) if one.isVisible() and one.isEnabled()]
        found = [one for one in every if one.accessibleName() == name]
        assert found, f"nothing called “{name}”, only {sorted({one.accessibleName() for one in every} - {''})}"
        return found[0]

    def fill(self, name: str, text: str) -> None:
        """Clicks a field, writes into it instead of what was there, and leaves it by Tab."""
        field = self.named(name, QWidget)
        line = field.focusProxy() or field
        QTest.mouseClick(line if not hasattr(line, "viewport") else line.viewport(), LEFT)
        assert line.hasFocus(), f"a click does not go into “{name}”"
        QTest.keyClick(line, Qt.Key.Key_A, CONTROL)
        for letter in text:
            # What is proposed below a line while one types takes the keys, and hands them on.
            QTest.keyClicks(QApplication.activePopupWidget() or line, letter)
        if (proposals := QApplication.activePopupWidget()) is not None:
            QTest.keyClick(proposals, Qt.Key.Key_Escape)
            # On a real screen proposals never take the keyboard from their window; on the offscreen one they do.
            self.take_the_keyboard()
        QTest.keyClick(line, Qt.Key.Key_Tab)
        self.settle()

    def paste(self, text: str, *, into: str) -> None:
        """Clicks a field of several lines and pastes into it."""
        field = self.named(into, QPlainTextEdit)
        QTest.mouseClick(field.viewport(), LEFT)
        QApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CONTROL)

    def turn(self, title: str) -> None:
        """Clicks the tab whose title begins so."""
        for bar in self.window.findChildren(QTabBar):
            for place in range(bar.count()):
                if bar.isVisible() and bar.isTabVisible(place) and bar.tabText(place).startswith(title):
                    QTest.mouseClick(bar, LEFT, PLAIN, bar.tabRect(place).center())
                    self.settle()
                    return
        message = f"no tab “{title}”, only {self.tabs()}"
        raise AssertionError(message)

    def pick(self, text: str, *, of: str) -> None:
        """Clicks the row of a list or table that shows this text."""
        view = self.named(of, QAbstractItemView)
        QTest.mouseClick(view.viewport(), LEFT, PLAIN, self._place(view, text))
        self.settle()

    def rows(self, of: str) -> list[tuple[str, ...]]:
        """What stands in the rows of a list or table, row by row."""
        return [tuple(str(cell.data() or "") for cell in row) for row in _cells(self.named(of, QAbstractItemView))]

    def choose_from(self, *path: str) -> None:
        """Goes through the menu that is open, down to a choice."""
        menu = QApplication.activePopupWidget()
        for words in path:
            assert isinstance(menu, QMenu)
            action = next((one for one in menu.actions() if one.text() == words), None)
            assert action is not None, f"no “{words}”, only {[one.text() for one in menu.actions()]}"
            assert action.isEnabled(), f"“{words}” is there, but cannot be chosen"
            QTest.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(action).center())
            if action.menu() is not None:
                menu = action.menu()
                self._qtbot.waitUntil(menu.isVisible)
        self.settle()
        self.take_the_keyboard()

    def drop(self, path: Path, *, on: QWidget | None = None) -> None:
        """Drops a file or folder on the window, or on a place in it."""
        target, data = on or self.window, QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(5, 5), copy, data, LEFT, none)
        enter.setAccepted(False)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted(), f"{path.name} cannot be dropped here"
        QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, data, LEFT, none))
        self.settle()

    def save_export(self, out: Path) -> None:
        """Says in the system's dialog where the export on show goes, and waits until it is there."""
        self.click("Save…")
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible())
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert name is not None
        name.setText(str(out))
        dialog.accept()
        self.settle()
        self._qtbot.waitUntil(lambda: f"Saved {out.name}, " in self.words())
        self.strays.seen.remove("QFileDialog “”")  # that one was asked for

    def export_one_page(self, out: Path) -> str:
        """Saves the plan on show as one page of PDF; what can be read on it, its white space folded."""
        self.press(Qt.Key.Key_E, CONTROL)
        self.click("One page")
        self.save_export(out)
        pages = PdfReader(out).pages
        assert len(pages) == 1
        return " ".join(pages[0].extract_text().split())

    def plan(self, plan_id: PlanId | None = None) -> PlanView:
        """A plan as the profile holds it; the one on show where none is named."""
        wanted = plan_id or self.context.desk.plan_id
        assert wanted is not None
        return self.context.workspace.plans.open(wanted).view()

    def _place(self, view: QAbstractItemView, text: str) -> QPoint:
        found = next((cell for row in _cells(view) for cell in row if cell.data() == text), None)
        assert found is not None, f"“{text}” is not among {self.rows(view.accessibleName())}"
        view.scrollTo(found)
        return view.visualRect(found).center()


def _cells(view: QAbstractItemView) -> list[list[QModelIndex]]:
    """Row by row; a list keeps to itself how many columns it has."""
    model, nowhere = view.model(), QModelIndex()
    columns = 1 if isinstance(view, QListView) else model.columnCount(nowhere)
    return [[model.index(row, column) for column in range(columns)] for row in range(model.rowCount(nowhere))]
