"""Sign-ins at the real provider, and what they left behind."""

import json
from base64 import urlsafe_b64decode

from tests.sync.signin.desks import Asked
from workbench.cancel import CancelToken
from workbench.sync.signin import microsoft


def at_browser(person):
    return Asked(lambda prompt: person.walk(prompt.address))


def by_browser(desk, entra, person, *, cancel=None):
    asked = at_browser(person)
    opened = microsoft.sign_in_by_browser(desk, entra, show=asked, cancel=cancel or CancelToken())
    return opened, asked


def claims(headers):
    token = headers["Authorization"].removeprefix("Bearer ")
    return json.loads(urlsafe_b64decode(token.split(".")[1] + "=="))


def stored(desk):
    """Every secret of the account, opened down to single tokens."""
    texts = [desk.get(name) for name in desk.names()]
    tokens = [desk.token(name) for name in desk.names() if name.startswith("token")]
    cache = json.loads(desk.get("msal") or "{}")
    kept = [entry["secret"] for kind in cache.values() for entry in kind.values() if "secret" in entry]
    return [secret for secret in (*texts, *kept, *(token.access for token in tokens)) if len(secret) > 10]
