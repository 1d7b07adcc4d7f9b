"""Exchange: two leaders, two laptops, files between them; nothing typed is lost and nothing bad changes anything."""

from datetime import timedelta

import pytest

from tests.builders import a_key_file
from tests.operations.laptops import Laptop, card_called, stored, two_laptops
from workbench.errors import (
    BadInputError,
    ExportError,
    ForeignEnvelopeError,
    ReplayedEnvelopeError,
    UntrustedSignerError,
)
from workbench.messages import wording
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.operations.exchange import kept_copies, read_plan_file, receive_plan, restore_copy, send_plan
from workbench.operations.partners import own_identity, partner_store, partners
from workbench.plans.drafts import CardDraft
from workbench.sync.records import CommunityRecord
from workbench.workspace import Workspace


def test_a_plan_arrives_whole_and_is_listed(tmp_path):
    amina, bo = two_laptops(tmp_path)
    assert bo.view == amina.view


def test_only_the_field_both_changed_asks_with_both_values_names_and_times(tmp_path):
    amina, bo = two_laptops(tmp_path)
    card = card_called(amina.view, "Welcome newcomers")
    amina.editor.set_card(card, owner="Amina Example", hours=2.0)
    bo.clock.advance(timedelta(minutes=5))
    bo.editor.set_card(card, owner="Bo Example", notes="By telephone")
    arrival = amina.read(bo.send(amina).path)
    assert [
        (change.title, change.field, change.before_words, change.after_words, change.author)
        for change in arrival.preview.changes
    ] == [("Welcome newcomers", "Notes", "", "By telephone", "Bo Example")]
    (question,) = arrival.preview.questions
    assert (question.title, question.field, question.words) == (
        "Welcome newcomers",
        "Owner",
        ("Bo Example", "Amina Example"),
    )
    assert question.authors == ("Bo Example", "Amina Example")
    before = amina.view
    assert before.conflicts == ()
    assert receive_plan(amina.workspace, arrival, editor=amina.editor) == Changes.PLANS
    assert [conflict.field for conflict in amina.view.conflicts] == ["owner"]
    amina.editor.set_card(card, owner="Amina Example")
    bo.receive(amina.send(bo).path)
    assert bo.view == amina.view
    assert bo.view.conflicts == ()


def test_undo_after_a_merge_takes_back_own_edits_only(tmp_path):
    amina, bo = two_laptops(tmp_path)
    first, second = (card_called(amina.view, title) for title in ("Welcome newcomers", "Answer old questions"))
    amina.editor.set_card(first, notes="mine")
    bo.editor.set_card(second, notes="his")
    amina.receive(bo.send(amina).path)
    amina.editor.undo()
    notes = {card.id: card.notes for card in amina.view.cards}
    assert notes == {first: "", second: "his"}


def test_a_copy_is_kept_before_each_merge_and_brings_the_plan_back_as_edits(tmp_path):
    amina, bo = two_laptops(tmp_path)
    card = card_called(amina.view, "Welcome newcomers")
    bo.editor.set_card(card, title="Greet newcomers")
    bo.editor.add_card(CardDraft("Call the ministry"))
    was = amina.view
    amina.receive(bo.send(amina).path)
    (copy,) = kept_copies(amina.workspace, amina.plan)
    assert "Bo Example" in copy.reason
    assert restore_copy(amina.workspace, copy.id, editor=amina.editor) == Changes.PLANS
    # What came with the merge is archived, not gone.
    assert [each for each in amina.view.cards if not each.is_archived] == list(was.cards)
    assert [each.title for each in amina.view.cards if each.is_archived] == ["Call the ministry"]
    amina.editor.undo()
    assert {each.title for each in amina.view.cards} >= {"Greet newcomers"}
    amina.editor.redo()
    bo.receive(amina.send(bo).path)
    assert bo.view == amina.view


def test_a_plan_waits_for_its_community_on_the_other_laptop(tmp_path):
    amina, bo = two_laptops(tmp_path)

    def mirror(laptop, name):
        account = laptop.workspace.accounts.add(AccountKind.DISCOURSE, name, "https://forum.example.org")
        return laptop.workspace.mirror.ensure_community(account, CommunityRecord(name.casefold(), name))

    ours = mirror(amina, "Water")
    mirror(bo, "Knitting")
    amina.editor.set_plan(community_name="Water")
    assert amina.view.community_id == ours
    arrival = bo.receive(amina.send(bo).path)
    assert [warning.code for warning in arrival.warnings] == ["not-here"]
    assert [change.field for change in arrival.preview.changes] == ["Community"]
    assert (bo.view.community_name, bo.view.community_id) == ("Water", None)
    theirs = mirror(bo, "Water")
    bo.editor.reread()
    assert (theirs, bo.view.community_id) == (2, 2)


