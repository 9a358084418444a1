"""Telegram: taps and words in, questions out. The only importer of python-telegram-bot."""
