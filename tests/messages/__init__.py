"""Tests of how errors are put in words."""
