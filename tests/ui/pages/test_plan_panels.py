"""What the Plans page shows: the form and the export come with their first use and tell what they told."""

from PySide6.QtWidgets import QLabel

from workbench.ui.context import Context
from workbench.ui.pages.plan_header import View
from workbench.ui.pages.plan_panels import PlanPanels


def test_form_and_export_are_made_when_they_are_wanted(qtbot, context: Context):
    panels = PlanPanels(context)
    qtbot.addWidget(panels)
    board = QLabel("Board")
    panels.add(View.BOARD, board)
    assert not panels.has_file
    assert panels.count() == 1
    export, form = panels.export, panels.starter.form
    assert panels.count() == 3
    for view, widget in ((View.EXPORT, export), (View.FORM, form), (View.BOARD, board)):
        panels.turn_to(view)
        assert panels.currentWidget() is widget
    assert not panels.has_file


def test_what_they_tell_is_handed_on(qtbot, context: Context):
    panels = PlanPanels(context)
    qtbot.addWidget(panels)
    for told, handed in (
        (panels.starter.ready, panels.ready),
        (panels.starter.left, panels.left),
        (panels.export.closed, panels.closed),
        (panels.export.saved, panels.saved),
    ):
        with qtbot.waitSignal(handed):
            told.emit()
    with qtbot.waitSignal(panels.started) as started:
        panels.starter.started.emit("plan")
    assert started.args == ["plan"]
