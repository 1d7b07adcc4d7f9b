"""The sign-in form of a real mailing-list site: it opens a private archive, and a wrong password does not."""

from dataclasses import replace

import pytest

from tests.rig.hyperkitty import Hyperkitty
from tests.sync.signin.desks import a_desk
from workbench.clock import FixedClock, SystemClock
from workbench.errors import SignInError
from workbench.sync.signin import session

PASSWORD = "wells-and-pumps-77"
PERSON = (
    "from django.contrib.auth.models import User; from allauth.account.models import EmailAddress; "
    "u = User.objects.create_user('amina', 'amina@example.org', {!r}); "
    "EmailAddress.objects.create(user=u, email=u.email, verified=True, primary=True)"
)


@pytest.fixture(scope="module")
def site(hyperkitty: Hyperkitty) -> Hyperkitty:
    hyperkitty._manage("shell", "-c", PERSON.format(PASSWORD))
    return hyperkitty


def test_the_right_password_opens_a_session_and_a_wrong_one_does_not(tmp_path, site):
    desk = a_desk(tmp_path, clock=FixedClock(SystemClock().now()))
    address = f"http://127.0.0.1:{site.port}/accounts/login/"
    with pytest.raises(SignInError, match="name and password"):
        session.sign_in(desk, address, user="amina", password="wrong")
    assert desk.names() == ()
    session.sign_in(replace(desk), address, user="amina", password=PASSWORD)
    with desk.wire(address) as wire:
        mine = f"http://127.0.0.1:{site.port}/accounts/email/"
        assert wire.send("GET", mine).location.endswith("/accounts/login/?next=/accounts/email/")
        assert b"amina@example.org" in wire.send("GET", mine, headers=session.signer(desk).headers()).body
