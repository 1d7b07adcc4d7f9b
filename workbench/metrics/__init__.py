"""Numbers: frozen rows and windows in, values out; no SQL, no clock, no input or output."""
