"""The council's list of families: read, previewed, kept."""
