"""The check of a list: what its archive no longer names is gone, if that is certain and not too much at once."""

from dataclasses import replace
from datetime import date

import pytest

from tests.sync.connectors.hyperkitty_site import FISHERS, ROOT, FakeSite, exported, history
from tests.sync.mirrored import Mirrored, a_mirror
from workbench.errors import ManyGoneError
from workbench.models.kinds import RunState
from workbench.queries.held import FILE_STREAMS
from workbench.sync.connector import Batch
from workbench.sync.connectors.hyperkitty import ComparedHyperkitty, HyperkittyConnector
from workbench.sync.engine import sync_account
from workbench.sync.hyperkitty.check import ListCheck
from workbench.sync.hyperkitty.site import HyperkittySite
from workbench.sync.importers.mailing_list import MailingListFiles
from workbench.sync.importers.mapped_table import ROWS
from workbench.sync.importers.table import EVENTS
from workbench.sync.reconcile import HeldMessages, check_community
from workbench.sync.records import MessageRecord

COUNT = 150


@pytest.fixture
def site() -> FakeSite:
    return FakeSite({FISHERS: history(COUNT)})


@pytest.fixture
def mirrored(tmp_path, site: FakeSite) -> Mirrored:
    """All of the list, as a sync brought it."""
    made = a_mirror(tmp_path)
    result = sync_account(connector(site), made.mirror, account_id=made.account_id, follows_all=True)
    assert result.error is None
    site.asked.clear()
    return made


def connector(site: FakeSite) -> ComparedHyperkitty:
    return ComparedHyperkitty(site.client(), root=ROOT, address=FISHERS)


def check(site: FakeSite, mirrored: Mirrored):
    community = mirrored.scalar("SELECT id FROM community WHERE remote_id = ?", (FISHERS,))
    reader = connector(site)
    result = check_community(
        reader, reader, mirrored.mirror, mirrored.database, community_id=community, remote_id=FISHERS
    )
    return result, mirrored.scalar("SELECT trace FROM syncrun ORDER BY id DESC LIMIT 1")


def alive(mirrored: Mirrored) -> int:
    return mirrored.scalar("SELECT count(*) FROM event WHERE kind IN (3, 4) AND removed_at IS NULL")


def test_where_nothing_is_gone_one_look_says_so(site: FakeSite, mirrored: Mirrored):
    result, trace = check(site, mirrored)
    assert (result.state, alive(mirrored), len(site.paths())) == (RunState.DONE, COUNT, 1)
    assert "nothing is gone" in trace


def test_what_the_archive_no_longer_names_is_gone(site: FakeSite, mirrored: Mirrored):
    gone = [site.lists[FISHERS].pop(place) for place in (120, 60, 3)]
    result, _ = check(site, mirrored)
    assert (result.state, result.totals.gone, alive(mirrored)) == (RunState.DONE, 3, COUNT - 3)
    assert mirrored.rows("SELECT remote_id FROM event WHERE removed_at IS NOT NULL ORDER BY id") == [
        (mail.message_id,) for mail in sorted(gone, key=lambda mail: mail.sent_at)
    ]


def test_what_the_archive_names_and_is_not_here_is_fetched(tmp_path, site: FakeSite):
    lost, old = (site.lists[FISHERS][number].message_id for number in (149, 3))
    older = [mail for mail in site.lists[FISHERS] if mail.message_id not in {lost, old}]
    site.fault = lambda asked: exported(older, dict(asked.url.params)) if "/export/" in asked.url.path else None
    made = a_mirror(tmp_path)
    sync_account(connector(site), made.mirror, account_id=made.account_id, follows_all=True)
    assert alive(made) == COUNT - 2
    site.fault = None
    held = HeldMessages(made.database, made.scalar("SELECT id FROM community WHERE remote_id = ?", (FISHERS,)))
    near = ListCheck(HyperkittySite(site.client(), root=ROOT), FISHERS, floor=date(2026, 2, 1)).run(held)
    records = [record for batch in near for record in batch.records]
    assert [record.remote_id for record in records if isinstance(record, MessageRecord)] == [lost]
    result, _ = check(site, made)
    assert (result.state, result.totals.added, alive(made)) == (RunState.DONE, 2, COUNT)


def test_much_at_once_is_kept_and_asked_about(site: FakeSite, mirrored: Mirrored):
    del site.lists[FISHERS][:60]
    result, _ = check(site, mirrored)
    assert isinstance(result.error, ManyGoneError)
    assert alive(mirrored) == COUNT


def test_what_is_not_certain_takes_nothing_away(site: FakeSite, mirrored: Mirrored):
    mails = site.lists[FISHERS]
    whole = list(mails)
    # A message we do not know: ours may be it, under another name.
    mails[5] = replace(mails[5], message_id="other@example.org")
    del mails[9]
    assert "not compared: the archive names 1 messages" in check(site, mirrored)[1]
    # One that no page named and that is there all the same.
    site.lists[FISHERS] = [*whole[:7], *whole[8:]]
    site.fault = lambda asked: site._one([whole[7]], FISHERS) if whole[7].name in str(asked.url) else None
    assert "the archive changed while" in check(site, mirrored)[1]
    site.fault, site.knows_limit = None, False
    assert "does not say how many" in check(site, mirrored)[1]
    assert alive(mirrored) == COUNT


def test_what_came_from_files_need_not_be_in_the_archive(site: FakeSite, mirrored: Mirrored):
    community = mirrored.scalar("SELECT id FROM community WHERE remote_id = ?", (FISHERS,))
    mirrored.mirror.apply(community, MailingListFiles.streams[0].name, Batch((), cursor="{}"))
    del site.lists[FISHERS][3]
    assert "messages from files are here too" in check(site, mirrored)[1]
    assert alive(mirrored) == COUNT
    assert set(FILE_STREAMS) == {MailingListFiles.streams[0].name, EVENTS.name, ROWS.name}


def test_a_site_that_answers_no_questions_is_not_compared(site: FakeSite):
    assert not hasattr(HyperkittyConnector(site.client(), root=ROOT, has_api=False), "check")
