"""The web chat: a parent's personal link, and a round's open link."""
