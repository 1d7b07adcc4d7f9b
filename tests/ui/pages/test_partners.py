"""Partners: our own file and fingerprint, somebody added only after comparing, and a changed key that says so."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.operations.laptops import Laptop
from tests.ui.plan_samples import listen
from tests.ui.settled import settle
from workbench.operations.partners import own_identity, partners, write_own_identity
from workbench.sync.identity import PublicIdentity
from workbench.ui.context import Context
from workbench.ui.pages.partners import PartnersView
from workbench.ui.pages.plan_exchange_data import read_exchange


@pytest.fixture
def view(qtbot, context: Context) -> PartnersView:
    made = PartnersView(context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.changed.connect(lambda: fill(made, context))
    fill(made, context)
    return made


def fill(view: PartnersView, context: Context) -> None:
    view.show_data(read_exchange(context.workspace, plan_id=None))


def test_a_name_makes_our_file_which_is_saved_or_copied(qtbot, view: PartnersView, context: Context, tmp_path):
    said = listen(context)
    view.name_me()
    assert view.name_field.problem == "Give a name."
    view.name.setText("Cleo Example")
    with qtbot.waitSignal(view.changed):
        view.make.click()
    own = own_identity(context.workspace)
    assert view.fingerprint.digits == own.fingerprint
    assert view._mine.isVisible()
    view.copy_mine()
    assert PublicIdentity.from_text(QApplication.clipboard().text()) == own
    view.save_mine(tmp_path / "me.cwpartner")
    settle(qtbot, context.jobs)
    assert PublicIdentity.from_text((tmp_path / "me.cwpartner").read_text("utf-8")) == own
    assert said[-1][0].startswith("Saved me.cwpartner")


def test_a_partner_is_added_after_comparing(qtbot, view: PartnersView, context: Context, pair, tmp_path):
    bo: Laptop = pair[1]
    write_own_identity(bo.workspace, tmp_path / "bo.cwpartner")
    view.look_at(tmp_path / "bo.cwpartner")
    settle(qtbot, context.jobs)
    assert view.compare.digits == own_identity(bo.workspace).fingerprint
    assert partners(context.workspace) == []
    assert view.window().focusWidget() is view.leave
    with qtbot.waitSignal(view.changed):
        view.trust_it.click()
    assert list(view.lines) == ["Bo Example"]
    assert not view._new_card.isVisible()


def test_pasted_text_works_as_well_and_other_text_is_told(qtbot, view: PartnersView, context: Context, pair):
    view.pasted.setPlainText(f"Hello\n{own_identity(pair[1].workspace).to_text()}")
    view.look_at_text()
    settle(qtbot, context.jobs)
    assert view._new_title.text() == "Bo Example"
    view.pasted.setPlainText("Hello")
    view.look_at_text()
    settle(qtbot, context.jobs)
    assert "not a partner file" in view.trouble.text


def test_another_key_under_a_known_name_is_pointed_out(qtbot, view: PartnersView, context: Context, pair):
    for name, laptop in zip(("Bo Example", "Bo Example"), reversed(pair), strict=True):
        public = own_identity(laptop.workspace)
        text = PublicIdentity(name, public.recipient, public.signer).to_text()
        view.pasted.setPlainText(text)
        view.look_at_text()
        settle(qtbot, context.jobs)
        if not view.lines:
            view.add_new()
            settle(qtbot, context.jobs)
    assert "a partner already, with another key" in view._new_title.text()


def test_a_partner_is_renamed_and_trusted_no_longer(qtbot, view: PartnersView, context: Context, pair):
    view.pasted.setPlainText(own_identity(pair[1].workspace).to_text())
    view.look_at_text()
    settle(qtbot, context.jobs)
    with qtbot.waitSignal(view.changed):
        view.add_new()
    with qtbot.waitSignal(view.changed):
        view.lines["Bo Example"].wanted.emit("rename", "Bo in Kenya")
    with qtbot.waitSignal(view.changed):
        view.lines["Bo in Kenya"].wanted.emit("remove", None)
    assert view.lines == {}
    assert view._nobody.isVisible()
