"""Gathering what people wrote into a plan: charter, risks, checkpoints, hours, hand-kept measures; names stay at home."""

from datetime import date, datetime, timedelta

import pytest

from tests.export.test_gather import NAMES, NOON, START, Scene
from workbench.export.summary import EvidenceLine, Extent, Paper, Standing, WeekLine
from workbench.models.kinds import CardKind, EvidenceKind, ObjectiveKind
from workbench.models.plan_parts import HAND_KEPT, CheckpointMeasure, Evidence, ObjectiveTags, Reading, RoleLine
from workbench.plans.drafts import CardDraft, ObjectiveDraft

__all__ = ["scene"]

DAY = timedelta(days=1)


@pytest.fixture
def scene(tmp_path):
    made = Scene(tmp_path)
    yield made
    made.network.database.close()


def by_hand(target: float, *values: tuple[date, float]) -> ObjectiveDraft:
    readings = tuple(Reading(on, value) for on, value in values)
    return ObjectiveDraft("More come", HAND_KEPT, target=target, hand_unit="people at the call", readings=readings)


def test_the_charter_is_told_and_who_holds_what_is_told_only_where_names_go_out(scene: Scene):
    plan_id = scene.plan()
    scene.store.open(plan_id).set_plan(
        problem="Answers take weeks", value_for_members="Answers", sponsor="Rosa Example", alignment="Goal 6",
        roles=(RoleLine("Champion", "Luis Ejemplo"), RoleLine("Librarian", "")), risks="One answers most\n\n Rains ",
    )  # fmt: skip
    charter = scene.summary(plan_id).charter
    assert (charter.problem, charter.value_for_members, charter.alignment) == (
        "Answers take weeks", "Answers", "Goal 6",
    )  # fmt: skip
    assert (charter.sponsor, charter.roles) == (
        "named in the plan", (("Champion", "named in the plan"), ("Librarian", "")),
    )  # fmt: skip
    told = scene.summary(plan_id, names=NAMES).charter
    assert (told.sponsor, told.roles[0]) == ("Rosa Example", ("Champion", "Luis Ejemplo"))
    assert scene.summary(plan_id).risks == ("One answers most", "Rains")


def test_evidence_and_what_came_of_a_card_are_told_and_words_of_a_thread_only_where_names_go_out(scene: Scene):
    shown = (
        Evidence("", EvidenceKind.THREAD, "Does Rosa know seals?", "thread:table/m1"),
        Evidence("", EvidenceKind.LINK, "Guide", "https://example.org/g"),
        Evidence("", EvidenceKind.FILE, "Minutes", "C:\\home\\amina\\may.docx"),
        Evidence("", EvidenceKind.NUMBER, "Came", "42"),
    )
    plan_id = scene.plan(cards=(CardDraft("Write a guide", evidence=shown, came_of=" Two offices use it "),))
    told = (
        EvidenceLine("link", "Guide", "https://example.org/g"),
        EvidenceLine("file", "Minutes", "may.docx"),
        EvidenceLine("number", "Came", "42"),
    )
    (card,) = scene.summary(plan_id).columns[0].cards
    assert (card.came_of, set(card.evidence)) == ("Two offices use it", {EvidenceLine("conversation", ""), *told})
    (card,) = scene.summary(plan_id, names=NAMES).columns[0].cards
    assert set(card.evidence) == {EvidenceLine("conversation", "Does Rosa know seals?"), *told}


def test_hours_are_summed_by_week_over_everybody(scene: Scene):
    plan_id = scene.plan(
        cards=(
            CardDraft("Call", owner="Amina Example", due_on=START + 2 * DAY, hours=2),
            CardDraft("Write", owner="Luis Ejemplo", due_on=START + 3 * DAY, hours=1.5),
            CardDraft("Campaign", starts_on=START + 7 * DAY, due_on=START + 18 * DAY, hours=10),
        )
    )
    weeks = scene.summary(plan_id).weeks
    assert weeks == (
        WeekLine(START, 3.5, 0.0),
        WeekLine(START + 7 * DAY, 5.0, 0.0),
        WeekLine(START + 14 * DAY, 5.0, 0.0),
    )