def test_a_file_that_brings_nothing_new_makes_no_copy(tmp_path):
    amina, bo = two_laptops(tmp_path)
    arrival = amina.receive(bo.send(amina).path)
    assert [warning.code for warning in arrival.warnings] == ["same"]
    assert kept_copies(amina.workspace, amina.plan) == []


def test_a_replayed_file_says_when_it_was_taken_in(tmp_path):
    amina, bo = two_laptops(tmp_path)
    path = bo.send(amina).path
    amina.receive(path)
    with pytest.raises(ReplayedEnvelopeError) as caught:
        amina.read(path)
    assert caught.value.details == {"day": "2024-06-15"}


def test_ones_own_sent_file_is_told_as_such(tmp_path):
    amina, bo = two_laptops(tmp_path)
    path = amina.send(bo).path
    with pytest.raises(ReplayedEnvelopeError) as caught:
        amina.read(path)
    words = wording(caught.value)
    assert (words.happened, words.next) == (
        "This is a file you sent yourself.",
        "Choose the one your partner sent.",
    )


def test_a_file_read_twice_is_taken_in_once(tmp_path):
    amina, bo = two_laptops(tmp_path)
    path = bo.send(amina).path
    first, second = amina.read(path), amina.read(path)
    receive_plan(amina.workspace, first)
    with pytest.raises(ReplayedEnvelopeError):
        receive_plan(amina.workspace, second)


def test_a_file_for_somebody_else_is_not_for_us(tmp_path):
    amina, bo = two_laptops(tmp_path)
    carol = Laptop(tmp_path / "carol", "Carol Example")
    carol.trust(amina)
    with pytest.raises(ForeignEnvelopeError) as caught:
        carol.read(amina.send(bo).path)
    assert caught.value.details == {"cause": "not_for_us"}


def test_a_file_for_several_opens_for_each_and_for_its_sender(tmp_path):
    amina, bo = two_laptops(tmp_path)
    carol = Laptop(tmp_path / "carol", "Carol Example")
    amina.trust(carol)
    carol.trust(amina)
    path = amina.send(bo, carol).path
    assert carol.receive(path).is_new_plan
    bo.receive(path)
    with pytest.raises(ReplayedEnvelopeError):
        amina.read(path)


def test_an_unknown_sender_is_shown_with_a_fingerprint_and_taken_in_only_when_trusted(tmp_path):
    amina, _ = two_laptops(tmp_path)
    carol = Laptop(tmp_path / "carol", "Carol Example")
    amina.trust(carol)
    arrival = carol.read(amina.send(carol).path)
    assert not arrival.is_trusted
    assert arrival.fingerprint == own_identity(amina.workspace).fingerprint
    assert arrival.fingerprint in arrival.warnings[0].text
    with pytest.raises(UntrustedSignerError):
        receive_plan(carol.workspace, arrival)
    assert partners(carol.workspace) == []
    receive_plan(carol.workspace, arrival, trust=True)
    assert [(each.name, each.way) for each in partners(carol.workspace)] == [("Amina Example", "first-use")]
    assert carol.read(amina.send(carol).path).is_trusted


def test_somebody_else_under_a_trusted_name_is_refused(tmp_path):
    amina, _ = two_laptops(tmp_path)
    mallory = Laptop(tmp_path / "mallory", "Bo Example")
    mallory.trust(amina)
    mallory.start_plan("Free money")
    with pytest.raises(UntrustedSignerError) as caught:
        amina.read(mallory.send(amina).path)
    assert caught.value.details["cause"] == "changed"


def test_a_new_plan_whose_name_is_taken_asks_for_another(tmp_path):
    amina, _ = two_laptops(tmp_path)
    carol = Laptop(tmp_path / "carol", "Carol Example")
    amina.trust(carol)
    carol.trust(amina)
    carol.start_plan("Her own", name="safe water")
    arrival = carol.read(amina.send(carol).path)
    assert arrival.is_new_plan
    assert arrival.has_taken_name
    with pytest.raises(BadInputError):
        receive_plan(carol.workspace, arrival)
    receive_plan(carol.workspace, arrival, name="Safe water of Amina")
    amina.trust(carol)
    carol.plan, carol._editor = arrival.plan.id, None
    amina.receive(carol.send(amina).path)
    assert amina.view.name == "Safe water of Amina"


def test_lost_and_late_files_are_named_and_lose_nothing(tmp_path):
    amina, bo = two_laptops(tmp_path)
    card = card_called(bo.view, "Welcome newcomers")
    paths = []
    for number in range(4):
        bo.editor.set_card(card, notes=f"note {number}")
        paths.append(bo.send(amina).path)
    amina.receive(paths[0])
    late = amina.receive(paths[3])
    assert [warning.code for warning in late.warnings] == ["gap"]
    assert "2 files" in late.warnings[0].text
    assert amina.view == bo.view
    assert [warning.code for warning in amina.receive(paths[1]).warnings] == ["late", "same"]
    assert amina.view == bo.view


