"""Stand-ins of platforms: they speak HTTP on loopback and keep state."""
