"""Annotations of a scope: those of its communities and those about all, also after an account was added again."""

from datetime import date

from tests.builders import a_clock
from tests.sync.mirrored import LIST, a_mirror
from workbench.models.kinds import AccountKind
from workbench.notes.annotations import AnnotationStore
from workbench.queries.annotations import annotations
from workbench.sync.records import CommunityRecord

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


def test_a_scope_sees_its_own_and_what_is_about_all(tmp_path):
    mirrored = a_mirror(tmp_path)
    store = AnnotationStore(mirrored.database, a_clock())
    cold = mirrored.mirror.ensure_community(mirrored.account_id, CommunityRecord("cold", "Cold chain"))
    store.add(day=date(2024, 5, 2), words="New platform", community_id=mirrored.community_id)
    store.add(day=date(2024, 5, 1), words="Webinar", community_id=cold)
    store.add(day=date(2024, 6, 1), words="Holidays")
    store.add(day=date(2023, 12, 31), words="Long ago")
    with mirrored.database.read() as reader:
        told = [(row.words, row.community) for row in annotations(reader, (), FIRST, LAST)]
        own = [row.words for row in annotations(reader, (mirrored.community_id,), FIRST, LAST)]
        both = [row.day.isoformat() for row in annotations(reader, (cold, mirrored.community_id), FIRST, LAST)]
    assert told == [("Webinar", "Cold chain"), ("New platform", "Water points"), ("Holidays", "")]
    assert own == ["New platform", "Holidays"]
    assert both == ["2024-05-01", "2024-05-02", "2024-06-01"]


def test_it_is_of_one_site_though_another_names_a_community_alike(tmp_path):
    mirrored = a_mirror(tmp_path)
    store = AnnotationStore(mirrored.database, a_clock())
    sites = [
        mirrored.accounts.add(AccountKind.DISCOURSE, name, base_url=f"https://{name.casefold()}.example.org")
        for name in ("One", "Other")
    ]
    one, other = (mirrored.mirror.ensure_community(site, CommunityRecord("5", "Pumps")) for site in sites)
    store.add(day=date(2024, 5, 2), words="New platform", community_id=one)
    with mirrored.database.read() as reader:
        told = [[row.words for row in annotations(reader, scope, FIRST, LAST)] for scope in ((one,), (other,), ())]
    assert told == [["New platform"], [], ["New platform"]]


def test_it_waits_while_its_community_is_away_and_is_there_when_the_account_is_added_again(tmp_path):
    mirrored = a_mirror(tmp_path)
    store = AnnotationStore(mirrored.database, a_clock())
    store.add(day=date(2024, 5, 2), words="New platform", community_id=mirrored.community_id)
    kind = AccountKind(mirrored.scalar("SELECT kind FROM account"))
    mirrored.mirror.remove_account(mirrored.account_id)
    with mirrored.database.read() as reader:
        assert annotations(reader, (), FIRST, LAST) == []
    again = mirrored.mirror.ensure_community(mirrored.accounts.add(kind, "Again"), LIST)
    with mirrored.database.read() as reader:
        assert [row.words for row in annotations(reader, (again,), FIRST, LAST)] == ["New platform"]
