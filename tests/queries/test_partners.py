"""Partner queries: when files last went and came, and what is kept of plans."""

from tests.builders import NOW, a_clock, a_database
from workbench.ids import PlanId
from workbench.queries.partners import list_partners, plan_copies, plan_copy
from workbench.sync.envelope import EnvelopeKind, digest_of, read_header
from workbench.sync.identity import Identity
from workbench.sync.partners import PartnerStore, note, stream_of


def test_partners_say_when_files_last_went_and_came(tmp_path):
    database = a_database(tmp_path)
    store = PartnerStore(database, a_clock(), mark="copy")
    store.identity(name="Amina Example")
    bo, cem = (Identity.new(name=f"{name} Example", instance=name) for name in ("Bo", "Cem"))
    store.add(cem.public)
    store.add(bo.public)
    to = [bo.public.recipient]
    store.seal_next(b"x", kind=EnvelopeKind.PLAN, schema=1, stream=stream_of("plan:1", to), to=to)
    other = PartnerStore(a_database(tmp_path / "cem"), a_clock(), mark="copy")
    other.identity(name="Cem Example")
    store.add(other.identity().public)
    data = other.seal_next(b"x", kind=EnvelopeKind.PLAN, schema=1, stream="s", to=to)
    with database.write() as session:
        note(session, read_header(data), digest_of(data), at=NOW)
    with database.read() as reader:
        rows = list_partners(reader)
    assert [(row.name, row.last_sent_at, row.last_received_at) for row in rows] == [
        ("Bo Example", NOW, None),
        ("Cem Example", None, NOW),
    ]


def test_no_copy_is_no_row(tmp_path):
    with a_database(tmp_path).read() as reader:
        assert plan_copies(reader, PlanId("plan-1")) == []
        assert plan_copy(reader, "none") is None
