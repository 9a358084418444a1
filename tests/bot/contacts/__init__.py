"""The list of families."""
