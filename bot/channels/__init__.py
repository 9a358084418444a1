"""One folder a channel, all of one shape."""
