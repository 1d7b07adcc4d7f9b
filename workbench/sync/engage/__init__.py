"""The parts of the Viva Engage connector: its two services, and how their answers become one mirror."""
