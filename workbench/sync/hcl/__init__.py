"""The parts of the HCL Connections connector: feeds, members, messages, sending."""
