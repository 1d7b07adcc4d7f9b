"""Templates: chosen with what is in them, kept, renamed, shared as a file, opened from one, taken away."""

from pathlib import Path

import pytest

from tests.ui.plan_samples import listen
from tests.ui.settled import settle
from workbench.operations.plan_templates import keep_template, list_templates
from workbench.plans.drafts import CardDraft
from workbench.plans.templates import SHIPPED, Template, read_template, write_template
from workbench.ui.context import Context
from workbench.ui.pages.plan_templates import TemplateChoice
from workbench.workspace import Workspace

OWN = Template("own", "Webinar week", "One webinar, well prepared", (CardDraft("Invite", due_day=1),))


@pytest.fixture
def choice(qtbot, ground, context: Context) -> TemplateChoice:
    made = TemplateChoice(context)
    made.setParent(ground)
    made.resize(780, 500)
    made.show()
    made.begin()
    settle(qtbot, context.jobs)
    return made


def menu(choice: TemplateChoice) -> dict[str, bool]:
    return {action.text(): action.isEnabled() for action in choice._menu.actions()}


def test_shipped_ones_come_first_the_starter_is_chosen_and_can_only_be_shared(choice: TemplateChoice):
    assert choice.list.count() == len(SHIPPED) + 1
    assert choice.key == "starter"
    assert choice.size_words.text().startswith("53 cards")
    assert choice.preview.lines
    assert menu(choice) == {"Share as a file…": True, "Rename…": False, "Remove": False}


def test_a_plan_can_begin_without_cards(qtbot, choice: TemplateChoice):
    with qtbot.waitSignal(choice.chosen):
        choice.choose("")
    assert choice.template() is None
    assert choice.key == ""
    assert choice.about.text == "Cards can be added at any time."
    assert not any(menu(choice).values())


def test_until_they_are_read_the_key_asked_for_stands(context: Context, qtbot, ground):
    made = TemplateChoice(context)
    made.setParent(ground)
    made.begin(wanted="welcome")
    assert made.key == "welcome"
    assert made.template() is None
    settle(qtbot, context.jobs)
    assert made.template() is not None
    assert made.key == "welcome"


def test_a_file_is_kept_and_chosen(qtbot, context: Context, choice: TemplateChoice, tmp_path: Path):
    said = listen(context)
    path = tmp_path / "week.json"
    path.write_text(write_template(OWN), encoding="utf-8")
    choice.take_in(str(path))
    settle(qtbot, context.jobs)
    template = choice.template()
    assert template is not None
    assert (template.title, template.cards) == (OWN.title, OWN.cards)
    assert said[-1][0] == "Template kept."
    assert menu(choice) == {"Share as a file…": True, "Rename…": True, "Remove": True}


@pytest.mark.parametrize("content", [b"not a template", b"\xff\xfe\x00", b"{}"])
def test_a_file_that_is_no_template_is_refused_in_words(qtbot, context, choice, tmp_path: Path, content):
    path = tmp_path / "other.json"
    path.write_bytes(content)
    choice.take_in(str(path))
    settle(qtbot, context.jobs)
    assert "not a plan template" in choice.problem
    assert choice.list.count() == len(SHIPPED) + 1


def test_a_file_that_is_gone_is_said(qtbot, context, choice, tmp_path: Path):
    choice.take_in(str(tmp_path / "gone.json"))
    settle(qtbot, context.jobs)
    assert choice.problem


def test_the_chosen_one_is_written_to_a_file_others_can_open(qtbot, context, choice, tmp_path: Path):
    said = listen(context)
    choice.choose("welcome")
    path = tmp_path / "welcome.json"
    choice.write_to(str(path))
    settle(qtbot, context.jobs)
    assert read_template(path.read_text(encoding="utf-8")) == choice.template()
    assert said[-1][0] == "Template saved as welcome.json."


def test_ones_own_is_renamed_and_removed(qtbot, workspace: Workspace, context: Context, choice: TemplateChoice):
    kept = keep_template(workspace, OWN)
    choice.read()
    settle(qtbot, context.jobs)
    choice.choose(kept.key)
    choice.ask_title()
    assert choice.title_line.text() == "Webinar week"
    choice.title_line.setText("Webinar fortnight")
    choice.rename()
    settle(qtbot, context.jobs)
    assert [each.title for each in list_templates(workspace)][len(SHIPPED) :] == ["Webinar fortnight"]
    template = choice.template()
    assert template is not None
    assert template.title == "Webinar fortnight"
    choice.remove()
    settle(qtbot, context.jobs)
    assert len(list_templates(workspace)) == len(SHIPPED)


def test_shipped_ones_are_never_removed(qtbot, workspace: Workspace, context: Context, choice: TemplateChoice):
    choice.remove()
    settle(qtbot, context.jobs)
    assert len(list_templates(workspace)) == len(SHIPPED)


def test_the_cards_of_a_plan_are_offered_first_and_belong_to_nobody(qtbot, context: Context, choice: TemplateChoice):
    choice.begin(own=OWN)
    settle(qtbot, context.jobs)
    assert choice.list.item(0).text() == "Webinar week"
    assert choice.template() == OWN
    assert menu(choice) == {"Share as a file…": True, "Rename…": False, "Remove": False}
