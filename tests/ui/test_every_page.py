"""Every page as it is met by keyboard and by a screen reader: what takes the keyboard has a name and shows that it does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QWidget

from tests.ui.plan_samples import a_plan
from workbench.ids import CommunityId
from workbench.ui.context import Context
from workbench.ui.main_window import PAGES, MainWindow
from workbench.ui.widgets.chart import Chart
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
        nameless += [f"{entry.key}: a chart" for chart in page.findChildren(Chart) if not chart.accessibleDescription()]
    assert not nameless, nameless
    assert not unseen, unseen


def test_a_page_with_nothing_to_show_says_what_it_is_for(qtbot, window: MainWindow, context: Context):
    for entry in PAGES:
        if entry.key not in {"exchange", "settings", "help"}:
            page = _settled(qtbot, window, context, entry.key)
            assert page._panel.isVisible(), entry.key
            assert page._panel.findChildren(QPushButton), entry.key
