"""The parts of the Google Analytics connector: reports, and where reading stands."""
