"""What can go wrong in the running service.

BotError
├── SettingsRefused     the settings file has faults; carries every one of them
├── NoticeRefused       a file of the privacy notice cannot be used
├── RoundRefused        a round cannot be made, opened or closed as asked
├── CommentRefused      a comment cannot be marked as read
├── CaseRefused         a safeguarding case cannot be taken on or closed as asked
├── AccountRefused      a staff account cannot be made or changed as asked
├── BackupRefused       a backup cannot be made or restored as asked
├── ErasingRefused      nobody can be erased by what was given
├── ContactsRefused     a list of families cannot be used
├── ExportingRefused    an export is not for who asks, or not in the format they ask for
├── FileRefused         a file cannot be read or written
└── ServeRefused        the service may not start as asked
"""


class BotError(Exception):
    """The root of every error raised by `bot`."""


class SettingsRefused(BotError):
    """A settings file was refused; `faults` holds every fault found."""

    def __init__(self, source: str, faults: tuple[str, ...]) -> None:
        self.source = source
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{source} has {count}:\n" + "\n".join(f"  {fault}" for fault in faults))


class NoticeRefused(BotError):
    """A file of the privacy notice cannot be used; names the file, the line and what to do."""

    def __init__(self, source: str, line: int | None, cause: str, remedy: str) -> None:
        self.source = source
        self.line = line
        place = source if line is None else f"{source}, line {line}"
        super().__init__(f"{place}: {cause}. {remedy}")


class RoundRefused(BotError):
    """A round cannot be made, opened or closed as asked; the message says what to do."""


class CommentRefused(BotError):
    """A comment cannot be marked as read; the message says why and what to do."""


class CaseRefused(BotError):
    """A safeguarding case cannot be worked as asked; the message says why and what to do."""


class AccountRefused(BotError):
    """A staff account cannot be made or changed as asked; the message says what to do.

    `field` names the form's field that is at fault ("" where none is).
    """

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class BackupRefused(BotError):
    """A backup cannot be made or restored as asked; the message says what to do."""


class ErasingRefused(BotError):
    """Nobody can be erased by what was given; the message says why."""


class ContactsRefused(BotError):
    """A list of families cannot be used; the message says why and what to do."""


class ColumnsUnclear(ContactsRefused):
    """A list can be read, but not which of its columns reaches anybody: a person can say."""


class ExportingRefused(BotError):
    """An export is not for who asks, or not made as asked; the message says what to do."""


class FileRefused(BotError):
    """A file cannot be read or written; the message says which and why."""


class ServeRefused(BotError):
    """The service may not start as asked; the message says what to do."""
