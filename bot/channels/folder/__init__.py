"""Letters into a folder, for a rehearsal."""
