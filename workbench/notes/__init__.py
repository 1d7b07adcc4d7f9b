"""What the coordinator keeps beside the mirror: notes, tags, stars, preferences."""
