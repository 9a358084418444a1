"""Telegram: taps and words in, questions out. The only importer of python-telegram-bot."""

import os

# The library's own switch: waits are `timedelta`s, as they will be in its next version.
# Without it every 429 warns of the change.
os.environ.setdefault("PTB_TIMEDELTA", "true")
