"""Every page as it is met by keyboard and by a screen reader: what takes the keyboard has a name and shows that it does."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QWidget

from tests.ui.pages.growing import fill
from tests.ui.plan_samples import a_plan
from workbench.errors import NoSpaceError
from workbench.ids import CommunityId
from workbench.ui.context import Context
from workbench.ui.main_window import PAGES, MainWindow
from workbench.ui.widgets.chart import Chart
from workbench.ui.widgets.plot import Plot
from workbench.workspace import Workspace


def _settled(qtbot, window: MainWindow, context: Context, key: str, argument: object = None) -> QWidget:
    context.open_page(key, argument)
    page = window.page()
    assert page is not None
    qtbot.waitUntil(lambda: page.is_settled() and not context.jobs.running())
    return page


def _takes_keyboard(window: MainWindow) -> list[QWidget]:
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
    ]  # fmt: skip


def _name(widget: QWidget) -> str:
    said = QAccessible.queryAccessibleInterface(widget)
    return said.text(QAccessible.Text.Name)


def _nameless(window: MainWindow) -> list[str]:
    """What a screen reader comes to in the window that takes the keyboard and has no name; cells may be empty."""
    found, todo = [], [QAccessible.queryAccessibleInterface(window)]
    while todo:
        each = todo.pop()
        if not each.isValid() or each.state().invisible:
            continue
        held = each.object()
        is_part = isinstance(held, QWidget) and held.focusProxy() is not None
        if each.state().focusable and not is_part and each.role() is not QAccessible.Role.Cell:
            name = each.text(QAccessible.Text.Name)
            if not name.strip() or name.startswith("qt_") or (held is not None and name == held.objectName()):
                found.append(f"{each.role()}: {type(held).__name__}")
        todo += [each.child(place) for place in range(min(each.childCount(), 40))]
    return found


def _shows_focus(widget: QWidget) -> bool:
    """Whether the widget looks different while it has the keyboard."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if not widget.hasFocus():
        return True
    there = widget.grab().toImage()
    widget.clearFocus()
    return bool(widget.grab().toImage() != there)


def test_what_takes_the_keyboard_has_a_name_and_shows_it(
    qtbot, filled: Workspace, water_id: CommunityId, window: MainWindow, context: Context
):
    plan = a_plan(filled)
    window.activateWindow()
    nameless, unseen, looked = [], [], set()
    for entry in PAGES:
        about = {"plans": plan, "exchange": plan}.get(entry.key, water_id if not entry.in_rail else None)
        page = _settled(qtbot, window, context, entry.key, about)
        for widget in _takes_keyboard(window):
            what = f"{entry.key}: {type(widget).__name__} {_name(widget)}"
            if not _name(widget).strip():
                nameless.append(what)
            look = (type(widget), widget.property("kind"))
            if look not in looked:
                looked.add(look)
                if not _shows_focus(widget):
                    unseen.append(what)
        nameless += [f"{entry.key}, read aloud: {what}" for what in _nameless(window)]
        nameless += [f"{entry.key}: a chart" for chart in page.findChildren(Chart) if not chart.accessibleDescription()]
    assert not nameless, nameless
    assert not unseen, unseen


def test_a_page_with_nothing_to_show_says_what_it_is_for(qtbot, window: MainWindow, context: Context):
    for entry in PAGES:
        if entry.key not in {"exchange", "settings", "help"}:
            page = _settled(qtbot, window, context, entry.key)
            assert page._panel.isVisible(), entry.key
            assert page._panel.findChildren(QPushButton), entry.key
            idle = [button for button in page.findChildren(QPushButton) if button.text() == "Show as table"]
            assert not any(button.isVisible() for button in idle), entry.key


def _says(widget: QWidget) -> str:
    """What is read out on a widget that has the keyboard, or shows on a cell of its rows."""
    said = widget.accessibleDescription()
    model = widget.model() if isinstance(widget, QAbstractItemView) else None
    if model is not None and model.rowCount():
        cells = (model.index(0, column, QModelIndex()) for column in range(model.columnCount()))
        said += " ".join(str(cell.data(Qt.ItemDataRole.ToolTipRole)) for cell in cells)
    return said


def _is_explained(card: QWidget) -> bool:
    """Whether the keyboard comes to what its numbers are, of which days, and how far these are known."""
    takers = (each for each in (card, *card.findChildren(QWidget)) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return any(all(word in _says(each) for word in ("Formula", "Window", "nown")) for each in takers)


def test_every_card_with_numbers_says_what_they_are_to_mouse_and_keyboard(qtbot, window: MainWindow, context: Context):
    grows = fill(context.workspace)
    silent = []
    for key in ("dashboard", "scorecard", "growth", "dialogue", "comparison"):
        page = _settled(qtbot, window, context, key, grows)
        cards = [each for each in page.findChildren(QWidget) if each.isVisible() and each.property("card")]
        assert cards, key
        silent += [f"{key}: {each.accessibleName()}" for each in cards if not _is_explained(each)]
        if key in {"dashboard", "growth"}:
            qtbot.keyClick(page.findChildren(Plot)[0], Qt.Key.Key_Return)
            qtbot.waitUntil(lambda page=page: page.inspector() is not None)
            assert any("What moves this" in label.text() for label in page.inspector().findChildren(QLabel)), key
            assert page.go_back()
            assert page.inspector() is None
    assert silent == ["growth: What happened?"], "where notes are written, not numbers"


def test_what_is_shown_stays_where_something_beside_it_fails(qtbot, window: MainWindow, context: Context):
    grows = fill(context.workspace)
    told: list[str] = []
    context.told.connect(lambda words, _action: told.append(words))
    error, gone = NoSpaceError("disk full"), []
    beside = {
        "today": lambda page: (page.marks.failed,),
        "dashboard": lambda page: (page.explained.failed, page.about.failed, page.about.edits.failed),
        "growth": lambda page: (page.edits.failed,),
        "conversations": lambda page: (page._opened.failed, page._outbox.edits.failed, page._topics.failed),
        "questions": lambda page: (page.edits.failed, page.look.failed, page.heard.failed),
        "members": lambda page: (page._side.edits.failed, page._side.failed),
    }
    for key, signals in beside.items():
        page = _settled(qtbot, window, context, key, grows if key == "growth" else None)
        for signal in signals(page):
            told.clear()
            page.set_note("")
            signal.emit(error)
            if page._panel.isVisible() or not (told or page._note.isVisible()):
                gone.append(f"{key}: {signal}")
            page.refresh()
            qtbot.waitUntil(lambda page=page: page.is_settled() and not context.jobs.running())
            assert "could not be read" not in page._note_text.text(), key
    assert not gone, gone