def test_a_restored_backup_counts_anew_and_its_own_lost_files_can_be_read_again(tmp_path):
    amina, bo = two_laptops(tmp_path)
    old = amina.back_up(tmp_path / "old.db")
    amina.restore(old)
    before = amina.send(bo)
    card = card_called(amina.view, "Welcome newcomers")
    amina.editor.set_card(card, notes="written after the backup")
    lost = amina.send(bo)
    amina.restore(old)
    after = amina.send(bo)
    assert after.header.signer == lost.header.signer
    assert after.header.instance != lost.header.instance
    assert (before.header.sequence, lost.header.sequence, after.header.sequence) == (1, 2, 1)
    for sent in (before, lost, after):
        assert bo.receive(sent.path).is_trusted
    amina.receive(lost.path)
    assert amina.view == bo.view
    assert "written after the backup" in {each.notes for each in amina.view.cards}


def test_two_files_of_one_number_are_named_as_a_fork(tmp_path):
    amina, bo = two_laptops(tmp_path)
    store = partner_store(bo.workspace)
    with bo.workspace.database.write() as session:
        session.connection().exec_driver_sql("SAVEPOINT twin")
        first = bo.send(amina)
        session.connection().exec_driver_sql("ROLLBACK TO twin")
        second = bo.send(amina)
    assert first.header.sequence == second.header.sequence
    amina.receive(first.path)
    arrival = amina.receive(second.path)
    assert [warning.code for warning in arrival.warnings] == ["fork", "same"]
    assert store.stored() is not None


def test_sending_refuses_before_anything_is_numbered(tmp_path):
    amina, bo = two_laptops(tmp_path)
    plan = amina.plan
    with pytest.raises(BadInputError):
        send_plan(amina.workspace, plan_id=plan, out=tmp_path)
    with pytest.raises(BadInputError):
        send_plan(amina.workspace, plan_id=plan, out=tmp_path, to=["Nobody Example"])
    with pytest.raises(ExportError):
        send_plan(amina.workspace, plan_id=plan, out=tmp_path / "gone" / "x.cwplan", to=["Bo Example"])
    assert amina.send(bo).header.sequence == 2


def test_names_of_authors_travel_with_the_plan(tmp_path):
    _, bo = two_laptops(tmp_path)
    carol = Laptop(tmp_path / "carol", "Carol Example")
    bo.trust(carol)
    carol.trust(bo)
    arrival = carol.read(bo.send(carol).path)
    assert {change.author for change in arrival.preview.changes} == {"Amina Example"}


def test_a_file_in_a_folder_gets_a_name_of_its_own(tmp_path):
    amina, bo = two_laptops(tmp_path)
    carol = Laptop(tmp_path / "carol", "Carol Example")
    amina.trust(carol)
    folder = tmp_path / "shared"
    folder.mkdir()
    first, *others = (amina.send(*to, into=folder) for to in ([bo], [bo], [carol], [carol, bo]))
    assert {path.name for path in folder.iterdir()} == {sent.path.name for sent in (first, *others)}
    assert len(list(folder.iterdir())) == 4
    assert first.path.name.startswith("Safe-water-0002-")
    assert first.path.suffix == ".cwplan"


def test_reading_works_beside_a_window_that_writes(tmp_path):
    amina, bo = two_laptops(tmp_path)
    path = bo.send(amina).path
    amina.workspace.close()
    with Workspace.open(amina.folder / "profile", key=a_key_file(amina.folder), writable=False) as workspace:
        assert read_plan_file(workspace, path).is_trusted


def test_a_merge_that_cannot_be_stored_leaves_nothing_of_itself(tmp_path):
    amina, bo = two_laptops(tmp_path)
    amina.workspace.plans.open(amina.start_plan(name="Clean air"))
    amina.plan = bo.plan
    amina._editor = None
    bo.editor.set_plan(name="Clean Air")
    path, before, was = bo.send(amina).path, stored(amina), amina.view
    with pytest.raises(BadInputError):
        amina.receive(path)
    assert stored(amina) == before
    assert amina.view == was
    bo.editor.set_plan(name="Clear air")
    amina.receive(bo.send(amina).path)
    assert amina.view == bo.view


def test_what_is_taken_in_is_one_transaction(tmp_path):
    amina, bo = two_laptops(tmp_path)
    bo.editor.set_card(card_called(bo.view, "Welcome newcomers"), notes="new")
    arrival, before = amina.read(bo.send(amina).path), stored(amina)
    with amina.workspace.database.write() as session:
        session.connection().exec_driver_sql("SAVEPOINT pulled_plug")
        receive_plan(amina.workspace, arrival)
        session.connection().exec_driver_sql("ROLLBACK TO pulled_plug")
    assert stored(amina) == before
    receive_plan(amina.workspace, arrival)
    amina._editor = None
    assert amina.view == bo.view
