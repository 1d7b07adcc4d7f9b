"""Tests of who keeps the key."""
