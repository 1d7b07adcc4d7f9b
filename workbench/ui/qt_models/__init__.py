"""Rows in, item roles out."""
