"""What a person asks for that joins areas; the command line and the window call these same functions."""
