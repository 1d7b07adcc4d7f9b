"""Connectors: one file per platform."""
