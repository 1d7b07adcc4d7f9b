"""Errors in words: what happened, what is safe, what to do next. Read by the command line and the window."""

from workbench.messages.wording import Wording, wording

__all__ = ["Wording", "wording"]
