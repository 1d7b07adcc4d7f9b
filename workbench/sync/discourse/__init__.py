"""The parts of the Discourse connector: what it asks, in which order, and how it reads the answers."""
