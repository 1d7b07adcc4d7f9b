"""Where the tables of headquarters lie: chosen once, remembered without a password in the address, given back."""

import json
from urllib.parse import quote, unquote

import pytest

from tests.builders import a_workspace
from tests.rig import postgres
from tests.two_places import an_address, postgres_server
from workbench.errors import BadInputError, ServerAwayError
from workbench.models.changes import Changes
from workbench.operations.rollup import expect_office, rollup_report
from workbench.operations.rollup_place import (
    LOGIN_KEY,
    STORE_KEY,
    choose_profile,
    choose_server,
    chosen_server,
    open_chosen,
)
from workbench.queries.preferences import preferences
from workbench.workspace import Workspace

__all__ = ["postgres_server"]


@pytest.fixture
def workspace(tmp_path):
    found = a_workspace(tmp_path)
    yield found
    found.close()


def bare(address: str) -> str:
    """An address without its password."""
    return address.replace(f":{quote(postgres.PASSWORD, safe='')}@", "@")


def plainly(address: str) -> str:
    """Without the ways of writing a letter that addresses have."""
    return unquote(address.replace("+", " "))


def offices(workspace: Workspace) -> list[str]:
    with open_chosen(workspace) as place:
        return [office.name for office in rollup_report(workspace, place=place).offices]


def test_the_profile_holds_the_tables_until_a_server_is_chosen(workspace):
    assert chosen_server(workspace) == ""
    expect_office(workspace, place=workspace.database, code="ken", name="Kenya")
    assert offices(workspace) == ["Kenya"]


def test_a_server_is_remembered_without_its_password_and_left_again(workspace, postgres_server):
    whole = an_address(postgres_server)
    expect_office(workspace, place=workspace.database, code="ken", name="Kenya")
    assert choose_server(workspace, address=whole) is Changes.ROLLUP
    with workspace.database.read() as reader:
        kept = preferences(reader)
    assert plainly(json.loads(kept[STORE_KEY])) == plainly(bare(whole))
    assert json.loads(kept[LOGIN_KEY]) == postgres.PASSWORD
    assert chosen_server(workspace) == json.loads(kept[STORE_KEY])
    assert offices(workspace) == []
    with open_chosen(workspace) as place:
        expect_office(workspace, place=place, code="uga", name="Uganda")
    assert offices(workspace) == ["Uganda"]
    choose_server(workspace, address=chosen_server(workspace))
    assert offices(workspace) == ["Uganda"]
    choose_profile(workspace)
    assert (chosen_server(workspace), offices(workspace)) == ("", ["Kenya"])
    with workspace.database.read() as reader:
        assert not {STORE_KEY, LOGIN_KEY} & preferences(reader).keys()


def test_a_password_given_beside_the_address_is_taken(workspace, postgres_server):
    address = bare(an_address(postgres_server))
    choose_server(workspace, address=address, password=postgres.PASSWORD)
    assert offices(workspace) == []


def test_what_does_not_answer_is_not_kept(workspace, postgres_server):
    good = an_address(postgres_server)
    choose_server(workspace, address=good)
    kept = chosen_server(workspace)
    for address in ("postgresql://someone:secret-word@127.0.0.1:9/away", postgres_server.url(password="secret-word")):
        with pytest.raises(ServerAwayError) as told:
            choose_server(workspace, address=address)
        assert "secret-word" not in str(told.value)
    for address in ("", "mysql://somewhere", "postgresql://u:secret-word@h:port/d"):
        with pytest.raises(BadInputError) as refused:
            choose_server(workspace, address=address)
        assert "secret-word" not in str(refused.value)
    assert chosen_server(workspace) == kept
    assert offices(workspace) == []


def test_a_password_among_the_settings_of_an_address_is_kept_apart_too(workspace, postgres_server):
    address = bare(an_address(postgres_server))
    joined = "&" if "?" in address else "?"
    choose_server(workspace, address=f"{address}{joined}password={quote(postgres.PASSWORD, safe='')}")
    assert plainly(chosen_server(workspace)) == plainly(address)
    assert offices(workspace) == []
