"""Mirroring: connectors, importers, the engine and the writer of the mirror."""
