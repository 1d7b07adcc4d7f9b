"""Trying a mailing list's details: each service by itself, nothing sent, nobody's mail lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.platforms.mail_server import MailServer
from tests.sync.connectors.hyperkitty_site import FISHERS, ROOT, FakeSite, history
from tests.sync.hyperkitty.test_sending import PASSWORD, a_seat, settings
from workbench.errors import LineError, SignInError
from workbench.sync.connectors.hyperkitty import PLATFORM
from workbench.sync.hyperkitty.probing import ARCHIVE, MAIL, MEMBERS
from workbench.sync.probe import Probe


@pytest.fixture(name="server")
def mail_server() -> Iterator[MailServer]:
    with MailServer() as running:
        running.behaviour.logins = {"amina": PASSWORD}
        yield running


def probed(given: dict[str, str], *, secret=None) -> dict[str, Probe]:
    seat = a_seat(FakeSite({FISHERS: history(3)}), given)
    if secret is not None:
        seat = replace(seat, secret=lambda _name: secret)
    assert PLATFORM.probe is not None
    return {one.part: one for one in PLATFORM.probe(replace(seat, base_url=f"{ROOT}list/{FISHERS}/"))}


def test_everything_that_is_given_answers_and_no_mail_goes_out(server: MailServer):
    found = probed(settings(server))
    assert found[ARCHIVE].said == "It answers, with 3 messages."
    assert (
        found[MAIL].said == "It answers and takes you as amina. Mail would come from amina@example.org; none was sent."
    )
    assert [one.error for one in found.values()] == [None] * 3
    assert not found[MEMBERS].is_given
    assert server.mails == []
    assert server.heard[-1].startswith("QUIT")


def test_what_is_wrong_is_said_of_its_service_alone(server: MailServer):
    found = probed(settings(server), secret="wrong")
    assert isinstance(found[MAIL].error, SignInError)
    assert found[ARCHIVE].error is None
    nobody = probed(settings(server, smtp_port="1"))
    assert isinstance(nobody[MAIL].error, LineError)
    assert "“" not in str(nobody[MAIL].error)


def test_list_without_a_mail_server_is_only_read():
    found = probed({})
    assert (found[MAIL].said, found[MAIL].is_given) == ("None is given, so the list is only read.", False)
