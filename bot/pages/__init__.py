"""What every page of the service shares: layout, headers, errors, static files, words for dates.

Rooms with pages (`bot.channels.web`, `bot.desk`, `bot.public`) import this; it imports none
of them.
"""
