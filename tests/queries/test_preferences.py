"""Preferences: settings of the profile as JSON text."""

from tests.queries.network import a_message
from workbench.queries.preferences import ME, MY_NAME, me, my_name, preference, preferences


def test_a_setting_that_was_never_set_is_none(network):
    with network.read() as reader:
        assert preference(reader, "theme") is None
        assert me(reader) is None


def test_settings_are_read_by_key(network):
    network.change("INSERT INTO preference VALUES ('theme', '\"dark\"'), (?, '7')", ME)
    with network.read() as reader:
        assert preference(reader, "theme") == '"dark"'
        assert preferences(reader) == {ME: "7", "theme": '"dark"'}
        assert me(reader) == 7


def test_a_coordinator_who_is_nobody_here_is_none(network):
    network.change("INSERT INTO preference VALUES (?, 'null')", ME)
    with network.read() as reader:
        assert me(reader) is None


def test_the_name_given_comes_before_that_of_the_person(network):
    network.apply(network.community("Water"), a_message("1", by="bo"))
    with network.read() as reader:
        assert my_name(reader) == ""
    network.change("INSERT INTO preference VALUES (?, ?)", ME, str(network.person("bo")))
    with network.read() as reader:
        assert my_name(reader) == "Bo Example"
    network.change("INSERT INTO preference VALUES (?, ?)", MY_NAME, '"Amina Example"')
    with network.read() as reader:
        assert my_name(reader) == "Amina Example"
