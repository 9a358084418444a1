"""The SEND team's pages: rounds with their counts, closing, releases, the strategy view."""
