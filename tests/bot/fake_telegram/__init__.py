"""The stand-in for Telegram keeps the rules of the real Bot API."""
