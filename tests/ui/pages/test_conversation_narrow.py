"""What a search is narrowed to: each choice counts at once and can be given up together."""

from tests.builders import NOW
from workbench.queries.members import MemberRow
from workbench.queries.search_filters import NO_FILTERS, MessageKind, SearchFilters
from workbench.ui.pages.conversation_narrow import SearchNarrow

PERIOD = (NOW, NOW)


def a_member(person_id, name, office):
    fields = dict.fromkeys(MemberRow.__dataclass_fields__)
    return MemberRow(**(fields | {"person_id": person_id, "name": name, "office": office}))


def test_choices_narrow_at_once_and_go_together(qtbot, ground, theme):
    narrow = SearchNarrow(theme, period=lambda: PERIOD)
    narrow.button.setParent(ground)
    narrow.button.show()
    narrow.button.click()
    form = narrow.popover
    with qtbot.waitSignal(narrow.changed):
        form.kind.setCurrentIndex(form.kind.findText("Replies"))
    with qtbot.waitSignal(narrow.changed):
        form.answer.setCurrentIndex(form.answer.findText("Answered"))
    with qtbot.waitSignal(narrow.changed):
        form.in_period.click()
    narrow.offer([a_member(7, "Dana Example", "Dakar"), a_member(8, "Dana Example", "Hanoi")])
    form.person.setText("Dana Example · Hanoi")
    form.person.left.emit()
    wanted = SearchFilters(person_id=8, period=PERIOD, kind=MessageKind.REPLY, has_answer=True)
    assert (narrow.filters, narrow.is_narrow, narrow.button.isChecked()) == (wanted, True, True)
    with qtbot.waitSignal(narrow.changed):
        form.clear.click()
    assert (narrow.filters, narrow.is_narrow, narrow.button.isChecked()) == (NO_FILTERS, False, False)
