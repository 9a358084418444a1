"""`python -m bot` is `sendvoice`."""

from bot.cli import main

main()