def test_a_measure_kept_by_hand_is_marked_and_stands_by_its_last_reading(scene: Scene):
    plan_id = scene.plan(
        by_hand(20, (START - DAY, 8), (START + 30 * DAY, 14), (START + 60 * DAY, 25)),
        by_hand(2, (START, 10), (START + 30 * DAY, 4)),
    )
    rising, falling = scene.summary(plan_id, day=37).measures
    assert (rising.measure, rising.is_hand_kept, rising.now.value) == ("people at the call", True, 14)
    assert rising.baseline is not None
    assert (rising.baseline.value, rising.standing) == (8, Standing.ON_THE_WAY)
    assert falling.standing is Standing.ON_THE_WAY
    assert scene.summary(plan_id, day=61).measures[0].standing is Standing.REACHED


def test_an_objective_says_what_it_is_for(scene: Scene):
    plan_id = scene.plan(
        ObjectiveDraft(
            "More is said", "messages", kind=ObjectiveKind.IMPROVING, alignment="Goal 6", due_day=60,
            tags=ObjectiveTags(behaviour=("answers",), risk=("rains",)),
        )
    )  # fmt: skip
    (line,) = scene.summary(plan_id).measures
    assert (line.kind, line.tags, line.alignment) == ("improving", ("answers", "rains"), "Goal 6")
    assert line.due_on == START + 60 * DAY


def test_a_checkpoint_tells_its_numbers_and_words_once_it_is_locked(scene: Scene):
    plan_id = scene.plan()
    editor = scene.store.open(plan_id)
    objective = editor.view().objectives[0]
    editor.set_checkpoint(30, what_worked="Greetings", decisions="Go on")
    draft = scene.summary(plan_id).checkpoints[0]
    assert (draft.what_worked, draft.locked_on) == ("", None)
    at = datetime.combine(START + 30 * DAY, NOON.timetz())
    measure = CheckpointMeasure(objective.id, objective.title, 3.0, 3.0, None, 1.0, at)
    editor.lock_checkpoint(30, measures=[measure])
    held = scene.summary(plan_id).checkpoints[0]
    assert (held.what_worked, held.decisions) == ("Greetings", "Go on")
    assert held.locked_on is not None
    ((title, figure),) = held.measures
    assert title == "More is said"
    assert figure.value == 3.0


def test_cards_carry_objective_checklist_and_kind_and_archived_ones_are_told_apart(scene: Scene):
    plan_id = scene.plan(
        cards=(
            CardDraft("Send maps", kind=CardKind.COMMITMENT, checklist=("Print", "Post"), due_on=START + DAY),
            CardDraft("Gone", due_on=START + DAY),
        )
    )
    editor = scene.store.open(plan_id)
    send, gone = editor.view().cards
    editor.set_card(send.id, objective_id=editor.view().objectives[0].id)
    editor.set_check(send.id, send.checklist[0].id, is_done=True)
    editor.archive_card(gone.id)
    summary = scene.summary(plan_id)
    (card,) = summary.columns[0].cards
    assert (card.is_commitment, card.objective, card.checked, card.checks, card.card_id) == (
        True, "More is said", 1, 2, send.id,
    )  # fmt: skip
    assert [each.title for each in summary.archived] == ["Gone"]


def test_form_and_paper_are_those_asked_for_and_looking_back_is_told(scene: Scene):
    plan_id = scene.plan()
    scene.store.open(plan_id).set_plan(worked="The weekly question", lessons="Ask earlier")
    summary = scene.summary(plan_id, extent=Extent.ONE_PAGE, paper=Paper.LETTER)
    assert (summary.is_one_page, summary.paper) == (True, Paper.LETTER)
    assert summary.retrospective == (("What worked", "The weekly question"), ("Lessons", "Ask earlier"))
