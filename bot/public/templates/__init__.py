"""Templates only."""
