"""Preferences: settings of the profile as JSON text."""

from workbench.queries.preferences import ME, me, preference, preferences


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
