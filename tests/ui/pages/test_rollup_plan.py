"""One plan of an office: figures, measures against targets, withheld and missing ones named, weeks."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from tests.ui.pages.rollup_parts import a_folder, taken_in
from workbench.queries.rollup import ToldFigure
from workbench.ui.context import Context
from workbench.ui.pages.rollup_data import read_plan, read_report
from workbench.ui.pages.rollup_plan import RollupPlanView, measure_words, told, week_words


def test_a_plan_is_shown_as_it_was_told(qtbot, context: Context, tmp_path):
    taken_in(context.workspace, a_folder(context.workspace, tmp_path / "in", "ken"))
    (line,) = read_report(context.workspace).plans
    detail = read_plan(context.workspace, line.plan.office_id, line.plan.plan_id)
    view = RollupPlanView(context)
    qtbot.addWidget(view)
    view.show()
    view.show_plan(detail)
    words = [label.text() for label in view.findChildren(QLabel)]
    assert "Safe water" in words
    assert "2 of 8" in words
    assert "Day 30, 3 Jul 2024: 2 decisions" in words
    reply, people = detail.line.objectives
    assert measure_words(reply) == "58\N{NO-BREAK SPACE}% → 71\N{NO-BREAK SPACE}%, target 80\N{NO-BREAK SPACE}%"
    assert measure_words(people) == "no data → withheld: fewer than 5 people, target –"
    week = detail.weeks[0]
    assert week_words(week).endswith("12 people wrote, 6 of 9 threads answered")
    assert "withheld" in week_words(replace(week, is_withheld=True, contributors=None))
    assert week_words(replace(week, known_days=5)).endswith(", 5 of 7 days known")
    bare = replace(detail, weeks=(), line=replace(detail.line, objectives=(), checkpoints=()))
    view.show_plan(bare)
    assert "The office told of no measure." in [label.text() for label in view.findChildren(QLabel)]


def test_missing_is_never_zero():
    assert told(ToldFigure(None, None, None, None, is_withheld=False), is_share=True) == "no data"
    assert told(ToldFigure(0.0, 0, 5, 1.0, is_withheld=False), is_share=True) == "0\N{NO-BREAK SPACE}%"
