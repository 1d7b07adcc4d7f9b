"""Importers: connectors that read a file."""
