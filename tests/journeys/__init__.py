"""Journeys: what a coordinator does from end to end, in the real window, against stand-ins on a bad line."""
