"""Community Workbench: an offline desktop workbench for people who lead communities of practice."""

__version__ = "0.1.0"
