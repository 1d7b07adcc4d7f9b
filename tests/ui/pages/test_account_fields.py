"""Fields made from a declaration: what they hold, what is wrong with them, and what is folded away."""

import pytest
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout

from tests.ui.pages.account_parts import SETTINGS
from workbench.ui.pages.account_fields import KEPT_HINT, SettingsForm
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.ticks import TickBox


@pytest.fixture
def form(qtbot, theme, ground) -> SettingsForm:
    made = SettingsForm(theme)
    column = QVBoxLayout(ground)
    column.addWidget(made)
    column.addWidget(made.rest)
    made.fill(SETTINGS, values={})
    return made


def test_each_kind_has_its_control_with_a_name_a_screen_reader_says(form):
    kinds = {name: type(field.control) for name, field in form.fields.items()}
    assert kinds == {
        "address": QLineEdit, "user": QLineEdit, "token": QLineEdit, "pages": QLineEdit,
        "deep": TickBox, "kind": ChoiceBox,
    }  # fmt: skip
    said = [field.control.accessibleName() or field.control.text() for field in form.fields.values()]
    assert said == [
        "Address of the site", "Name", "Secret word", "Pages (can stay empty)", "Look deeper", "Kind"
    ]  # fmt: skip


def test_values_and_secrets_are_apart_and_what_was_left_alone_stays_the_programs(form):
    for name, text in {"address": "site.example.org", "user": " Amina ", "token": "planted"}.items():
        form.fields[name].set_text(text)
    assert form.values() == {"address": "https://site.example.org", "user": "Amina", "kind": "a"}
    assert form.secrets() == {"token": "planted"}
    for name, text in {"pages": "9", "deep": "no", "kind": "b"}.items():
        form.fields[name].set_text(text)
    assert form.values().items() >= {"pages": "9", "deep": "no", "kind": "b"}.items()


def test_nothing_is_wrong_while_the_first_letters_are_typed_and_everything_once_it_is_asked(form):
    form.fields["address"].set_text("ftp")
    assert [field.problem for field in form.fields.values()] == [""] * 6
    assert form.first_wrong() is form.fields["address"].control
    assert [field.problem for field in form.fields.values()][:3] == [
        "This is not a whole web address yet.", "Fill this in.", "Fill this in."
    ]  # fmt: skip
    form.fields["user"].set_text("A")
    assert form.fields["user"].problem == ""


def test_what_most_people_leave_alone_stands_apart_and_says_when_it_is_wrong(qtbot, form):
    apart = [name for name, field in form.fields.items() if form.rest.isAncestorOf(field)]
    assert (apart, form.has_rest) == (["pages", "deep", "kind"], True)
    with qtbot.assertNotEmitted(form.rest_wanted):
        form.first_wrong()
    form.fields["pages"].set_text("few")
    with qtbot.waitSignal(form.rest_wanted):
        form.first_wrong()
    form.fill(SETTINGS[:2], values={})
    assert not form.has_rest


def test_a_secret_is_hidden_until_somebody_wants_to_see_it(form):
    line = form.fields["token"].control
    assert line.echoMode() is QLineEdit.EchoMode.Password
    form.fields["token"].findChild(QToolButton).click()
    assert line.echoMode() is QLineEdit.EchoMode.Normal


def test_a_stored_secret_may_stay_and_a_known_address_is_locked(form):
    form.fill(SETTINGS, values={"address": "https://site.example.org", "user": "Amina"}, locked=True, kept={"token"})
    assert form.first_wrong() is None
    assert form.secrets() == {}
    assert not form.fields["address"].control.isEnabled()
    assert form.first_control() is form.fields["user"].control
    assert form.fields["token"].control.accessibleDescription() == KEPT_HINT
