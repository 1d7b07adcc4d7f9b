"""PartnerStore: one identity for life, numbers that are never used twice, trust by key and not by name."""

import pytest

from tests.builders import a_clock, a_database
from workbench.errors import BadInputError, ReplayedEnvelopeError
from workbench.queries.partners import author_names, known_digests, list_partners, log_of, trusted_signers
from workbench.sync.envelope import EnvelopeKind, digest_of, open_envelope, read_header
from workbench.sync.identity import Identity
from workbench.sync.partners import PartnerStore, Place, Standing, TrustWay, keep_author_names, note, stream_of

BO = Identity.new(name="Bo Example", instance="second")


@pytest.fixture
def database(tmp_path):
    return a_database(tmp_path)


def a_store(database, *, mark: str = "copy one", name: str | None = "Amina Example") -> PartnerStore:
    store = PartnerStore(database, a_clock(), mark=mark)
    if name is not None:
        store.identity(name=name)
    return store


def the_next(store: PartnerStore, *, stream: str = "plan:1:bo") -> bytes:
    return store.seal_next(
        b"payload", kind=EnvelopeKind.PLAN, schema=1, stream=stream, to=[BO.public.recipient], counts={"cards": 1}
    )


def test_an_identity_needs_a_name_once_and_stays(database):
    store = a_store(database, name=None)
    assert store.stored() is None
    with pytest.raises(BadInputError):
        store.identity()
    made = store.identity(name="Amina Example")
    assert store.identity() == store.stored() == made
    renamed = store.identity(name=" Amina  Example-Bo ")
    assert renamed.name == "Amina Example-Bo"
    assert (renamed.instance, renamed.public.signer) == (made.instance, made.public.signer)


def test_another_copy_of_the_profile_keeps_the_keys_and_gets_a_new_instance(database):
    made = a_store(database).identity()
    copied = a_store(database, mark="copy two", name=None).identity()
    assert copied.public == made.public
    assert copied.instance != made.instance
    assert a_store(database, mark="copy two", name=None).identity() == copied


def test_a_profile_that_cannot_say_which_copy_it_is_counts_anew_each_time(database):
    store = a_store(database, mark="")
    assert store.identity().instance != store.identity().instance


def test_numbers_run_on_in_each_stream_and_name_the_file_before(database):
    store = a_store(database)
    files = [the_next(store) for _ in range(3)]
    headers = [read_header(data) for data in files]
    assert [header.sequence for header in headers] == [1, 2, 3]
    assert [header.previous for header in headers] == ["", digest_of(files[0]), digest_of(files[1])]
    assert read_header(the_next(store, stream="plan:2:bo")).sequence == 1
    assert headers[0].counts == {"cards": 1}


def test_what_goes_out_opens_for_its_receiver_and_for_us(database):
    store = a_store(database)
    data = the_next(store)
    for identity in (BO, store.identity()):
        assert open_envelope(data, identity=identity).payload == b"payload"


def test_a_restored_copy_never_uses_a_number_again(database):
    first = read_header(the_next(a_store(database)))
    again = read_header(the_next(a_store(database, mark="copy two", name=None)))
    assert (first.sequence, again.sequence) == (1, 1)
    assert first.instance != again.instance


def test_a_number_that_was_taken_back_with_its_transaction_is_free(database):
    store = a_store(database)
    with database.write() as session:
        session.connection().exec_driver_sql("SAVEPOINT before")
        the_next(store)
        session.connection().exec_driver_sql("ROLLBACK TO before")
    assert read_header(the_next(store)).sequence == 1


def test_partners_are_trusted_by_key_and_replaced_by_hand_only(database):
    store = a_store(database)
    store.add(BO.public, way=TrustWay.FIRST_USE)
    other = Identity.new(name="bo example", instance="x").public
    with pytest.raises(BadInputError):
        store.add(other, way=TrustWay.FIRST_USE)
    store.add(other)
    with database.read() as reader:
        assert trusted_signers(reader) == {other.signer: "bo example"}
        assert [(each.name, each.way) for each in list_partners(reader)] == [("bo example", "added")]
    store.forget(other.signer)
    with database.read() as reader:
        assert list_partners(reader) == []


def test_adding_a_partner_again_keeps_the_folder(database, tmp_path):
    store = a_store(database)
    store.add(BO.public)
    store.choose_folder(BO.public.signer, tmp_path)
    store.add(BO.public)
    with database.read() as reader:
        assert [each.folder for each in list_partners(reader)] == [str(tmp_path)]
    store.choose_folder(BO.public.signer, None)
    with database.read() as reader:
        assert [each.folder for each in list_partners(reader)] == [None]


def test_nobody_is_their_own_partner(database):
    store = a_store(database)
    with pytest.raises(BadInputError):
        store.add(store.identity().public)


def test_partners_can_be_added_before_there_is_an_own_name(database):
    a_store(database, name=None).add(BO.public)
    with database.read() as reader:
        assert trusted_signers(reader) == {BO.public.signer: "Bo Example"}


def test_files_are_placed_among_those_of_their_sender(database, tmp_path):
    sender = a_store(a_database(tmp_path / "sender"))
    files = [the_next(sender) for _ in range(5)]
    headers, digests = [read_header(data) for data in files], [digest_of(data) for data in files]
    store = a_store(database)

    def take_in(number: int) -> Place:
        place = store.place(headers[number], digests[number])
        with database.write() as session:
            note(session, headers[number], digests[number], at=a_clock().now())
        return place

    assert take_in(0) == Place(Standing.NEXT)
    assert take_in(1) == Place(Standing.NEXT)
    assert take_in(4) == Place(Standing.GAP, 2)
    assert take_in(2) == Place(Standing.LATE)
    with pytest.raises(ReplayedEnvelopeError):
        take_in(2)
    assert store.place(headers[3], "another digest").standing is Standing.LATE
    assert store.place(headers[4], "another digest").standing is Standing.FORK
    assert store.place(headers[1], "another digest").standing is Standing.FORK
    with database.read() as reader:
        assert known_digests(reader) == {digests[number] for number in (0, 1, 2, 4)}
        assert [row.sequence for row in log_of(reader, instance=headers[0].instance, stream="plan:1:bo")] == [
            1,
            2,
            3,
            5,
        ]


def test_a_file_that_follows_another_one_than_ours_is_a_fork(database, tmp_path):
    sender = a_store(a_database(tmp_path / "sender"))
    the_next(sender)
    second = the_next(sender)
    store = a_store(database)
    first_of_a_twin = read_header(second)
    with database.write() as session:
        note(session, first_of_a_twin, digest_of(second), at=a_clock().now())
        session.connection().exec_driver_sql("UPDATE envelopelog SET sequence = 1")
    assert store.place(first_of_a_twin, "x").standing is Standing.FORK


def test_marks_get_names_and_ours_is_among_them(database):
    store = a_store(database)
    with database.write() as session:
        keep_author_names(session, {"other": "Bo"})
        keep_author_names(session, {"other": "Bo Example"})
        keep_author_names(session, {})
    store.identity(name="Amina Example-Bo")
    with database.read() as reader:
        assert author_names(reader) == {"copy one": "Amina Example-Bo", "other": "Bo Example"}


def test_a_stream_is_named_by_its_receivers_in_any_order():
    keys = [BO.public.recipient, Identity.new(name="x", instance="y").public.recipient]
    assert stream_of("plan:1", keys) == stream_of("plan:1", keys[::-1])
    assert stream_of("plan:1", keys) != stream_of("plan:1", keys[:1])
    assert stream_of("plan:1", []) == "plan:1:passphrase"
