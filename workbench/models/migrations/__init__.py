"""Frozen schema steps, numbered; never edited once released."""
