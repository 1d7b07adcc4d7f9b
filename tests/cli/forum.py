"""How a forum on loopback is added in a test: without the pauses its limits would ask for."""

from tests.platforms.discourse import Discourse


def at(forum: Discourse) -> list[str]:
    """The settings of `account add discourse`."""
    settings = {"address": forum.address, "calls_per_minute": "100000", "calls_per_day": "100000", "likes_per_run": "0"}
    return [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
