"""Tests of workbench.plans."""
