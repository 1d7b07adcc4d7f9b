"""Where the window keeps the roll-up's tables: the profile, or a server that is remembered with its account.

The address is a setting without its password; the password is kept beside it in the profile, which is encrypted, and
is put in only when the server is spoken to.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.operations.rollup import open_place
from workbench.queries.preferences import preference
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy import URL

    from workbench.sync.rollup import Place

STORE_KEY: Final = "rollup_store"
LOGIN_KEY: Final = "rollup_store_login"
_NO_ADDRESS: Final = "This is no address of a PostgreSQL database; write postgresql://ACCOUNT@HOST/DATABASE."


def chosen_server(workspace: Workspace) -> str:
    """The address of the server that was chosen, without a password; "" where the tables lie in the profile."""
    with workspace.database.read() as reader:
        text = preference(reader, STORE_KEY)
    return "" if text is None else str(json.loads(text))


@contextmanager
def open_chosen(workspace: Workspace) -> "Iterator[Place]":
    """The place that was chosen; a server that is away raises ServerAwayError once it is asked."""
    with open_place(workspace, _whole(workspace)) as place:
        yield place


def choose_server(workspace: Workspace, *, address: str, password: str = "") -> Changes:
    """Keeps the tables on a server from now on; what lies in the profile stays there.

    A password may stand in the address, or be given beside it; with neither, one kept for that address goes on. Refuses
    what is no address (BadInputError) and a server that does not let us in (ServerAwayError): then all stays as it was.
    """
    url = _url(address)
    plain = _written(url, password="")
    if not password and url.password:
        password = str(url.password)
    if not password and plain == chosen_server(workspace):
        password = _secret(workspace)
    with open_place(workspace, _written(url, password=password)) as place, place.read():
        pass  # asked once, before anything is kept
    with workspace.database.write():
        workspace.notes.set_preference(STORE_KEY, json.dumps(plain))
        workspace.notes.set_preference(LOGIN_KEY, json.dumps(password) if password else None)
    return Changes.ROLLUP


def choose_profile(workspace: Workspace) -> Changes:
    """Keeps the tables in the profile from now on, and forgets the server with its password; nothing there changes."""
    with workspace.database.write():
        for key in (STORE_KEY, LOGIN_KEY):
            workspace.notes.set_preference(key, None)
    return Changes.ROLLUP


def _whole(workspace: Workspace) -> str | None:
    address = chosen_server(workspace)
    if not address:
        return None
    return _written(_url(address), password=_secret(workspace))


def _secret(workspace: Workspace) -> str:
    with workspace.database.read() as reader:
        text = preference(reader, LOGIN_KEY)
    return "" if text is None else str(json.loads(text))


def _written(url: "URL", *, password: str) -> str:
    """The address with this password, "" for none; changing an address keeps the one it has where none is given."""
    made = url.create(url.drivername, url.username, password or None, url.host, url.port, url.database, url.query)
    return made.render_as_string(hide_password=False)


def _url(address: str) -> "URL":
    from sqlalchemy import make_url  # noqa: PLC0415 - only headquarters with a server needs it
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415 - as above

    try:
        url = make_url(address.strip())
    except (ArgumentError, ValueError):
        # The library's own words repeat the address, and with it a password.
        raise BadInputError(_NO_ADDRESS) from None
    if "password" in url.query:
        # It would stand in the setting, where none may.
        query = url.query["password"]
        url = url.set(password=query if isinstance(query, str) else query[-1]).difference_update_query(["password"])
    return url
