"""Our rates beside those of simpler ways of doing the same, as ratios: `make bench`."""
