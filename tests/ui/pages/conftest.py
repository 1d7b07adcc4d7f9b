"""Fixtures of this folder: two leaders who exchange a plan."""

from tests.ui.pages.exchange_parts import hers, pair

__all__ = ["hers", "pair"]
