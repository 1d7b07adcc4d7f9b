"""Frozen schema steps, numbered; never edited once released."""

HEAD = 21
"""The number of the newest step, equal to `user_version` of a file that is up to date."""
