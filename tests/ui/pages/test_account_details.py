"""The form of an account: ways to sign in with what each needs, and a name of its own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from tests.ui.pages.account_parts import SITE
from workbench.ui.pages.account_details import DetailsForm
from workbench.ui.widgets.buttons import press_focused


@pytest.fixture
def form(qtbot, theme, ground) -> DetailsForm:
    made = DetailsForm(theme)
    QVBoxLayout(ground).addWidget(made)
    made.show_new(SITE, taken={"site.example.org"})
    return made


def fill(form: DetailsForm) -> None:
    for name, text in {"address": "site.example.org", "user": "Amina", "token": "planted"}.items():
        form.form.fields[name].set_text(text)


def test_what_a_way_needs_is_asked_only_while_it_is_chosen(form):
    assert [row.text() for row in form.ways] == ["In the browser", "A password"]
    assert (form.way.title, list(form.way_form.fields)) == ("In the browser", ["client_id"])
    form.ways[1].setChecked(True)
    assert (form.way.title, list(form.way_form.fields)) == ("A password", ["password"])


def test_the_name_follows_the_address_until_somebody_types_one(form):
    assert form.name.text() == "Site"
    fill(form)
    assert form.name.text() == "site.example.org 2"
    form.name.setText("Ours")
    form.name.textEdited.emit("Ours")
    form.form.fields["address"].set_text("other.example.org")
    assert form.name.text() == "Ours"


def test_it_is_handed_over_once_everything_is_there(qtbot, form):
    with qtbot.assertNotEmitted(form.submitted):
        form.go.click()
    assert form.form.fields["address"].problem == "Fill this in."
    fill(form)
    form.way_form.fields["client_id"].set_text("1234")
    with qtbot.waitSignal(form.submitted):
        form.go.click()
    given = form.given()
    assert given.name == "site.example.org 2"
    assert given.settings.items() >= {"address": "https://site.example.org", "client_id": "1234"}.items()
    assert given.secrets == {"token": "planted"}


def test_the_enter_that_hands_it_over_does_not_press_what_has_the_keyboard_then(qtbot, theme, form, ground):
    done: list[str] = []

    def hand_over() -> None:
        done.append("submitted")
        form.go.setFocus()

    form.submitted.connect(hand_over)
    ground.keyPressEvent = lambda event: press_focused(ground, event)
    fill(form)
    form.way_form.fields["client_id"].set_text("1234")
    for line in (form.name, form.form.fields["user"].control):
        line.setFocus()
        with qtbot.waitSignal(form.submitted):
            qtbot.keyClick(line, Qt.Key.Key_Return)
    assert done == ["submitted"] * 2


def test_a_name_that_is_taken_is_told_at_once(qtbot, form):
    fill(form)
    form.way_form.fields["client_id"].set_text("1234")
    form.name.setText("SITE.example.org")
    form.name.textEdited.emit("SITE.example.org")
    assert form.name_field.problem == "There is an account of this name already."
    with qtbot.assertNotEmitted(form.submitted):
        form.go.click()


def test_coming_back_to_the_same_platform_finds_what_was_typed(form):
    fill(form)
    form.show_new(SITE, taken=())
    assert form.form.fields["user"].text == "Amina"
    form.forget()
    form.show_new(SITE, taken=())
    assert form.form.fields["user"].text == ""


def test_what_most_people_leave_alone_is_under_one_button_until_it_is_wrong(form):
    fill(form)
    form.way_form.fields["client_id"].set_text("1234")
    assert form.rest.isHidden()
    form.more.click()
    assert (form.rest.isHidden(), form.more.text()) == (False, "Fewer settings")
    form.more.click()
    form.form.fields["pages"].set_text("few")
    form.go.click()
    assert not form.rest.isHidden()


def test_tab_goes_through_the_form_from_top_to_bottom(qtbot, form):
    form.show()
    qtbot.waitUntil(form.isVisible)
    form.take_focus()
    reached = []
    while form.window().focusWidget() not in reached:
        reached.append(form.window().focusWidget())
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
    names = [one.accessibleName() or one.text() for one in reached]
    start = names.index("Address of the site")
    assert [*names[start:], *names[:start]][:8] == [
        "Address of the site", "Name", "Secret word", "Show or hide: Secret word", "In the browser", "Application",
        "Name of the account", "More settings",
    ]  # fmt: skip
