"""Watch forms: a conversation is watched, an output and an idea are kept from the side, listed, changed, taken back."""

import pytest

from tests.builders import NOW
from tests.ui.pages.asked import fill
from tests.ui.pages.quiet import Quiet
from workbench.operations.today_items import Task
from workbench.queries.watching import list_ideas, list_outputs, list_watched
from workbench.ui.context import Context
from workbench.ui.pages.question_inspector import QuestionDeed
from workbench.ui.pages.questions import IDEAS, OUTPUTS, WATCHED


@pytest.fixture(name="quiet")
def a_quiet(qtbot, context: Context) -> Quiet:
    return Quiet(qtbot, context.jobs)


def shown_by(page, tab: int, quiet: Quiet):
    """The conversation at the side once the only row of a tab is current."""
    page.tabs.setCurrentIndex(tab)
    quiet.wait(page)
    panel = page.kept[tab]
    assert panel.model.rowCount() == 1
    panel.table.setCurrentIndex(panel.model.index(0, 0))
    quiet.wait(page)
    return page.side.shown.id


def followed_from_today(window, page, quiet: Quiet):
    """Where Today leads from the thread that is to be looked at again, and what stands at the side there."""
    window.open_page("today")
    today = window.page()
    quiet.wait(today)
    (item,) = [line.item for line in today.lines if line.item.task is Task.FOLLOW]
    today.do(item)
    quiet.wait(page)
    return window.here(), page.side.shown.id


def test_what_comes_of_a_conversation_is_kept_from_its_side_and_listed(qtbot, quiet: Quiet, window, workspace):
    ids = fill(workspace)
    window.open_page("questions", ids["old"])
    page = window.page()
    quiet.wait(page)
    forms = page.deeds.forms

    def kept(read):
        with workspace.database.read() as reader:
            return read(reader)

    def fill_in(**typed: object) -> None:
        form = forms.open
        for name, words in typed.items():
            control = form.fields[name].control
            if name == "day":
                control.set_day(words)
            elif hasattr(control, "setPlainText"):
                control.setPlainText(words)
            else:
                control.setText(words)
        form.save()
        quiet.wait(page)

    page.deeds.act(QuestionDeed.WATCH)
    forms.open.save()
    assert forms.open.fields["note"].problem == "Say why this thread is watched."
    fill_in(note="Two argue", day=NOW.date())
    (row,) = kept(list_watched)
    assert (row.thread.id, row.note, row.look_on) == (ids["old"], "Two argue", NOW.date())
    assert page.side.buttons[QuestionDeed.WATCH].text() == "Change the note"
    page.deeds.act(QuestionDeed.OUTPUT)
    fill_in(title="Pump guide", link="pumps.pdf")
    page.deeds.act(QuestionDeed.IDEA)
    fill_in(words="Keep spare seals", unit="Supply unit", day=NOW.date())
    (output,), (idea,) = kept(list_outputs), kept(list_ideas)
    assert (output.kind, [thread.id for thread in output.threads]) == ("document", [ids["old"]])
    assert (idea.unit, idea.handed_on) == ("Supply unit", NOW.date())

    for tab in (WATCHED, OUTPUTS, IDEAS):
        assert shown_by(page, tab, quiet) == ids["old"]
    forms.outcome(page, idea)
    fill_in(words="From July on")
    assert kept(list_ideas)[0].outcome == "adopted"
    forms.close(page, row)
    fill_in(done="Called both")
    assert not kept(list_watched)[0].is_open
    forms.forget(output)
    quiet.wait(page)
    assert kept(list_outputs) == []
    for _ in range(2):
        page.edits.undo()
        quiet.wait(page)
    assert (len(kept(list_outputs)), kept(list_watched)[0].is_open) == (1, True)
    assert followed_from_today(window, page, quiet) == ("questions", ids["old"])
