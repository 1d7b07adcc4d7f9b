"""The read side: SQL in, frozen rows out; never writes."""
