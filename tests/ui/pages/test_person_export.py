"""A list with names is asked for whom and why first, and written only with both."""

from tests.builders import NOW
from tests.ui.pages.quiet import Quiet
from workbench.queries.member_filter import MemberFilter
from workbench.queries.members import MemberSort
from workbench.ui.context import Context
from workbench.ui.pages.member_data import People
from workbench.ui.pages.person_export import ExportPopup, write_people

EVERYBODY = People((), "", MemberSort.NAME, is_descending=False, now=NOW, where=MemberFilter.ALL)


def test_both_are_asked_for_before_anything_is_written(qtbot, filled, context: Context, ground):
    popup = ExportPopup(context, ground, people=EVERYBODY, failed=lambda error: None)
    popup.recipient.setText("The regional office")
    popup._on_save()
    assert (popup._for.problem, bool(popup._why.problem)) == ("", True)
    popup.close()


def test_a_list_is_written_and_its_size_is_said(qtbot, filled, context: Context, tmp_path):
    told: list[str] = []
    context.told.connect(lambda words, _action: told.append(words))
    out = tmp_path / "people.csv"
    write_people(context, EVERYBODY, out, recipient="The office", purpose="A workshop", failed=lambda error: None)
    quiet = Quiet(qtbot, context.jobs)
    qtbot.waitUntil(lambda: not quiet.is_busy() and bool(told))
    assert told == ["Written: 6 people, for The office."]
    assert "Person 5 Example" in out.read_text("utf-8-sig")
