"""The running service: the writer, the channels, the staff desk, the command line."""
