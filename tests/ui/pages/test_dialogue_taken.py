"""Dialogue taken along: four cards as tables and pictures that tell of nobody."""

from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from tests.ui.pages.saving import save_as
from tests.ui.pages.test_dialogue import opened
from tests.ui.pages.test_dialogue_words import a_line
from tests.ui.settled import settle
from workbench.metrics.value import Unit, Value
from workbench.operations.scorecard import Compared
from workbench.operations.standing import Standing
from workbench.ui.pages.dialogue_taken import told_cells, told_line
from workbench.ui.pages.dialogue_words import marks_of, sentence
from workbench.ui.widgets.chart_data import WITHHELD


def test_shares_of_few_people_leave_as_withheld_and_so_does_how_they_stand(qapp):
    few, many = Value(0.3, Unit.SHARE, 3, 10), Value(0.5, Unit.SHARE, 50, 100)
    line = replace(a_line("loop_return", few, standing=Standing.BAD), previous=Compared(many))
    cells, marks = told_cells(line), marks_of(told_line(line))
    assert cells.values == (WITHHELD, "50 %".replace(" ", "\u00a0"), "not known")
    assert (cells.standing, marks.now, marks.before) == ("", None, 0.5)
    whole = replace(line, now=many, previous=Compared(few))
    assert told_cells(whole).values[1] == WITHHELD
    assert told_cells(whole).standing == "Below target"
    assert (marks_of(told_line(whole)).now, marks_of(told_line(whole)).before) == (0.5, None)
    # How work is spread is told, not by how few it is done.
    players = a_line("key_players", Value(0.25, Unit.SHARE, 2, 8))
    assert "2 members" in sentence(players)
    assert "2 members" not in sentence(told_line(players))


def test_each_card_leaves_as_table_and_picture(qtbot, window, context, water_id, tmp_path):
    page, found = opened(qtbot, window, context, water_id), list[list[str]]()
    board = QGuiApplication.clipboard()
    for menu in page.taken.menus:
        menu.copy_csv()
        found.append(board.text().splitlines())
        menu.copy_picture()
        assert not board.image().isNull()
    talk, rests, together, heat = found
    assert (len(talk), len(rests), len(together), len(heat)) == (8, 6, 7, 11)
    assert talk[1].startswith("Curiosity,share,0.142857142857,7,49,1,")
    assert together[1].startswith("Collective intelligence: threads kept in the Library,threads,0,")
    assert heat[1].startswith("Notes,Water in schools,3,2,2024-06-15")
    page.taken.menus[0].save_csv()
    proposed = "How people talk Water in schools 2024-05-18 to 2024-06-14.csv"
    save_as(qtbot, page, tmp_path / "talk.csv", proposed=proposed)
    settle(qtbot, context.jobs)
    assert (tmp_path / "talk.csv").read_text(encoding="utf-8-sig").splitlines() == talk
