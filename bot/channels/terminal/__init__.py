"""The terminal: the same conversation for rehearsal. Nothing is kept."""
