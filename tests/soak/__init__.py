"""Hundreds of parents at once while the service is killed again and again: `make soak`."""
