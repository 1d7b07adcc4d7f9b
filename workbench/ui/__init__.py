"""Qt, all of it."""
