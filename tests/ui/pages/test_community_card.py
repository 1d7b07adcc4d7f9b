"""The card of a community at the side: what is typed is sent once, and what is missing is red."""

from dataclasses import replace

import pytest

from workbench.models.kinds import CommunityLevel, CommunityType
from workbench.operations.letters import Language
from workbench.queries.community_card import CommunityCardRow
from workbench.ui.pages.community_card import CommunityCardPanel

CARD = CommunityCardRow(7, "Water", "Of the platform", None, None, "", "pumps", "", "", "", None, "", ())


@pytest.fixture
def panel(ground, theme):
    made = CommunityCardPanel(theme)
    made.setParent(ground)
    made.resize(336, 700)
    made.show()
    return made


def test_edits_are_sent_once_as_they_are_stored(panel):
    heard: list[tuple[str, object, object]] = []
    panel.edited.connect(lambda *edit: heard.append(edit))
    panel.show_card(CARD, is_writable=True)
    panel.choices["type"].setCurrentIndex(1)
    panel.coordinator.setText("Amina Example ")
    panel.coordinator.left.emit()
    panel.coordinator.left.emit()
    panel.texts["themes"].setPlainText("pumps, wells")
    panel.hide()
    panel.choices["type"].setCurrentIndex(0)
    assert heard == [
        ("type", None, "project_team"),
        ("coordinator", "", "Amina Example"),
        ("themes", "pumps", "pumps, wells"),
        ("type", "project_team", None),
    ]


def test_house_rules_begin_empty_policies_in_a_language_and_are_kept(panel):
    heard: list[tuple[str, object, object]] = []
    panel.edited.connect(lambda *edit: heard.append(edit))
    panel.show_card(CARD, is_writable=True)
    assert not panel.rules.isHidden()
    panel.begin_rules(Language.FRENCH)
    panel.begin_rules(Language.ENGLISH)
    assert [(field, after.splitlines()[0]) for field, _before, after in heard] == [("policies", "Règles de Water")]
    panel.show_card(replace(CARD, policies="Ask first"), is_writable=True)
    assert panel.rules.isHidden()


def test_no_coordinator_is_red_until_one_is_known(panel):
    panel.show_card(CARD, is_writable=True)
    assert (panel._missing.isHidden(), panel._missing.text) == (False, "No coordinator")
    panel.show_card(replace(CARD, leaders=("Bruno Example",)), is_writable=True)
    assert panel._missing.isHidden()
    assert panel._led.hint.text() == "By their role here: Bruno Example"


def test_another_card_replaces_what_is_shown_and_a_reading_one_cannot_be_changed(panel):
    panel.show_card(CARD, is_writable=True)
    other = replace(CARD, community_id=8, themes="", type=CommunityType.PROJECT_TEAM, level=CommunityLevel.GLOBAL)
    panel.show_card(other, is_writable=False)
    assert (panel.texts["themes"].toPlainText(), panel.choices["level"].currentText()) == ("", "Global")
    assert panel.coordinator.isReadOnly()
    assert not panel.choices["type"].isEnabled()
