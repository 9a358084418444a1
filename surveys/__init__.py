"""Questionnaires and the conversation, as pure data and functions.

Nothing here reads a clock, a file, a network or a database: `now` and ids are
arguments. The one exception is `surveys.xlsform`, which reads form files.
"""
