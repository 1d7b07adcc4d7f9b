"""The card at the side at work: each edit one gesture on the plan, seen at once, in one time of a series or in all."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.ui.plan_samples import TODAY, a_plan, listen
from tests.ui.settled import settle
from workbench.ids import CardId, PlanId
from workbench.models.kinds import CardColumn, EvidenceKind
from workbench.models.plan_parts import Recurrence
from workbench.plans.document import PlanDocument
from workbench.plans.drafts import CardDraft
from workbench.plans.views import CardView, FieldEdit, RecordKind
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import read_plans
from workbench.ui.pages.plan_days import PlanDays
from workbench.ui.pages.plan_inspector import CardInspector
from workbench.ui.pages.plan_inspector_work import CardWork
from workbench.workspace import Workspace

CARDS = (
    CardDraft("Ask five schools", owner="Amina Example", checklist=("Call", "Write")),
    CardDraft("Invite two partners"),
    CardDraft("Weekly digest", due_day=2, recurrence=Recurrence(7, 30), checklist=("Pick",)),
)


class Bench:
    """One plan with its card at the side, read again after every gesture as the page does."""

    def __init__(self, qtbot, context: Context, ground, plan_id: PlanId) -> None:
        self.qtbot, self.context, self.plan_id = qtbot, context, plan_id
        self.cards = PlanCards(context)
        context.desk.use(plan_id)
        self.acts = CardActs(context, context.desk, self.cards)
        self.inspector = CardInspector(context.theme, today=lambda: TODAY)
        self.inspector.setParent(ground)
        self.inspector.show()
        self.work = CardWork(context, self.cards, self.acts, self.inspector)

    def show(self, *titles: str, occurrence: int = 0) -> None:
        data = read_plans(self.context.workspace.database, plan_id=self.plan_id, today=TODAY).board
        assert data is not None
        self.cards.show(data.items, data.rows, today=TODAY, days=PlanDays(data.plan.starts_on, data.closed))
        found = [
            row.id
            for title in titles
            for row in data.rows.values()
            if (row.title, row.occurrence) == (title, occurrence)
        ]
        assert self.work.show(data, found)
        self.rest()

    def rest(self) -> None:
        settle(self.qtbot, self.context.jobs)

    def stored(self, title: str) -> list[CardView]:
        self.rest()
        view = self.context.workspace.plans.open(self.plan_id).view()
        return sorted((card for card in view.cards if card.title == title), key=lambda card: card.occurrence)

    def one(self, title: str) -> CardView:
        (card,) = self.stored(title)
        return card


@pytest.fixture
def make_bench(qtbot, context: Context, ground, workspace: Workspace) -> Callable[[], Bench]:
    return lambda: Bench(qtbot, context, ground, a_plan(workspace, cards=CARDS))


def test_a_field_is_one_gesture_and_shows_at_once(make_bench):
    bench = make_bench()
    bench.show("Ask five schools")
    bench.inspector.form.owner.setText("Bo Sample")
    bench.inspector.save()
    assert bench.cards.rows[bench.inspector.card_id].owner == "Bo Sample"
    assert bench.one("Ask five schools").owner == "Bo Sample"
    bench.context.desk.undo()
    assert bench.one("Ask five schools").owner == "Amina Example"


def test_several_cards_change_in_one_gesture(make_bench):
    bench = make_bench()
    bench.show("Ask five schools", "Invite two partners")
    bench.inspector.form.column.setCurrentIndex(1)
    columns = [bench.one(title).column for title in ("Ask five schools", "Invite two partners")]
    assert columns == [CardColumn.DOING, CardColumn.DOING]
    bench.context.desk.undo()
    assert bench.one("Invite two partners").column is CardColumn.TODO


def test_one_time_of_a_series_changes_alone(make_bench):
    bench = make_bench()
    bench.show("Weekly digest", occurrence=1)
    bench.inspector.form.owner.setText("Bo Sample")
    bench.inspector.save()
    assert [card.owner for card in bench.stored("Weekly digest")] == ["", "Bo Sample", "", "", ""]


def test_all_times_change_together_and_days_keep_their_distance(make_bench):
    bench = make_bench()
    bench.show("Weekly digest", occurrence=1)
    bench.inspector.times.all.click()
    bench.inspector.form.owner.setText("Bo Sample")
    bench.inspector.save()
    bench.inspector.form.due.line.setText("day 10")
    bench.inspector.form.due.line.left.emit()
    found = bench.stored("Weekly digest")
    assert {card.owner for card in found} == {"Bo Sample"}
    assert [card.due_day for card in found] == [3, 10, 17, 24]


def test_how_it_repeats_is_always_of_the_whole_series(make_bench):
    bench = make_bench()
    bench.show("Weekly digest", occurrence=1)
    bench.inspector.form.recurrence.until.set_value(16)
    bench.inspector.form.recurrence.until.editingFinished.emit()
    assert len(bench.stored("Weekly digest")) == 3


def test_a_column_is_always_of_one_time(make_bench):
    bench = make_bench()
    bench.show("Weekly digest", occurrence=1)
    bench.inspector.times.all.click()
    bench.inspector.form.column.setCurrentIndex(2)
    columns = [card.column for card in bench.stored("Weekly digest")]
    assert columns.count(CardColumn.DONE) == 1


def test_a_checklist_is_worked_through(make_bench):
    bench = make_bench()
    bench.show("Ask five schools")
    checklist = bench.inspector.checklist
    checklist.added.emit(["Thank", "Report"])
    assert [row.item.text for row in checklist.rows] == ["Call", "Write", "Thank", "Report"]
    call, write, thank, report = (row.item.id for row in checklist.rows)
    checklist.ticked.emit(call, True)
    checklist.worded.emit(write, "Write twice")
    checklist.moved.emit(report, 0)
    checklist.removed.emit(thank)
    said = [(row.item.text, row.item.is_done) for row in checklist.rows]
    assert said == [("Report", False), ("Call", True), ("Write twice", False)]
    assert [(item.text, item.is_done) for item in bench.one("Ask five schools").checklist] == said


def test_lines_for_all_times_stand_in_all(make_bench):
    bench = make_bench()
    bench.show("Weekly digest", occurrence=1)
    bench.inspector.times.all.click()
    bench.inspector.checklist.added.emit(["Post"])
    assert {tuple(item.text for item in card.checklist) for card in bench.stored("Weekly digest")} == {("Pick", "Post")}


def test_evidence_is_added_and_taken_away(make_bench, tmp_path):
    bench = make_bench()
    bench.show("Ask five schools")
    path = tmp_path / "list.txt"
    bench.work.add_file(str(path))
    bench.inspector.evidence.added.emit(EvidenceKind.NUMBER, "came", "42")
    found = {(each.kind, each.title, each.value) for each in bench.one("Ask five schools").evidence}
    assert found == {(EvidenceKind.FILE, "list.txt", str(path)), (EvidenceKind.NUMBER, "came", "42")}
    for each in bench.one("Ask five schools").evidence:
        bench.inspector.evidence.removed.emit(each.id)
    assert bench.one("Ask five schools").evidence == ()


def test_what_two_people_said_apart_is_settled_by_one_click(make_bench):
    bench = make_bench()
    bench.show("Ask five schools")
    card = CardId(bench.one("Ask five schools").id)
    other = PlanDocument.from_bytes(bench.context.workspace.plans.open(bench.plan_id).to_bytes())
    edit = FieldEdit(RecordKind.CARD, card, "owner", "Chen Sample")
    other.write([edit], at=NOW + timedelta(hours=1), author="partner")
    bench.inspector.form.owner.setText("Bo Sample")
    bench.inspector.save()
    bench.context.desk.do(lambda editor: editor.merge(other.to_bytes()))
    bench.rest()
    bench.show("Ask five schools")
    (box,) = bench.inspector.conflicts
    bench.show("Ask five schools")
    assert bench.inspector.conflicts == (box,)
    assert bench.inspector.story.startswith("Changed by somebody")
    next(row for row in box.rows if row.text() == "Bo Sample").click()
    assert bench.one("Ask five schools").owner == "Bo Sample"
    bench.show("Ask five schools")
    assert bench.inspector.conflicts == ()
    assert bench.inspector.story.startswith("Changed by you")


def test_names_come_from_the_directory(make_bench, filled):
    bench = make_bench()
    bench.show("Ask five schools")
    owner = bench.inspector.form.owner
    owner.asked.emit("person 3")
    bench.rest()
    assert owner.offered == ("Amina Example", "Person 3 Example")


def test_conversations_are_found_for_evidence(make_bench, filled):
    bench = make_bench()
    bench.show("Ask five schools")
    evidence = bench.inspector.evidence
    evidence.start(EvidenceKind.THREAD)
    evidence.looked_up.emit("which pump")
    bench.rest()
    assert all(value.startswith("thread:table/root") for value in evidence._threads.values())
    assert evidence._threads


def test_evidence_that_is_not_here_says_so(make_bench):
    bench = make_bench()
    said = listen(bench.context)
    bench.show("Ask five schools")
    bench.inspector.evidence.added.emit(EvidenceKind.FILE, "Minutes", "/nowhere/minutes.txt")
    (each,) = bench.one("Ask five schools").evidence
    bench.inspector.evidence.opened.emit(each.id)
    assert said == [("There is no Minutes at its place on this computer.", "")]


def test_a_link_of_the_card_before_is_asked_about_no_more(make_bench):
    bench = make_bench()
    bench.show("Ask five schools")
    bench.inspector.evidence.added.emit(EvidenceKind.LINK, "Minutes", "https://example.org")
    (each,) = bench.one("Ask five schools").evidence
    bench.inspector.evidence.opened.emit(each.id)
    assert bench.work.evidence.links.isVisible()
    bench.show("Ask five schools")
    assert bench.work.evidence.links.isVisible()
    bench.show("Invite two partners")
    assert not bench.work.evidence.links.isVisible()


def test_cards_that_are_gone_are_not_shown(make_bench):
    bench = make_bench()
    bench.show("Ask five schools")
    data = read_plans(bench.context.workspace.database, plan_id=bench.plan_id, today=TODAY).board
    assert data is not None
    assert not bench.work.show(data, [CardId("gone")])
