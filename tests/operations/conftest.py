"""Fixtures of this folder: the two places of the roll-up."""

from tests.two_places import place, postgres_server, server_address

__all__ = ["place", "postgres_server", "server_address"]
