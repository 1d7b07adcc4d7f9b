"""Sight: what platforms do not show, held equal to what their connectors declare."""

import pytest

from tests.queries.network import a_member, a_message, a_network
from workbench.metrics.catalog import find_metric
from workbench.metrics.metric import Sight
from workbench.models.kinds import WEB_SITES, AccountKind
from workbench.operations.sight import DECLARED, SEES, TITLES, blind_spots, unseen
from workbench.queries.roster import MembersAre
from workbench.sync.importers.engage_export import EngageExport
from workbench.sync.importers.mailing_list import MailingListFiles
from workbench.sync.importers.sample import SampleNetwork
from workbench.sync.importers.table import TableFiles
from workbench.sync.platforms import platform

FILES = {
    AccountKind.MAILING_LIST: MailingListFiles,
    AccountKind.TABLE: TableFiles,
    AccountKind.SAMPLE: SampleNetwork,
    AccountKind.VIVA_ENGAGE_EXPORT: EngageExport,
}


@pytest.mark.parametrize("kind", [kind for kind in AccountKind if kind not in WEB_SITES])
def test_what_is_said_of_a_source_is_what_it_declares(kind):
    declared = FILES[kind].abilities if kind in FILES else platform(kind).abilities
    assert SEES[kind] == {sight for sight in DECLARED if getattr(declared, sight.value)}
    assert TITLES[kind]


@pytest.fixture
def network(tmp_path):
    network = a_network(tmp_path)
    yield network
    network.database.close()


def test_roles_and_offices_are_known_once_somebody_brought_them(network):
    community = network.community("Water")
    network.apply(community, a_message("m1"))
    with network.read() as reader:
        lacking = set(unseen(reader, (), MembersAre.SEEN).where)
    assert lacking == set(Sight) - {Sight.REACTION_DATES}, "what is not shown has no date"
    network.apply(community, a_member("chen", office="Lima", role="owner"))
    with network.read() as reader:
        held = set(unseen(reader, (community,), MembersAre.LISTED).where)
        lacking = unseen(reader, (community,), MembersAre.MET)
    assert held.isdisjoint({Sight.SILENT_MEMBERS, Sight.ROLES, Sight.OFFICES})
    assert lacking.where[Sight.SILENT_MEMBERS] == ("a table",)
    sentence = blind_spots(find_metric("split"), lacking)[0]
    assert sentence.endswith("the whole is too small (a table).")
    assert blind_spots(find_metric("messages"), lacking) == ()
